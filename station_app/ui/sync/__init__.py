"""The exchange with the centre as the operator meets it."""
