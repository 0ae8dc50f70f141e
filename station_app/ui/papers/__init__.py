"""Scanned papers come back: dropped on the window, recognised by their codes, filed."""
