"""Writes of the register, each with one event of its own in the audit."""
