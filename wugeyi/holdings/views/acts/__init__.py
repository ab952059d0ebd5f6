"""Forms that do one thing to one row, as data: words, form, what is known, the action."""
