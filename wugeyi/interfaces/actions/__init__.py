"""Writing down keys, posted cases, calendars, targets and what they were sent."""
