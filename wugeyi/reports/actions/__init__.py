"""Writes of the register of forms, of fillings and of answers."""
