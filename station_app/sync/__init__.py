"""The exchange with the centre: push, pull, and everything that may go wrong in between."""
