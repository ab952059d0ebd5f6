"""Reads of branch work."""
