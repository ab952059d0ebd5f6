"""How files of this app are called, and how large they may be."""

# Kinds of batches and of long work.
OSM = "places-osm"
TABLE = "places-"
READ_OSM = "places.osm"
# Larger ones go through the command line.
MOST_OSM_BYTES = 100 * 1024 * 1024


def network_name(digest: str) -> str:
    """Return where the network of a digest lies below the app's folder."""
    return f"networks/{digest[:2]}/{digest}.network"
