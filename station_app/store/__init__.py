"""The encrypted SQLite file of one station."""
