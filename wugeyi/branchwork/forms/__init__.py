"""What is typed into branch work. Forms explain, they never save."""
