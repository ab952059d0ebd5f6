"""Reads that are not trivial, each at a fixed number of queries."""
