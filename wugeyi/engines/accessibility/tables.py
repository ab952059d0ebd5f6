"""Tables of homes and of facilities (CSV, XLSX), each row checked, nothing lost.

A row that cannot be used is an error with its line; the other rows are read all the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from wugeyi.engines.accessibility.categories import Template
from wugeyi.engines.accessibility.coordinates import System, looks_shifted, to_wgs84
from wugeyi.engines.accessibility.findings import Finding, Refused
from wugeyi.engines.accessibility.geometry import length_mm
from wugeyi.engines.accessibility.lines import LONLAT, Line
from wugeyi.engines.accessibility.network import Network
from wugeyi.engines.accessibility.points import index
from wugeyi.engines.accessibility.sheets import Sheet, read_sheet

PLACE = {
    "name": ("名称", "name", "楼栋", "小区", "小区名称", "楼栋名称", "设施名称"),
    "lon": ("经度", "lon", "lng", "longitude", "东经", "x"),
    "lat": ("纬度", "lat", "latitude", "北纬", "y"),
    "pair": ("坐标", "经纬度", "coordinates", "location"),
    "address": ("地址", "详细地址", "address"),
}
HOME_COLUMNS = PLACE | {
    "households": ("户数", "总户数", "households"),
    "residents": (
        "居民",
        "居民人数",
        "人口",
        "常住人口",
        "人数",
        "residents",
        "population",
    ),
    "elderly": ("老人", "老年人", "老年人口", "60岁以上", "60岁及以上", "elderly"),
}
FACILITY_COLUMNS = PLACE | {
    "category": ("类别", "设施类别", "类型", "category", "kind", "type"),
    "capacity": ("容量", "床位", "学位", "座位", "capacity", "places"),
    "opening_hours": (
        "开放时间",
        "营业时间",
        "opening_hours",
        "opening hours",
        "hours",
    ),
}
FAR_M = 1_000.0
"""Nobody lives farther from every way; the sea, a lake or a slip of the keyboard."""
SAME_M = 30.0
"""Two of one name and category nearer than this are one, entered twice."""
Row = TypeVar("Row", "Home", "Place")


@dataclass(frozen=True, slots=True)
class Home:
    """People who live at one place; counts are 0 where the table says nothing.

    ``line`` is the row's in the file; ``lon`` and ``lat`` are degrees of WGS-84, None
    where there is an address only.
    """

    line: int
    name: str
    lon: float | None
    lat: float | None
    address: str = ""
    households: int = 0
    residents: int = 0
    elderly: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A facility; ``category`` is a template's code, ``capacity`` None if not said."""

    line: int
    name: str
    lon: float | None
    lat: float | None
    address: str = ""
    category: str = ""
    capacity: int | None = None
    opening_hours: str = ""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """The rows that can be used, and what was noticed in all of them."""

    rows: list[Row]
    findings: list[Finding]


def read_homes(
    path: Path, *, system: System = System.WGS84, network: Network | None = None
) -> Table[Home]:
    """Read homes: name, place or address, households, residents, elderly people.

    Parameters
    ----------
    system
        What the table's coordinates are in; nothing in the numbers tells it.
    network
        Where given, places far from every way and shifted coordinates are told.

    Raises
    ------
    Refused
        The file is no table, or no column tells where homes are.
    """
    sheet = read_sheet(path)

    def home(line: Line, lon: float | None, lat: float | None) -> Home:
        residents, elderly = line.count("residents"), line.count("elderly")
        if residents is not None and elderly is not None and elderly > residents:
            line.note("row-too-many-elderly", elderly=elderly, residents=residents)
        return Home(
            line=line.number,
            name=line.cells.get("name", ""),
            lon=lon,
            lat=lat,
            address=line.cells.get("address", ""),
            households=line.count("households") or 0,
            # Whoever counts only the elderly has at least so many residents.
            residents=elderly or 0 if residents is None else residents,
            elderly=elderly or 0,
        )

    columns = _columns(sheet, HOME_COLUMNS, (), path)
    return _read(sheet, columns, home, system, network)


