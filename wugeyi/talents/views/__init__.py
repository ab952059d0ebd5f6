"""Pages of the people who come back."""
