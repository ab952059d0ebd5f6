"""Writes of the one-stop desk."""
