"""What a form's standing is, who may do what, what is counted. Pure Python."""
