"""Divide a ground among units whose outlines nobody has: schematic, and said to be so.

Points are strewn inside the ground by a generator seeded with its name, moved to the
middle of their cells twice (Lloyd), and the Voronoi cells are cut to the ground. The
same names always give the same picture.
"""

from collections.abc import Iterable, Mapping, Sequence
from random import Random

import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon

from wugeyi.organisations.geometry import Ground, repaired

ROUNDS = 2
DECIMALS = 6


def divide(ground: Ground, codes: Sequence[str], seed: str) -> dict[str, Ground]:
    """Return a part of the ground for each code; parts touch and do not overlap."""
    if not codes:
        return {}
    # Not for secrets: the same picture every time is the point.
    random = Random(seed)  # noqa: S311
    points = [_point_inside(ground, random) for _code in codes]
    cells = cut(ground, points)
    for _round in range(ROUNDS):
        points = [_middle(cell) for cell in cells]
        cells = cut(ground, points)
    return dict(zip(codes, cells, strict=True))


def divide_among(
    points: Mapping[str, tuple[float, float]],
    boxes: Mapping[str, tuple[float, float, float, float]],
) -> dict[str, Ground]:
    """Return for each point the part of its own box that is nearest to it."""
    codes = sorted(points)
    whole = shapely.box(
        *MultiPolygon([shapely.box(*box) for box in boxes.values()]).bounds
    )
    cells = cut(whole, [Point(points[code]) for code in codes])
    return {
        code: repaired(_largest(cell.intersection(shapely.box(*boxes[code]))))[0]
        for code, cell in zip(codes, cells, strict=True)
    }


def cut(ground: Ground, points: Sequence[Point]) -> list[Ground]:
    """Cut a ground into the parts nearest to each point, in the points' order."""
    if len(points) == 1:
        return [ground]
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=ground, ordered=True)
    return [
        repaired(_largest(shapely.intersection(cell, ground)))[0]
        for cell in shapely.get_parts(cells)
    ]


def union(grounds: Iterable[Ground]) -> Ground:
    """Return the ground that several make together."""
    return repaired(shapely.union_all(list(grounds)))[0]


def _largest(geometry: Ground) -> Polygon:
    """Return the largest piece: a unit of one piece is easier to read on a map."""
    pieces = [each for each in shapely.get_parts(geometry) if isinstance(each, Polygon)]
    return max(pieces, key=lambda piece: piece.area)


def _point_inside(ground: Ground, random: Random) -> Point:
    west, south, east, north = ground.bounds
    while True:
        point = Point(
            round(random.uniform(west, east), DECIMALS),
            round(random.uniform(south, north), DECIMALS),
        )
        if ground.contains(point):
            return point


def _middle(cell: Ground) -> Point:
    middle = cell.centroid
    return middle if cell.contains(middle) else cell.representative_point()
