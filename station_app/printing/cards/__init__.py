"""Duty cards on paper: faces that are drawn at any place, and the sheets that hold them."""
