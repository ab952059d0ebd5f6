"""Forms of this app: they explain, and never save."""
