"""What people write into pages of books, and what is said when it cannot be."""
