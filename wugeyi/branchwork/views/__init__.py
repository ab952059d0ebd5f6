"""Pages of branch work."""
