"""Rules of sharing: pure Python."""
