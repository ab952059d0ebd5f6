"""Every write of what phones send."""
