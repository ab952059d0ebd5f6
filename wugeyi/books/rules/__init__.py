"""What holds for books, in plain Python."""
