"""Grounds for the demo, drawn and not surveyed: nobody published the real ones.

The city is cut into counties by their (real) points, a county into its towns, a town
into its villages and communities, each time around points scattered at random. The
result covers the ground without gaps or overlaps and nests as the tree does; beyond
the county it says nothing about where a place really is, and is marked so.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from random import Random

import shapely
from shapely import MultiPoint, Point, Polygon, box

from wugeyi.organisations import guiyang
from wugeyi.organisations.actions.areas import Plot, set_areas
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import subtree

SOURCE = "示意位置(演示生成,非真实边界)"
# Times the points move to the middle of their cells, so that cells grow alike in size.
SETTLING = 3


def draw(*, city: Organisation, random: Random, at: datetime) -> int:
    """Give every statutory unit below the city a ground; returns how many."""
    below: dict[int, list[Organisation]] = defaultdict(list)
    for unit in subtree(city).exclude(pk=city.pk).order_by("code"):
        if unit.parent_id is not None:
            below[unit.parent_id].append(unit)
    plots = _counties(below[city.pk])
    towns = _cut(plots, below, random)
    plots += towns
    plots += _cut(towns, below, random)
    return len(
        set_areas(plots=plots, by=None, at=at, source=SOURCE, generated=True, root=city)
    )


def _counties(units: Sequence[Organisation]) -> list[Plot]:
    near = {point.code: point for point in guiyang.county_points()}
    cells = _voronoi(
        [Point(near[unit.code].lon, near[unit.code].lat) for unit in units]
    )
    return [
        Plot(unit, _largest(cell.intersection(box(*near[unit.code][3:]))))
        for unit, cell in zip(units, cells, strict=True)
    ]


def _cut(
    plots: Sequence[Plot], below: dict[int, list[Organisation]], random: Random
) -> list[Plot]:
    """Cut each ground among the units below its organisation."""
    pieces = []
    for plot in plots:
        units = below[plot.organisation.pk]
        grounds = _divide(plot.ground, len(units), random)
        pieces += [
            Plot(unit, ground) for unit, ground in zip(units, grounds, strict=True)
        ]
    return pieces


def _divide(ground: Polygon, parts: int, random: Random) -> list[Polygon]:
    if parts == 0:
        return []
    if parts == 1:
        return [ground]
    points = _scatter(ground, parts, random)
    cells: list[Polygon] = []
    for _ in range(SETTLING):
        cells = [_largest(cell.intersection(ground)) for cell in _voronoi(points)]
        points = [cell.representative_point() for cell in cells]
    return cells


def _scatter(ground: Polygon, count: int, random: Random) -> list[Point]:
    west, south, east, north = ground.bounds
    points: list[Point] = []
    while len(points) < count:
        point = Point(random.uniform(west, east), random.uniform(south, north))
        if ground.contains(point):
            points.append(point)
    return points


def _voronoi(points: Sequence[Point]) -> list[Polygon]:
    """Return each point's cell, in the order of the points."""
    wide = MultiPoint(points).envelope.buffer(2)
    cells = list(shapely.voronoi_polygons(MultiPoint(points), extend_to=wide).geoms)
    tree = shapely.STRtree(cells)
    return [cells[int(tree.query(point, predicate="within")[0])] for point in points]


def _largest(ground: Polygon) -> Polygon:
    """Return the ground, or its greatest piece where a cut left several."""
    return max(getattr(ground, "geoms", [ground]), key=lambda piece: piece.area)
