"""What is asked of the engine of books: shares to the fen, a year's distribution."""
