"""The deputies' page: list, facts, form, photo, and the import of a roster."""
