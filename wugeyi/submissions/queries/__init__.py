"""Reading what phones sent."""
