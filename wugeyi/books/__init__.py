"""Village books: double entry that cannot be altered, and what villagers see of it."""
