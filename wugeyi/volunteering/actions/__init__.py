"""Every write of volunteering."""
