"""Pages about one's own account, and those by which one gets into it."""
