"""The bus that is driven: where it may go, how fast it is, what junctions cost.

Speeds are those a loaded bus keeps up on such roads between junctions, not what signs
allow; they are assumptions of ours, made to be replaced by measured ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SPEEDS: Mapping[str, int] = MappingProxyType(
    {
        "motorway": 80,
        "motorway_link": 50,
        "trunk": 60,
        "trunk_link": 40,
        "primary": 45,
        "primary_link": 30,
        "secondary": 40,
        "secondary_link": 30,
        "tertiary": 35,
        "tertiary_link": 25,
        "unclassified": 30,
        "residential": 20,
        "living_street": 10,
        "service": 10,
        "road": 20,
        "busway": 40,
        "bus_guideway": 40,
    }
)
"""Kilometres an hour by OpenStreetMap's ``highway``; others take no bus."""

UNPAVED: Mapping[str, int] = MappingProxyType(
    {
        "compacted": 30,
        "fine_gravel": 25,
        "gravel": 20,
        "unpaved": 20,
        "dirt": 15,
        "earth": 15,
        "ground": 15,
        "pebblestone": 15,
        "sett": 25,
        "cobblestone": 20,
        "mud": 5,
        "sand": 5,
    }
)
"""No faster than so many kilometres an hour on such a ``surface``."""


@dataclass(frozen=True, slots=True)
class Bus:
    """A bus as roads see it.

    Parameters
    ----------
    length_cm, width_cm, height_cm, weight_kg
        Signs that forbid less keep it out; the standard is an 11.4 m city bus.
    speeds, unpaved
        Kilometres an hour by ``highway``, and at most by ``surface``.
    share_of_limit
        It keeps up this share of the speed signs allow.
    signal_seconds, yield_seconds
        Lost at traffic lights, and at a stop or give-way sign.
    turn_seconds
        Lost where it turns by more than 45° at a junction.
    reverse_seconds
        To turn round where a road ends.
    snap_metres
        A place farther than this from any road a bus may use is reached by none.
    """

    length_cm: int = 1140
    width_cm: int = 255
    height_cm: int = 330
    weight_kg: int = 16_500
    speeds: Mapping[str, int] = field(default_factory=lambda: SPEEDS)
    unpaved: Mapping[str, int] = field(default_factory=lambda: UNPAVED)
    share_of_limit: float = 0.9
    signal_seconds: int = 15
    yield_seconds: int = 5
    turn_seconds: int = 5
    reverse_seconds: int = 60
    snap_metres: int = 300
