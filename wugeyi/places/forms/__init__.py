"""What is typed about places: parsed and explained, never saved."""
