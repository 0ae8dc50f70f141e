"""Understanding imports of lists: what was written beside what was understood of it."""
