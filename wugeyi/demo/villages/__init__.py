"""Invented villages and their books, alike those of the article."""
