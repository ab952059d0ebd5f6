"""Reads of casework, split by noun."""
