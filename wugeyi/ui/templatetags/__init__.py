"""Template tags; ``ui`` is loaded into every template by the settings."""
