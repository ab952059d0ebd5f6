"""One file that holds a whole installation, made while people work; and its way back."""
