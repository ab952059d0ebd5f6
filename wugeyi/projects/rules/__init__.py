"""Rules of projects. Pure Python."""
