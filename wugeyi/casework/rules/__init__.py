"""The law of a case: states, who may do what, routing, rates, masking. Pure Python."""
