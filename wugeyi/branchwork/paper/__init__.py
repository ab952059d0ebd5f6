"""What is printed of decisions."""
