"""Every read of projects, each at a fixed number of queries."""
