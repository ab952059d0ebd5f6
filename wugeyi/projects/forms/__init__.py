"""What people type about projects: parsed and explained, never saved."""
