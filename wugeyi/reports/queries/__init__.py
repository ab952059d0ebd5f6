"""Reads of the register of forms and of what was filled into them."""
