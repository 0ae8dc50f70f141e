"""Activities of deputies, and help that was given: what the station does beside reception days."""
