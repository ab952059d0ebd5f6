"""Rules of the people who come back: pure Python."""
