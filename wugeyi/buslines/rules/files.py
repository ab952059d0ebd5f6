"""How long work and files of this app are called, and how large they may be."""

READ_MAP = "buslines.ways"
FEED = "buslines-gtfs:"
MOST_MAP_BYTES = 100 * 1024 * 1024
MOST_FEED_BYTES = 30 * 1024 * 1024
