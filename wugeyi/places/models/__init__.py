"""Tables of places: templates and kinds, walking networks, facilities, homes."""

from wugeyi.places.models.kinds import FacilityKind, Template
from wugeyi.places.models.networks import Network, NetworkFinding, OsmFile
from wugeyi.places.models.points import Facility, Home, PlaceFile, Source

__all__ = [
    "Facility",
    "FacilityKind",
    "Home",
    "Network",
    "NetworkFinding",
    "OsmFile",
    "PlaceFile",
    "Source",
    "Template",
]
