"""Polygons: read, repaired, measured, covered with hexagons. Knows no database.

Cells are H3 (h3geo.org): the number of a hexagon is what the index of areas is over.
"""

import json
from math import cos, isfinite, radians, sqrt
from typing import NamedTuple, TypeAlias, cast

import h3
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from wugeyi.organisations.rules.coordinates import to_wgs84

MAX_CELLS = 80
# 4 to 12: from some 1,800 km² to some 300 m² a cell.
RESOLUTIONS = range(4, 13)
METRES_PER_DEGREE = 111_195.0
Ground: TypeAlias = Polygon | MultiPolygon


class Cell(NamedTuple):
    """A hexagon an area touches; ``whole`` if the area holds all of it."""

    number: int
    whole: bool


def read_ground(geometry: object) -> Ground:
    """Read a GeoJSON (multi)polygon.

    Raises
    ------
    ValueError
        It is no polygon, has no surface, or a coordinate is no pair of degrees.
    """
    if not isinstance(geometry, dict) or geometry.get("type") not in {
        "Polygon",
        "MultiPolygon",
    }:
        raise ValueError("not_a_polygon")
    try:
        ground = shapely.force_2d(shape(geometry))
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError) as problem:
        raise ValueError("broken_geometry") from problem
    except (AttributeError, IndexError) as problem:
        raise ValueError("broken_geometry") from problem
    if ground.is_empty or not all(map(isfinite, ground.bounds)):
        raise ValueError("broken_geometry")
    west, south, east, north = ground.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError("out_of_degrees")
    return ground


def repaired(ground: Ground) -> tuple[Ground, bool]:
    """Return a valid ground with rings turned by RFC 7946, and whether it was invalid.

    Raises
    ------
    ValueError
        Nothing with a surface is left.
    """
    broken = not ground.is_valid
    if broken:
        ground = _surfaces(shapely.make_valid(ground))
    if ground.is_empty or ground.area == 0:
        raise ValueError("no_surface")
    return shapely.orient_polygons(ground), broken


def _surfaces(geometry: BaseGeometry) -> Ground:
    """Return the polygons of a geometry; make_valid may leave lines and points."""
    parts = [
        part
        for each in shapely.get_parts(geometry)
        for part in shapely.get_parts(each)
        if isinstance(part, Polygon)
    ]
    union = shapely.union_all(parts)
    if isinstance(union, Polygon | MultiPolygon):
        return union
    return Polygon()


def to_text(ground: Ground) -> str:
    """Return GeoJSON text; seven decimals are a centimetre."""
    rounded = shapely.set_precision(ground, 1e-7, mode="pointwise")
    return str(shapely.to_geojson(rounded))


def from_text(text: str) -> Ground:
    """Read what :func:`to_text` wrote."""
    return shapely.from_geojson(text)


def as_json(ground: Ground) -> dict[str, object]:
    """Return a GeoJSON geometry as plain data."""
    return dict(mapping(ground))


def size_m2(ground: Ground) -> float:
    """Return the surface in square metres, within a percent up to a county's size."""
    latitude = radians(ground.centroid.y)
    return float(ground.area) * METRES_PER_DEGREE**2 * cos(latitude)


def inner_point(ground: Ground) -> tuple[float, float]:
    """Return a point that lies inside, as longitude and latitude."""
    point = ground.representative_point()
    return point.x, point.y


def holds(ground: Ground, lon: float, lat: float) -> bool:
    """Tell whether a point lies inside or on the border."""
    return bool(ground.covers(Point(lon, lat)))


def cells_at(lon: float, lat: float) -> list[int]:
    """Return the numbers of the cells that hold a point, at every resolution."""
    return [h3.str_to_int(h3.latlng_to_cell(lat, lon, each)) for each in RESOLUTIONS]


def cover(ground: Ground) -> list[Cell]:
    """Return the cells that touch a ground: at most ``MAX_CELLS`` where that is possible.

    Cells are drawn with straight edges between their corners in degrees, while H3's
    own edges are arcs; a margin around the cell makes up for the difference.
    """
    shapely.prepare(ground)
    for resolution in reversed(RESOLUTIONS[: _finest(ground) + 1]):
        cells = _cells(ground, resolution)
        if len(cells) <= MAX_CELLS:
            break
    return cells


def _finest(ground: Ground) -> int:
    """Return the place in ``RESOLUTIONS`` of the smallest cells that may be few enough."""
    surface = size_m2(ground)
    border = ground.length * METRES_PER_DEGREE
    finest = 0
    for place, resolution in enumerate(RESOLUTIONS):
        cell_m2 = h3.average_hexagon_area(resolution, unit="m^2")
        if surface / cell_m2 + border / sqrt(cell_m2) / 2 > MAX_CELLS:
            break
        finest = place
    return finest


def _cells(ground: Ground, resolution: int) -> list[Cell]:
    found = h3.h3shape_to_cells_experimental(
        h3.geo_to_h3shape(as_json(ground)), resolution, contain="overlap"
    )
    lon, lat = inner_point(ground)
    found.append(h3.latlng_to_cell(lat, lon, resolution))
    # The border of a ground may touch a cell that "overlap" misses by rounding.
    near = sorted({other for cell in set(found) for other in h3.grid_disk(cell, 1)})
    outlines = [
        Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(each)]) for each in near
    ]
    wide = shapely.buffer(outlines, _margin(resolution), join_style="mitre")
    touched = shapely.intersects(ground, wide)
    whole = shapely.covers(ground, wide)
    return [
        Cell(h3.str_to_int(number), bool(inside))
        for number, touches, inside in zip(near, touched, whole, strict=True)
        if touches
    ]


def _margin(resolution: int) -> float:
    """Return the margin in degrees: far more than an arc departs from its chord."""
    edge = h3.average_hexagon_edge_length(resolution, unit="m")
    # sagitta of a chord of this length on the sphere, tenfold, and a millimetre
    return float(10 * edge * edge / (8 * 6_371_000.0) + 0.001) / METRES_PER_DEGREE


def in_wgs84(ground: Ground) -> Ground:
    """Return a ground that was drawn in GCJ-02 where it really lies."""
    moved = shapely.transform(
        ground, lambda points: [to_wgs84(lon, lat) for lon, lat in points]
    )
    return cast(Ground, moved)


def share_outside(ground: Ground, other: Ground) -> float:
    """Return which part of a ground, 0 to 1, lies outside another one."""
    return float(shapely.difference(ground, other).area / ground.area)


def loads(text: str) -> object:
    """Read JSON; numbers that are no numbers (NaN) are an error."""

    def refuse(name: str) -> float:
        raise ValueError(name)

    return json.loads(text, parse_constant=refuse)
