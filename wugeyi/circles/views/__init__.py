"""Pages of life circles."""
