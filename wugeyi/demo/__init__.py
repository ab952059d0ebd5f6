"""A seeded program that lets an invented city live for a year."""
