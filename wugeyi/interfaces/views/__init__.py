"""Pages and answers of the open interfaces."""
