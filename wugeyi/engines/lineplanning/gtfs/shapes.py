"""The way a trip takes over the ground, as the points of its polyline."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

EARTH_METRES = 6_371_008.8  # mean radius, IUGG

Point = tuple[float, float]
Lines = Mapping[tuple[str, str], Sequence[Point]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A polyline through places.

    Parameters
    ----------
    points
        Latitude, longitude (degrees, WGS 84), metres from its start.
    at_metres
        Where each place lies on it.
    """

    points: tuple[tuple[float, float, float], ...]
    at_metres: tuple[float, ...]


def apart_metres(here: Point, there: Point) -> float:
    """Return the distance over a sphere of two points given as latitude, longitude."""
    lat, lon, lat2, lon2 = map(math.radians, (*here, *there))
    half = math.sin((lat2 - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(half)))


def shape(places: Sequence[str], where: Mapping[str, Point], lines: Lines) -> Shape:
    """Join the polylines between places; a straight line where there is none."""
    along = 0.0
    last = where[places[0]]
    points = [(*last, 0.0)]
    marks = [0.0]
    for pair in pairwise(places):
        for point in _between(lines.get(pair, ()), where[pair[1]]):
            step = round(apart_metres(last, point), 2)
            if step:
                along = round(along + step, 2)
                points.append((*point, along))
                last = point
        marks.append(along)
    return Shape(tuple(points), tuple(marks))


def _between(line: Sequence[Point], end: Point) -> Iterator[Point]:
    for lat, lon in line:
        yield round(lat, 6), round(lon, 6)
    yield end
