"""How files of this app are called, and how large they may be."""

from math import floor

# Kinds of batches and of long work.
OSM = "places-osm"
TABLE = "places-"
READ_OSM = "places.osm"
# Larger ones go through the command line.
MOST_OSM_BYTES = 100 * 1024 * 1024


def network_name(digest: str) -> str:
    """Return where the network of a digest lies below the app's folder."""
    return f"networks/{digest[:2]}/{digest}.network"


def tile_name(lon: float, lat: float) -> str:
    """Return what an SRTM tile that holds a place is called, such as "N26E106"."""
    south, west = floor(lat), floor(lon)
    rows = f"{'N' if south >= 0 else 'S'}{abs(south):02}"
    return f"{rows}{'E' if west >= 0 else 'W'}{abs(west):03}"


def tiles_of(bounds: tuple[float, float, float, float]) -> list[str]:
    """Return the names of the tiles that bounds touch; at most one hundred."""
    west, south, east, north = bounds
    names = [
        tile_name(lon, lat)
        for lat in range(floor(south), floor(north) + 1)
        for lon in range(floor(west), floor(east) + 1)
    ]
    return names[:100]
