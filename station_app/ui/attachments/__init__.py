"""Photos and papers of an issue: taken in by button, drop or paste, shown small and whole."""
