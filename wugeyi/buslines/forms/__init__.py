"""What people send, parsed and explained; nothing is saved here."""
