"""What is typed at the desk: parsed and explained, never saved."""
