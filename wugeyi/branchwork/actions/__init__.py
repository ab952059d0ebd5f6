"""Every write of branch work."""
