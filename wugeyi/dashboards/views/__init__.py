"""Pages of one organisation: its five ones, its dashboard, the outlines of its parts."""
