"""Files people send: re-encoded, stripped, kept under the hash of their content."""
