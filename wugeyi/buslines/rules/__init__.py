"""What holds without a database: who may, what is refused, how fares are reckoned."""
