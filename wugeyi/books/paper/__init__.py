"""Books on paper: what hangs on the wall. Knows no database and no language of its own."""
