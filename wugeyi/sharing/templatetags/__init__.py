"""Tags of sharing."""
