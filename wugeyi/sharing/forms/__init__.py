"""What people type about sharing: parsed and explained, never saved."""
