"""A text of what was done in which every number is a figure that opens onto its records."""
