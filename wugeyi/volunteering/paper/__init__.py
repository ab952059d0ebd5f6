"""Papers of volunteering."""
