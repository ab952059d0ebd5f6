"""Which ways one may walk, and what they are; pure tags, no geometry.

Follows OpenStreetMap's wiki (Key:access, Key:foot, Key:highway, Key:conveying): the more
special tag wins, so ``foot`` overrules ``access``; ``oneway`` binds vehicles only.
"""

from collections.abc import Mapping
from typing import NamedTuple

from wugeyi.engines.accessibility.network import Flag

Tags = Mapping[str, str]

FOR_FEET = frozenset(
    {"footway", "path", "pedestrian", "steps", "corridor", "elevator", "platform"}
)
ROADS = frozenset(
    {
        *("trunk", "trunk_link", "primary", "primary_link", "secondary"),
        *("secondary_link", "tertiary", "tertiary_link", "unclassified"),
        *("residential", "living_street", "service", "road", "track"),
        *("bridleway", "cycleway"),
    }
)
WALKED = FOR_FEET | ROADS
# Walked only where somebody wrote that one may.
FAST = frozenset({"motorway", "motorway_link", "busway", "bus_guideway"})
ALLOWED = frozenset({"yes", "designated", "permissive", "official", "public"})
FORBIDDEN = frozenset(
    {"no", "use_sidepath", "military", "agricultural", "forestry", "emergency"}
)
PRIVATE = frozenset({"private", "residents", "permit", "employees"})
LIMITED = PRIVATE | {"customers", "destination", "delivery", "permissive"}
YES_BRIDGE_NO = frozenset({"", "no"})
MOVES = {"forward": 1, "backward": -1}
SIDEWALKS = frozenset({"both", "left", "right", "yes", "separate"})

GATES = frozenset(
    {
        *("gate", "lift_gate", "swing_gate", "sliding_gate", "wicket_gate"),
        *("kissing_gate", "turnstile", "full-height_turnstile", "hampshire_gate"),
        *("sally_port", "door", "security_booth"),
    }
)
"""Barriers at a node that may be shut; bollards and stiles do not stop anyone."""


class Walked(NamedTuple):
    """What a way is to people on foot; ``oneway`` is 1 along it, -1 against it."""

    flags: int
    oneway: int


def walked(tags: Tags, *, private: bool = False) -> Walked | None:
    """Return what the way is to walkers, or None where they may not go.

    Parameters
    ----------
    private
        Take ways that belong to somebody, such as those inside a walled estate.
    """
    highway = tags.get("highway", "")
    if not (_is_way(tags, highway) and _allowed(tags, private=private)):
        return None
    flags = _nature(tags, highway) | _surroundings(tags)
    return Walked(int(flags), _oneway(tags))


def _is_way(tags: Tags, highway: str) -> bool:
    if highway in WALKED:
        return highway not in {"trunk", "trunk_link"} or _beside_fast_cars(tags)
    if highway in FAST:
        return tags.get("foot") in ALLOWED
    return (
        tags.get("railway") == "platform"
        or tags.get("public_transport") == "platform"
        or tags.get("man_made") == "pier"
    ) and "building" not in tags


def _beside_fast_cars(tags: Tags) -> bool:
    """Tell whether one walks along a trunk road: cities' avenues yes, motorroads no."""
    if tags.get("foot") in ALLOWED or tags.get("sidewalk") in SIDEWALKS:
        return True
    return tags.get("motorroad") != "yes"


def _allowed(tags: Tags, *, private: bool) -> bool:
    foot = tags.get("foot", "")
    if foot in ALLOWED:
        return True
    if foot in FORBIDDEN:
        return False
    access = foot or tags.get("access", "")
    return access not in FORBIDDEN and (private or access not in PRIVATE)


def _nature(tags: Tags, highway: str) -> Flag:
    found = Flag(0)
    if highway not in ROADS and highway not in FAST:
        found |= Flag.FOOTWAY
    if highway == "steps":
        found |= Flag.STEPS
    if highway == "elevator":
        found |= Flag.LIFT
    if tags.get("conveying", "no") != "no":
        found |= Flag.MOVING
    if "crossing" in (tags.get("footway"), tags.get("path")):
        found |= Flag.CROSSING
    return found


def _surroundings(tags: Tags) -> Flag:
    found = Flag(0)
    if tags.get("bridge", "") not in YES_BRIDGE_NO:
        found |= Flag.BRIDGE
    if tags.get("tunnel", "") not in {*YES_BRIDGE_NO, "building_passage"}:
        found |= Flag.TUNNEL
    if (
        tags.get("covered", "") not in YES_BRIDGE_NO
        or tags.get("tunnel") == "building_passage"
    ):
        found |= Flag.COVERED
    if _raised(tags):
        found |= Flag.RAISED
    if (tags.get("foot") or tags.get("access")) in LIMITED:
        found |= Flag.PRIVATE
    return found


def _raised(tags: Tags) -> bool:
    return (
        tags.get("layer", "0") != "0"
        or tags.get("level", "0") != "0"
        or tags.get("indoor", "no") != "no"
    )


def _oneway(tags: Tags) -> int:
    """Return the way walkers are bound to: their own sign, or stairs that move."""
    sign = tags.get("oneway:foot") or tags.get("foot:oneway")
    if sign in {"yes", "1", "true"} or tags.get("foot:backward") == "no":
        return 1
    if sign == "-1" or tags.get("foot:forward") == "no":
        return -1
    return MOVES.get(tags.get("conveying", ""), 0)


def gate(tags: Tags) -> bool | None:
    """Return whether a gate at a node is shut for good; None: there is no gate."""
    if tags.get("barrier") not in GATES:
        return None
    if tags.get("foot") in ALLOWED:
        return False
    access = tags.get("foot") or tags.get("access", "")
    return tags.get("locked") == "yes" or access in FORBIDDEN


def lift(tags: Tags) -> bool:
    """Tell whether a node is a lift."""
    return tags.get("highway") == "elevator"
