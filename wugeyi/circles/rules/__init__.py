"""Paces, limits, changes, candidates and who may do what. Pure Python."""
