"""People who come back: counts by kind, a card only with consent."""
