"""The shape of data, at rest and on the wire; shared by station and centre, imports neither."""
