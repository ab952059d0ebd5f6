"""Rules of places: pure Python."""
