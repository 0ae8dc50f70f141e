"""Record in, PDF bytes out."""
