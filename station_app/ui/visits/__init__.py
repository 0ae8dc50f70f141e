"""Visits on screen: one visit whole, beside the list it was chosen from."""
