"""Reads of places."""

from wugeyi.places.queries.facilities import (
    FacilityPoint,
    facilities_in,
    facilities_of,
)
from wugeyi.places.queries.homes import HomePoint, homes_in, homes_of
from wugeyi.places.queries.kinds import kinds_of, own_template, templates
from wugeyi.places.queries.networks import network_of, networks_of

__all__ = [
    "FacilityPoint",
    "HomePoint",
    "facilities_in",
    "facilities_of",
    "homes_in",
    "homes_of",
    "kinds_of",
    "network_of",
    "networks_of",
    "own_template",
    "templates",
]
