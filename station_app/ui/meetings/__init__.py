"""Three-party meetings: one form for many issues, saved as one act; read again later."""
