"""What the public may read of the station's issues: shown before, corrected by hand, taken back."""
