"""The one place of this app that asks the engine ``accessibility``, by way of circles.

Places come in as plain numbers and answers go out the same way. Without the extra
``planning``, or without a network, ``rules.gaps`` reckons as the crow flies.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from wugeyi.circles import adapter as circles
from wugeyi.stations.rules.gaps import Cluster, Place, Point

__all__ = ["Found", "Question", "Unreadable", "lacking", "look", "read_osm"]

MINUTE_MS = 60_000
# So far one looks for the nearest station, to say how far it is.
HORIZON_MINUTES = 120
# What OpenStreetMap calls places where food and parcels are fetched.
FOOD = frozenset({"restaurant", "fast_food", "cafe", "food_court", "bubble_tea"})
DEPOTS = frozenset({"post_office", "post_depot", "parcel_locker"})
OFFICES = frozenset({"courier", "logistics"})
MOST_POINTS = 50_000


class Unreadable(Exception):
    """No file of OpenStreetMap, or nothing in it where work gathers."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a network. ``network`` is its digest."""

    path: Path
    network: str
    speed_mm_s: int
    minutes: int
    sites: int


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds from each cluster to the nearest station and which; then sites.

    ``sites`` are longitude, latitude and the points newly served.
    """

    seconds: list[int | None]
    nearest: list[int | None]
    sites: list[tuple[float, float, int, int]]


def lacking() -> tuple[str, ...]:
    """Return which packages are not installed; empty: all there."""
    return circles.lacking()


def look(
    question: Question,
    clusters: Sequence[Cluster],
    stations: Sequence[Place],
    progress: Callable[[float, int, int], bool],
) -> Found:
    """Ask how long it takes along the network, and where stations would help next.

    Points of work stand where homes stand in a life circle, each square with as many
    "residents" as it has points.
    """
    limit = question.minutes * MINUTE_MS
    inputs = circles.Inputs(
        path=question.path,
        network=question.network,
        speed_mm_s=question.speed_mm_s,
        slope=False,
        limits_ms=(limit,),
        horizon_ms=max(limit, HORIZON_MINUTES * MINUTE_MS),
        for_elderly=(False,),
        homes=tuple((each.lon, each.lat, each.points, 0, 0) for each in clusters),
        facilities=tuple((0, lon, lat, None) for lon, lat in stations),
    )
    seen = circles.look(inputs)
    times = [row[0] for row in seen.times]
    wanted = circles.Wanted(
        kind=0, sites=question.sites, elderly=False, capacity=None, prove=False
    )
    sited = circles.site(inputs, wanted, progress)
    return Found(
        seconds=[None if each is None else each // 1000 for each in times],
        nearest=[row[0] for row in seen.nearest],
        sites=[
            (each.lon, each.lat, each.residents, each.homes)
            for each in sited.sites
            if each.residents
        ],
    )


def reads_osm() -> bool:
    """Tell whether files of OpenStreetMap can be read here."""
    return find_spec("osmium") is not None


def read_osm(content: bytes, name: str) -> list[tuple[str, str, Point]]:
    """Return what a file holds where work gathers: its id, its name, the point.

    Raises
    ------
    Unreadable
        The file is foreign or damaged, holds nothing of the kind, or osmium is not
        installed.
    """
    if not reads_osm():
        raise Unreadable("osmium")
    import osmium

    suffix = "".join(Path(name.lower()).suffixes[-2:]) or ".osm"
    with NamedTemporaryFile(suffix=suffix) as file:
        file.write(content)
        file.flush()
        try:
            found = list(_points(osmium, file.name))
        except (RuntimeError, OSError) as problem:
            raise Unreadable(str(problem)) from problem
    if not found:
        raise Unreadable("nothing")
    return found[:MOST_POINTS]


def _points(osmium: Any, path: str) -> Iterator[tuple[str, str, Point]]:
    """Yield nodes, and ways at their first corner's middle."""
    reading = osmium.FileProcessor(path).with_locations()
    for each in reading:
        kind = _kind(each.tags)
        if not kind:
            continue
        place = _place(each)
        if place is not None:
            name = each.tags.get("name:zh") or each.tags.get("name") or ""
            letter = "n" if each.is_node() else "w"
            yield f"{letter}{each.id}", name, Point(place[0], place[1], kind)


def _kind(tags: Any) -> str:
    amenity = tags.get("amenity", "")
    if amenity in FOOD:
        return "food"
    if amenity in DEPOTS or tags.get("office", "") in OFFICES:
        return "depot"
    shop = tags.get("shop", "")
    return "shop" if shop and shop not in {"no", "vacant"} else ""


def _place(each: Any) -> Place | None:
    if each.is_node():
        return each.location.lon, each.location.lat
    if not each.is_way():
        return None
    corners = [node.location for node in each.nodes if node.location.valid()]
    if not corners:
        return None
    return (
        sum(corner.lon for corner in corners) / len(corners),
        sum(corner.lat for corner in corners) / len(corners),
    )
