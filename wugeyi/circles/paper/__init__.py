"""Circles on paper: a poster for the wall. Knows no database and no language of its own."""
