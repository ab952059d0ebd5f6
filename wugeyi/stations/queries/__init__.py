"""Reads of stations, at a fixed number of queries."""
