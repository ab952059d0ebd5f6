"""What stations hang on a wall."""
