"""What a phone loads, and what Lighthouse says of it."""
