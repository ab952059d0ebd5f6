"""How far is looked beyond a limit, and how far anybody can come in a time."""

from math import cos, radians

# Twice the limit: enough to say how bad the worst home has it, and to rank the rest.
BEYOND = 2
LEAST_MS = 20 * 60_000
# Tobler's walkers are fastest on a gentle descent: 1 / 0.84 of their speed on the flat.
DOWNHILL = 1.2
METRES_A_DEGREE = 111_195.0

Bounds = tuple[float, float, float, float]


def horizon_ms(limits_ms: tuple[int, ...]) -> int:
    """Return up to which time ways are told; what is farther is "beyond"."""
    return max(LEAST_MS, BEYOND * max(limits_ms, default=0))


def metres_in(milliseconds: int, speed_mm_s: int) -> float:
    """Return the farthest, in metres as the crow flies, one comes in a time."""
    return milliseconds * speed_mm_s * DOWNHILL / 1_000_000


def around(points: list[tuple[float, float]], metres: float) -> Bounds:
    """Return west, south, east, north around points (lon, lat), ``metres`` wider.

    Raises
    ------
    ValueError
        There are no points.
    """
    lons = [lon for lon, _lat in points]
    lats = [lat for _lon, lat in points]
    north = metres / METRES_A_DEGREE
    widest = max(abs(min(lats)), abs(max(lats)))
    east = north / max(0.05, cos(radians(min(widest + north, 89.0))))
    return min(lons) - east, min(lats) - north, max(lons) + east, max(lats) + north


def wider(bounds: Bounds, metres: float) -> Bounds:
    """Return bounds with a margin."""
    west, south, east, north = bounds
    return around([(west, south), (east, north)], metres)


def meet(one: Bounds, other: Bounds) -> Bounds:
    """Return what lies inside both."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def holds(bounds: Bounds, lon: float, lat: float) -> bool:
    """Tell whether a point lies inside, edges included."""
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north
