"""Projects: from a decision to a measured result."""
