"""Tally at scale: our kernel beside Polars, DuckDB and others, on the same extract."""
