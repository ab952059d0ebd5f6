"""Rules of the one-stop desk: pure Python."""
