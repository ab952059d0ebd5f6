"""What is typed about the register, parsed and explained; nothing is saved here."""
