"""Figures: every number of every page, from facts that open onto their records."""
