"""A bus line for growers: what it is planned from, how it runs, what came of it."""
