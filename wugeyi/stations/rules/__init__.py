"""What holds of stations, in pure Python."""
