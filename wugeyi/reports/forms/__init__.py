"""What people type about forms: parsed and explained, never saved."""
