"""A GeoJSON file → grounds by code, with what was noticed. Knows no database."""

from collections.abc import Iterator
from typing import NamedTuple

from wugeyi.imports.rules import Finding, error, info, warning
from wugeyi.organisations import geometry
from wugeyi.organisations.geometry import Ground

CODES = ("code", "gb", "代码", "编码", "adcode")
NAMES = ("name", "名称")
DATUMS = ("wugeyi:datum", "datum", "crs_name")
WGS84 = {"wgs84", "wgs-84", "crs84", "epsg:4326", "epsg:4490", "cgcs2000"}
GCJ02 = {"gcj02", "gcj-02"}
# China's box, read the wrong way round.
SWAPPED_LON = (3.0, 54.0)
SWAPPED_LAT = (73.0, 136.0)


class Outline(NamedTuple):
    """One feature of a file; ``place`` counts features from 1."""

    place: int
    code: str
    name: str
    ground: Ground


class AreaReading(NamedTuple):
    """The grounds of a file in WGS-84, and what was noticed in reading."""

    outlines: list[Outline]
    findings: list[Finding]


def read_areas(content: bytes, *, datum: str = "") -> AreaReading:
    """Read a FeatureCollection. Each feature has a code (``code`` or ``gb``).

    Parameters
    ----------
    datum
        "gcj02" or "wgs84" overrules what the file says; "" believes it. A file that
        says nothing is WGS-84, as its standard (RFC 7946) has it.
    """
    try:
        data = geometry.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return AreaReading([], [error(0, "not_geojson")])
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(features, list):
        return AreaReading([], [error(0, "not_geojson")])
    said = datum or _datum(data)
    if said not in WGS84 | GCJ02:
        return AreaReading([], [error(0, "datum_unknown", said)])
    reading = AreaReading([], [])
    if said in GCJ02:
        reading.findings.append(info(0, "from_gcj02"))
    seen: set[str] = set()
    for place, feature in enumerate(features, start=1):
        for found in _feature(place, feature, gcj02=said in GCJ02):
            if isinstance(found, Finding):
                reading.findings.append(found)
            elif found.code in seen:
                reading.findings.append(error(place, "area_twice", found.code))
            else:
                seen.add(found.code)
                reading.outlines.append(found)
    return reading


def _datum(data: dict[str, object]) -> str:
    for key in DATUMS:
        value = data.get(key)
        if isinstance(value, str):
            return _plain(value)
    crs = data.get("crs")
    if isinstance(crs, dict) and isinstance(crs.get("properties"), dict):
        return _plain(str(crs["properties"].get("name", "")))
    return "wgs84"


def _plain(name: str) -> str:
    """Shorten urn:ogc:def:crs:OGC:1.3:CRS84 and urn:ogc:def:crs:EPSG::4490."""
    folded = name.strip().lower()
    if folded.startswith("urn:ogc:def:crs:"):
        authority, *_versions, code = folded.removeprefix("urn:ogc:def:crs:").split(":")
        return code if authority == "ogc" else f"{authority}:{code}"
    return folded


def _feature(
    place: int, feature: object, *, gcj02: bool
) -> Iterator[Outline | Finding]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        yield error(place, "no_area_code", str(place))
        return
    code = _first(properties, CODES).removeprefix("156")
    name = _first(properties, NAMES) or code
    if not code:
        yield error(place, "no_area_code", str(place))
        return
    try:
        shape = feature.get("geometry")
        if _swapped(shape):
            yield error(place, "swapped", name)
            return
        ground, broken = geometry.repaired(geometry.read_ground(shape))
    except ValueError as problem:
        yield error(place, str(problem), name)
        return
    if broken:
        yield info(place, "rings_repaired", name)
    yield Outline(place, code, name, geometry.in_wgs84(ground) if gcj02 else ground)


def _first(properties: dict[str, object], names: tuple[str, ...]) -> str:
    for name in names:
        value = properties.get(name)
        if value is not None and str(value).strip():
            return str(value).strip()
    return ""


def _swapped(shape: object) -> bool:
    """Tell whether the first corner lies in China only when read the other way."""
    corner = shape.get("coordinates") if isinstance(shape, dict) else None
    while isinstance(corner, list) and corner and isinstance(corner[0], list):
        corner = corner[0]
    if not isinstance(corner, list) or len(corner) < 2:
        return False
    first, second = corner[:2]
    if not isinstance(first, int | float) or not isinstance(second, int | float):
        return False
    return (
        SWAPPED_LON[0] <= first <= SWAPPED_LON[1]
        and SWAPPED_LAT[0] <= second <= SWAPPED_LAT[1]
    )


def against_parent(outline: Outline, above: Ground) -> Iterator[Finding]:
    """Say where an outline leaves its parent's area, and whether GCJ-02 may be why."""
    outside = geometry.share_outside(outline.ground, above)
    if outside < 0.02:
        return
    moved = geometry.in_wgs84(outline.ground)
    if geometry.share_outside(moved, above) < outside / 3:
        metres = geometry.METRES_PER_DEGREE * outline.ground.centroid.distance(
            moved.centroid
        )
        yield warning(outline.place, "looks_gcj02", outline.name, other=round(metres))
    elif outside >= 0.05:
        yield warning(
            outline.place, "outside_parent", outline.name, other=round(outside * 100)
        )
