"""A throw-away station with a year of invented records, made through the real services."""
