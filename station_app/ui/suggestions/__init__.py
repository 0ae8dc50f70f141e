"""The page of deputies' suggestions: drawn from issues, led through seven stages."""