def read_facilities(
    path: Path,
    template: Template,
    *,
    system: System = System.WGS84,
    network: Network | None = None,
) -> Table[Place]:
    """Read facilities: name, category, place or address, capacity, opening hours.

    Parameters
    ----------
    template
        Its categories may be called by code, name, character or alias.
    system, network
        As for ``read_homes``.

    Raises
    ------
    Refused
        The file is no table, or lacks the category or any place.
    """
    sheet = read_sheet(path)

    def place(line: Line, lon: float | None, lat: float | None) -> Place:
        said = line.cells.get("category", "")
        category = template.named(said)
        if category is None:
            line.note(
                "row-unknown-category", value=said[:40], template=template.name_zh
            )
        return Place(
            line=line.number,
            name=line.cells.get("name", ""),
            lon=lon,
            lat=lat,
            address=line.cells.get("address", ""),
            category=category.code if category else "",
            capacity=line.count("capacity"),
            opening_hours=line.cells.get("opening_hours", ""),
        )

    columns = _columns(sheet, FACILITY_COLUMNS, ("category",), path)
    return _read(sheet, columns, place, system, network)


def _columns(
    sheet: Sheet,
    aliases: dict[str, tuple[str, ...]],
    needed: Sequence[str],
    path: Path,
) -> dict[str, int]:
    found = sheet.columns(aliases)
    lacking = [name for name in needed if name not in found]
    if not {"pair", "address"} & found.keys() and not found.keys() >= set(LONLAT):
        lacking += [name for name in LONLAT if name not in found]
    if lacking:
        names = "、".join(aliases[name][0] for name in lacking)
        raise Refused("table-columns", path.name, columns=names)
    return found


def _read(
    sheet: Sheet,
    columns: dict[str, int],
    make: Callable[[Line, float | None, float | None], Row],
    system: System,
    network: Network | None,
) -> Table[Row]:
    lines = [
        Line(number, {name: row[place] for name, place in columns.items()})
        for number, row in sheet.rows
    ]
    places = [line.place() for line in lines]
    raw = np.array([place or (np.nan, np.nan) for place in places]).reshape(-1, 2)
    lon, lat = to_wgs84(raw[:, 0], raw[:, 1], system)
    degrees = [
        (None, None) if np.isnan(x) else (round(float(x), 8), round(float(y), 8))
        for x, y in zip(lon, lat, strict=True)
    ]
    made = [make(line, *place) for line, place in zip(lines, degrees, strict=True)]
    _tell_twins(lines, made)
    findings = []
    if network is not None:
        _tell_far(lines, lon, lat, network)
        shifted = looks_shifted(raw[:, 0], raw[:, 1], network, system)
        findings += [shifted] if shifted else []
    if not lines:
        findings.append(Finding("table-no-rows", "warning"))
    rows = [row for line, row in zip(lines, made, strict=True) if line.usable]
    return Table(rows, findings + [one for line in lines for one in line.findings])


def _tell_far(
    lines: Sequence[Line], lon: np.ndarray, lat: np.ndarray, network: Network
) -> None:
    edge, _share, _off = index(network).nearest(lon, lat, FAR_M)
    for number in np.flatnonzero((edge < 0) & ~np.isnan(lon)).tolist():
        place = round(float(lon[number]), 6), round(float(lat[number]), 6)
        lines[number].note("row-far", "warning", place=place)


def _tell_twins(lines: Sequence[Line], rows: Sequence[Home | Place]) -> None:
    """Warn of rows that repeat an earlier one: same name and category, same place."""
    seen: dict[tuple[str, str, int, int], list[Home | Place]] = {}
    for line, row in zip(lines, rows, strict=True):
        if not row.name:
            continue
        category = row.category if isinstance(row, Place) else ""
        x, y = _cell(row)
        near = product((x - 1, x, x + 1), (y - 1, y, y + 1))
        before = chain.from_iterable(
            seen.get((row.name, category, *cell), ()) for cell in near
        )
        twin = next((one for one in before if _same(one, row)), None)
        if twin:
            line.note("row-twice", "warning", other=twin.line)
        seen.setdefault((row.name, category, x, y), []).append(row)


def _cell(row: Home | Place) -> tuple[int, int]:
    """Return the square of a thousandth of a degree a row lies in."""
    if row.lon is None or row.lat is None:
        return (-1, hash(row.address))
    return int(row.lon // 0.001), int(row.lat // 0.001)


def _same(one: Home | Place, other: Home | Place) -> bool:
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return one.lon is other.lon and one.address == other.address
    at = np.array([[one.lon, one.lat, other.lon, other.lat]]).T
    return int(length_mm(*at)[0]) <= SAME_M * 1000
