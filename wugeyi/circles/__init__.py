"""The 15-minute life circle: who can walk to what, and what would change it."""
