"""Every write to a line and what belongs to it."""
