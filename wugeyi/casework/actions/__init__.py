"""Every write of casework, split by what is being done."""
