"""Reads of books at a fixed number of queries."""
