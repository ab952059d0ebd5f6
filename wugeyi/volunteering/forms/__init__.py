"""What is typed about volunteering: parsed and explained, never saved."""
