"""What is driven between two spots: along the road where it is known, else straight."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from wugeyi.buslines.drawing.ground import Ground, Point

Shapes = Mapping[str, Sequence[Sequence[float]]]
"""Points (lon, lat) of the road by "from to", as a table of ways keeps them."""
NEAR = 1.2
"""Points of a road nearer than this to the last one drawn are left out."""


def leg(
    here: str, there: str, spots: Mapping[str, Point], shapes: Shapes, ground: Ground
) -> list[Point]:
    """Return the points of a way between two spots on the sheet."""
    known = shapes.get(f"{here} {there}")
    if known is None:
        back = shapes.get(f"{there} {here}")
        known = list(reversed(back)) if back else None
    if not known:
        return [spots[here], spots[there]]
    points = [ground.place(each[0], each[1]) for each in known]
    return thinned([spots[here], *points, spots[there]])


def thinned(points: list[Point]) -> list[Point]:
    """Leave out points that nobody could tell apart."""
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) >= NEAR:
            kept.append(point)
    return [*kept, points[-1]]


def aside(points: Sequence[Point], by: float) -> list[Point]:
    """Return a line moved to its right by some units, so that two do not cover."""
    if not by or len(points) < 2:
        return list(points)
    moved = []
    for place, (x, y) in enumerate(points):
        before, after = (
            points[max(0, place - 1)],
            points[min(len(points) - 1, place + 1)],
        )
        across, down = after[0] - before[0], after[1] - before[1]
        size = math.hypot(across, down) or 1.0
        moved.append((round(x - down / size * by, 1), round(y + across / size * by, 1)))
    return moved


def arrow(points: Sequence[Point], size: float = 6.0) -> tuple[Point, ...] | None:
    """Return a small triangle in the middle of a line that points along it."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    whole = sum(lengths)
    if whole < 4 * size:
        return None
    rest = whole / 2
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if rest <= length and length > 0:
            share = rest / length
            x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
            ahead = ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
            return _triangle(x, y, ahead, size)
        rest -= length
    return None


def _triangle(x: float, y: float, ahead: Point, size: float) -> tuple[Point, ...]:
    east, south = ahead
    return tuple(
        (round(px, 1), round(py, 1))
        for px, py in (
            (x + east * size, y + south * size),
            (
                x - east * size - south * size * 0.7,
                y - south * size + east * size * 0.7,
            ),
            (
                x - east * size + south * size * 0.7,
                y - south * size - east * size * 0.7,
            ),
        )
    )


def path(points: Iterable[Point]) -> str:
    """Return points as the ``d`` of a path."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def skeleton(ways: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return pairs of spots that hold all together by the shortest driving times.

    What people would draw as the roads of a line; ``ways`` as a table of ways keeps
    them. Spots no bus reaches stay alone.
    """
    codes, minutes = ways["codes"], ways["minutes"]
    size = len(codes)

    def between(i: int, j: int) -> float:
        known = [minutes[i][j], minutes[j][i]]
        given = [each for each in known if each is not None and each >= 0]
        return min(given, default=math.inf)

    pairs: list[tuple[str, str]] = []
    left = set(range(1, size))
    nearest = {j: (between(0, j), 0) for j in left}
    while left:
        j = min(left, key=lambda each: (nearest[each][0], each))
        left.remove(j)
        far, i = nearest[j]
        if far < math.inf:
            pairs.append((codes[i], codes[j]))
        for k in left:
            nearest[k] = min(nearest[k], (between(j, k), j))
    return tuple(pairs)
