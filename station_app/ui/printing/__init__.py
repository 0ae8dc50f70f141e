"""Looking at a print before it goes to the printer."""
