"""What happens by the clock, and long work: apps register it, the worker does it."""
