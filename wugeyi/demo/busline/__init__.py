"""A bus line for growers in the demo: everything about it is invented."""
