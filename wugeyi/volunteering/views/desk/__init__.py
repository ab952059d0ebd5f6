"""The community's own pages: requests, deeds, hours, teams, activities."""
