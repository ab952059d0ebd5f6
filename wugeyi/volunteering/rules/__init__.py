"""Rules of volunteering: pure Python."""
