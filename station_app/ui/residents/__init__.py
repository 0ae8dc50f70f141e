"""The residents page: who came to the station, found as one types, with visits and issues."""
