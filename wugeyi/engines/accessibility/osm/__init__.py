"""Reading OpenStreetMap: a network to walk on, buildings, facilities."""

from wugeyi.engines.accessibility.osm.reading import Extract, read
from wugeyi.engines.accessibility.osm.shapes import Amenity, Building

__all__ = ["Amenity", "Building", "Extract", "read"]
