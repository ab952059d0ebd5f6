"""Reads of the register, each at a fixed number of queries."""
