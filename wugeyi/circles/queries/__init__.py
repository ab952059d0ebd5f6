"""Reads of circles: what one may see, lists, what is reached, what would change."""
