"""What people and programs send, read and explained."""
