"""Reads of the one-stop desk."""
