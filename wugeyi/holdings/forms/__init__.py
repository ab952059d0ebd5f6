"""What people type about holdings: parsed and explained, never saved."""
