"""Buildings and facilities: what stands beside the ways."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.osm.lines import (
    UNITS_PER_DEGREE,
    Lines,
    Tags,
    plain,
)

Array = NDArray[Any]

FACILITY_KEYS = frozenset(
    {
        *("amenity", "shop", "leisure", "healthcare", "office", "social_facility"),
        *("tourism", "emergency", "public_transport", "craft", "club"),
    }
)
STATIONS = frozenset({"station", "halt", "tram_stop", "subway_entrance"})
"""Of ``railway``: where one gets on."""
FURNITURE = frozenset(
    {
        *("bench", "waste_basket", "parking_space", "parking_entrance", "loading_dock"),
        *("grave_yard", "hunting_stand", "vending_machine", "telephone", "clock"),
    }
)
"""Of ``amenity``: what stands in a street without serving anybody by itself."""
LIVED_IN = frozenset(
    {
        *("apartments", "residential", "house", "detached", "semidetached_house"),
        *("terrace", "dormitory", "bungalow", "farm", "static_caravan", "cabin"),
        *("houseboat", "ger", "annexe", "tower_block"),
    }
)
NOT_SAID = frozenset({"yes", "mixed", "mixed_use"})


@dataclass(frozen=True, slots=True)
class Building:
    """A building's middle.

    Parameters
    ----------
    osm
        "way/12" or "relation/12".
    kind
        The value of ``building``: apartments, house, yes …
    lived_in
        Whether the kind is a dwelling; None where only "yes" is said.
    levels, flats
        Storeys above ground and dwellings; 0 where they are not given.
    area_m2
        Of the ground it covers.
    """

    osm: str
    lon: float
    lat: float
    name: str
    kind: str
    lived_in: bool | None
    levels: int
    flats: int
    area_m2: float


@dataclass(frozen=True, slots=True)
class Amenity:
    """Something people go to, with all its tags; an area's middle stands for it."""

    osm: str
    lon: float
    lat: float
    name: str
    tags: Mapping[str, str]
    area_m2: float


@dataclass(frozen=True, slots=True)
class Shape:
    """An object's tags with its middle, before one asks what it is."""

    osm: str
    tags: Tags
    lon: float
    lat: float
    area_m2: float = 0.0


def is_building(tags: Mapping[str, str]) -> bool:
    """Tell whether an object is a building that stands."""
    return tags.get("building", "no") not in {"no", "construction", "ruins", "roof"}


def is_facility(tags: Mapping[str, str]) -> bool:
    """Tell whether an object is something people go to."""
    if tags.get("amenity") in FURNITURE:
        return False
    if not FACILITY_KEYS.isdisjoint(tags):
        return tags.get("public_transport") != "stop_area"
    return tags.get("highway") == "bus_stop" or tags.get("railway") in STATIONS


def points(lines: Lines, numbers: Array) -> Iterator[Shape]:
    """Yield nodes with their tags; what has no place is left out."""
    x, y = lines.places(numbers)
    rows = zip(
        lines.identities(numbers).tolist(),
        lines.tags(numbers),
        (x / UNITS_PER_DEGREE).tolist(),
        (y / UNITS_PER_DEGREE).tolist(),
        strict=True,
    )
    for identity, tags, lon, lat in rows:
        if abs(lon) <= 180 and abs(lat) <= 90:
            yield Shape(f"node/{identity}", tags, lon, lat)


def areas(lines: Lines, numbers: Array) -> Iterator[Shape]:
    """Yield ways taken as rings; one without a placed node is left out."""
    lon, lat, area = lines.ways(numbers).middles()
    rows = zip(
        lines.identities(numbers).tolist(),
        lines.tags(numbers),
        lon.tolist(),
        lat.tolist(),
        area.tolist(),
        strict=True,
    )
    for identity, tags, east, north, size in rows:
        if not np.isnan(east):
            yield Shape(f"way/{identity}", tags, east, north, size)


def building(shape: Shape) -> Building:
    """Return what a shape says as a building."""
    kind = plain(shape.tags["building"])
    said = None if kind in NOT_SAID else kind in LIVED_IN
    if said is None and is_facility(shape.tags):
        said = False
    return Building(
        osm=shape.osm,
        lon=shape.lon,
        lat=shape.lat,
        name=name(shape.tags),
        kind=kind,
        lived_in=said,
        levels=_number(shape.tags.get("building:levels", "")),
        flats=_number(shape.tags.get("building:flats", "")),
        area_m2=round(shape.area_m2, 1),
    )


def amenity(shape: Shape) -> Amenity:
    """Return what a shape says as something people go to."""
    return Amenity(
        osm=shape.osm,
        lon=shape.lon,
        lat=shape.lat,
        name=name(shape.tags),
        tags={plain(key): plain(value) for key, value in shape.tags.items()},
        area_m2=round(shape.area_m2, 1),
    )


def name(tags: Mapping[str, str]) -> str:
    """Return the Chinese name where there is one, else the name."""
    return plain(tags.get("name:zh") or tags.get("name") or tags.get("name:en", ""))


def _number(text: str) -> int:
    """Return a count that people wrote; 0 for "5-6" and other words."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
