"""Where work gathers and no station is near: squares, distances, the next sites.

Nothing here knows a rider: restaurants, shops and depots are counted where they stand.
Degrees are WGS-84, distances metres as the crow flies.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians

METRES_A_DEGREE = 111_320.0
SIDE_M = 300.0
"""The side of a square in which points of work are counted together."""
MOST_CLUSTERS = 1_500
# Inferred, not measured: an unhurried walk, and a bicycle in town.
SPEEDS_MM_S = {"walk": 1_333, "ride": 4_167}
MOST_MINUTES = 60
MOST_SITES = 10

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """A place of work: its kind as a code."""

    lon: float
    lat: float
    kind: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Points of work in one square, at their middle."""

    lon: float
    lat: float
    points: int
    kinds: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """Where a station would help next, and whom it would be near to."""

    lon: float
    lat: float
    points: int
    clusters: int
    kinds: tuple[tuple[str, int], ...] = field(default=())


def metres(one: Place, other: Place) -> float:
    """Return how far two places are from each other, good to some metres in a city."""
    squeeze = cos(radians((one[1] + other[1]) / 2))
    return METRES_A_DEGREE * hypot((one[0] - other[0]) * squeeze, one[1] - other[1])


def reach_m(minutes: int, speed_mm_s: int) -> float:
    """Return how far one comes in so many minutes."""
    return minutes * 60 * speed_mm_s / 1000


def gathered(points: Sequence[Point], *, least: int) -> list[Cluster]:
    """Count points by squares of 300 metres; most points first.

    Squares with fewer than ``least`` points are nowhere work gathers.
    """
    if not points:
        return []
    south = min(point.lat for point in points)
    squeeze = cos(radians(south))
    squares: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for point in points:
        row = int((point.lat - south) * METRES_A_DEGREE / SIDE_M)
        column = int(point.lon * squeeze * METRES_A_DEGREE / SIDE_M)
        squares[row, column].append(point)
    found = [_cluster(each) for each in squares.values() if len(each) >= least]
    found.sort(key=lambda each: (-each.points, each.lon, each.lat))
    return found[:MOST_CLUSTERS]


def _cluster(points: Sequence[Point]) -> Cluster:
    many = len(points)
    kinds = Counter(point.kind for point in points)
    return Cluster(
        lon=round(sum(point.lon for point in points) / many, 6),
        lat=round(sum(point.lat for point in points) / many, 6),
        points=many,
        kinds=tuple(sorted(kinds.items(), key=lambda each: (-each[1], each[0]))),
    )


def nearest(cluster: Cluster, stations: Sequence[Place]) -> tuple[int, float] | None:
    """Return the nearest station's place in the list, and how far it is."""
    here = cluster.lon, cluster.lat
    found = [(metres(here, each), place) for place, each in enumerate(stations)]
    if not found:
        return None
    far, place = min(found)
    return place, far


def suggested(gaps: Sequence[Cluster], *, reach: float, most: int) -> list[Site]:
    """Return where stations would be near to most work that has none, one by one.

    Greedy: each site is the middle of a square, the one that newly serves most points.
    """
    left = list(gaps)
    sites: list[Site] = []
    while left and len(sites) < most:
        groups = [
            [
                each
                for each in left
                if metres((c.lon, c.lat), (each.lon, each.lat)) <= reach
            ]
            for c in left
        ]
        best = max(
            range(len(left)),
            key=lambda place: (sum(each.points for each in groups[place]), -place),
        )
        served = groups[best]
        kinds: Counter[str] = Counter()
        for each in served:
            kinds.update(dict(each.kinds))
        sites.append(
            Site(
                left[best].lon,
                left[best].lat,
                sum(each.points for each in served),
                len(served),
                tuple(sorted(kinds.items(), key=lambda each: (-each[1], each[0]))),
            )
        )
        left = [each for each in left if each not in served]
    return sites
