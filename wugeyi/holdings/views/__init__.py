"""Pages of holdings: load, check permission, one action or query, answer."""
