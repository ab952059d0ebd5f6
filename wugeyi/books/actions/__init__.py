"""Every write to books."""
