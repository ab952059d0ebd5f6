"""Which roads a bus may use, which way and how fast; pure tags, no geometry.

Follows OpenStreetMap's wiki (Key:access, Key:oneway, Key:maxspeed, Key:maxlength): the
more special tag wins, so ``bus`` overrules ``psv``, ``motor_vehicle``, ``vehicle`` and
``access``. Rules for some hours only are taken as if there were none.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from wugeyi.engines.lineplanning.roads.bus import Bus

Tags = Mapping[str, str]

ACCESS = ("bus", "psv", "motor_vehicle", "vehicle", "access")
FORBIDDEN = frozenset(
    {
        *("no", "private", "agricultural", "forestry", "military", "emergency"),
        *("delivery", "customers", "permit", "residents", "employees", "use_sidepath"),
    }
)
ALLOWED = frozenset({"yes", "designated", "official", "permissive", "public"})
NOT_THROUGH = frozenset(
    {"driveway", "parking_aisle", "emergency_access", "drive-through"}
)
"""Kinds of ``service`` no bus goes along."""
ONLY_FOR_BUSES = frozenset({"pedestrian", "track"})
"""Taken where somebody wrote that buses may."""
BY_NATURE = frozenset({"motorway", "motorway_link"})
"""One-way unless somebody says otherwise, as roundabouts are."""
ONEWAY = {"yes": 1, "1": 1, "true": 1, "-1": -1, "reverse": -1, "no": 0, "false": 0}
BARRIERS = frozenset(
    {
        *("bollard", "block", "cycle_barrier", "chain", "jersey_barrier", "log"),
        *("debris", "stile", "turnstile", "kissing_gate", "wicket_gate", "kerb"),
        *("full-height_turnstile", "motorcycle_barrier", "planter", "rope"),
    }
)
"""Nodes nothing as wide as a bus passes, unless it says that buses may."""
NUMBER = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s*(km/h|kph|mph|kmh|t|m|kg|cm)?")
SPEED_WORDS = {"walk": 5.0, "none": 120.0, "CN:urban": 50.0, "CN:rural": 70.0}
KM_PER_MILE = 1.609344
UNLIMITED_CM = 100_000


class Passable(NamedTuple):
    """A road for a bus.

    Parameters
    ----------
    forward, backward
        Kilometres an hour along and against its direction; 0 where it may not go.
    longest_cm
        The longest bus that may use it.
    """

    forward: float
    backward: float
    longest_cm: int


def passable(tags: Tags, bus: Bus) -> Passable | None:
    """Return how a bus goes along a road, None where it may not at all.

    How long a bus may be is told, not judged.
    """
    highway = tags.get("highway", "")
    speed = float(bus.speeds.get(highway, 0))
    if highway in ONLY_FOR_BUSES and _answer(tags, ("bus", "psv")) in ALLOWED:
        speed = speed or 10.0
    if not speed or not _enters(tags) or not _fits(tags, bus):
        return None
    surface = bus.unpaved.get(tags.get("surface", ""))
    if surface:
        speed = min(speed, surface)
    way = _oneway(tags, highway)
    forward = _limited(tags, "forward", speed, bus) if way >= 0 else 0.0
    backward = _limited(tags, "backward", speed, bus) if way <= 0 else 0.0
    return Passable(forward, backward, longest(tags))


def _answer(tags: Tags, keys: tuple[str, ...]) -> str:
    return next((tags[key] for key in keys if key in tags), "")


def _enters(tags: Tags) -> bool:
    if tags.get("service") in NOT_THROUGH and tags.get("bus") not in ALLOWED:
        return False
    if tags.get("area") == "yes":
        return False
    return _answer(tags, ACCESS) not in FORBIDDEN


def _fits(tags: Tags, bus: Bus) -> bool:
    limits = (
        (_metres(tags.get("maxwidth")), bus.width_cm / 100),
        (_metres(tags.get("maxwidth:physical")), bus.width_cm / 100),
        (_metres(tags.get("maxheight")), bus.height_cm / 100),
        (
            _tonnes(tags.get("maxweight:bus", tags.get("maxweight"))),
            bus.weight_kg / 1000,
        ),
    )
    return all(limit is None or limit >= has for limit, has in limits)


def longest(tags: Tags) -> int:
    """Return the longest bus a sign allows, in centimetres."""
    limit = _metres(tags.get("maxlength:bus", tags.get("maxlength")))
    return UNLIMITED_CM if limit is None else round(100 * limit)


def _oneway(tags: Tags, highway: str) -> int:
    """Return 1 along it only, -1 against it only, 0 both ways."""
    keys = ("oneway:bus", "oneway:psv", "oneway:motor_vehicle", "oneway")
    said = ONEWAY.get(_answer(tags, keys))
    if said is not None:
        return said
    round_ = tags.get("junction") in {"roundabout", "circular"}
    return 1 if round_ or highway in BY_NATURE else 0


def _limited(tags: Tags, way: str, speed: float, bus: Bus) -> float:
    keys = (f"maxspeed:bus:{way}", "maxspeed:bus", f"maxspeed:{way}", "maxspeed")
    limit = kilometres_an_hour(_answer(tags, keys))
    return speed if limit is None else min(speed, bus.share_of_limit * limit)


def kilometres_an_hour(text: str) -> float | None:
    """Return the speed a sign allows, None if there is none or nobody can tell."""
    if text in SPEED_WORDS:
        return SPEED_WORDS[text]
    found = NUMBER.fullmatch(text.strip())
    if not found or float(found[1].replace(",", ".")) <= 0:
        return None
    number = float(found[1].replace(",", "."))
    return number * KM_PER_MILE if found[2] == "mph" else number


def _metres(text: str | None) -> float | None:
    found = NUMBER.fullmatch((text or "").strip())
    if not found:
        return None
    number = float(found[1].replace(",", "."))
    return number / 100 if found[2] == "cm" else number


def _tonnes(text: str | None) -> float | None:
    found = NUMBER.fullmatch((text or "").strip())
    if not found:
        return None
    number = float(found[1].replace(",", "."))
    return number / 1000 if found[2] == "kg" else number


def shut(tags: Tags, bus: Bus) -> bool:
    """Tell whether no bus passes a node: bollards, locked gates, low beams."""
    barrier = tags.get("barrier")
    if barrier is None:
        return False
    access = _answer(tags, ACCESS)
    if access in ALLOWED:
        return False
    if barrier == "height_restrictor" or "maxheight" in tags:
        limit = _metres(tags.get("maxheight"))
        return limit is not None and limit < bus.height_cm / 100
    return barrier in BARRIERS or access in FORBIDDEN or tags.get("locked") == "yes"


def delay_seconds(tags: Tags, bus: Bus) -> int:
    """Return what a node costs who drives over it."""
    highway = tags.get("highway")
    if highway == "traffic_signals" or tags.get("crossing") == "traffic_signals":
        return bus.signal_seconds
    return bus.yield_seconds if highway in {"stop", "give_way"} else 0
