"""What a collective owns, agreed, founded with others, and to whom it belongs (台账)."""
