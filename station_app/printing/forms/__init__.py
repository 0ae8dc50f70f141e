"""The printed forms (domain.md §6): one module a form, Record in, PDF bytes out."""
