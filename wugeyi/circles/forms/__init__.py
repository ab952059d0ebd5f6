"""What is typed about circles, parsed and explained; nothing is saved here."""
