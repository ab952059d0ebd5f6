"""Tally: what a number means, and the number, from signed facts.

A *measure* is declared in a readable file; its records become *facts* (a measure, a
place in the tree, a day, +1 or -1, when it was recorded); a figure is a sum over facts.
Pure Python; it knows no database.
"""
