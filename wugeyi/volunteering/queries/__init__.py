"""Reads of volunteering, at a fixed number of queries."""
