"""Pages of casework: load, check permission, one action or query, answer."""
