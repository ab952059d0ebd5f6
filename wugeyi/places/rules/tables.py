"""Tables of facilities and of homes: what their columns are, what a row says.

Pure: which units, kinds and records there are is told from outside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wugeyi.imports.rules import Finding, Table, error, info, warning

FACILITIES = "facilities"
HOMES = "homes"
SORTS = (FACILITIES, HOMES)
MOST_ROWS = 20_000
MOST_PEOPLE = 1_000_000
# A facility or a building is no point on the far side of the province.
PAIR = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,，;；、\s]\s*(-?\d{1,3}(?:\.\d+)?)")

PLACE = {
    "lon": ["经度", "lon", "lng", "longitude", "x", "东经"],
    "lat": ["纬度", "lat", "latitude", "y", "北纬"],
    "pair": ["坐标", "经纬度", "位置", "coordinates", "location"],
    "unit": ["单位", "社区", "所属社区", "村", "所属单位", "单位代码", "organisation"],
}
COLUMNS: dict[str, dict[str, list[str]]] = {
    FACILITIES: {
        "name": ["名称", "设施名称", "name"],
        "kind": ["类别", "设施类别", "类型", "kind", "category", "type"],
        **PLACE,
        "capacity": ["容量", "能容纳多少人", "床位", "学位", "座位", "capacity"],
        "opening_hours": ["开放时间", "营业时间", "opening_hours", "hours"],
    },
    HOMES: {
        "name": ["名称", "楼栋", "小区", "小区名称", "楼栋名称", "地址", "name"],
        **PLACE,
        "households": ["户数", "总户数", "households"],
        "residents": [
            "居民",
            "人口",
            "居民人数",
            "常住人口",
            "residents",
            "population",
        ],
        "elderly": ["老人", "老年人", "60岁以上", "60岁及以上", "老年人口", "elderly"],
    },
}
NEEDED = {FACILITIES: ("name", "kind"), HOMES: ("name",)}
COUNTS = {
    FACILITIES: ("capacity",),
    HOMES: ("households", "residents", "elderly"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was understood; degrees as the table gives them."""

    number: int
    name: str
    lon: float
    lat: float
    unit: str = ""
    kind: str = ""
    opening_hours: str = ""
    counts: Mapping[str, int | None] = field(default_factory=dict)


def title(sort: str, column: str) -> str:
    """Return what a column is called first."""
    return COLUMNS[sort][column][0]


def missing(sort: str, places: Mapping[str, int]) -> list[Finding]:
    """Return what a table lacks before its rows are worth reading."""
    found = [
        error(0, "missing_column", title(sort, name), other=_known(sort, name))
        for name in NEEDED[sort]
        if name not in places
    ]
    if "pair" not in places and not {"lon", "lat"} <= places.keys():
        found.append(error(0, "no_place_columns"))
    return found


def _known(sort: str, name: str) -> str:
    return "、".join(COLUMNS[sort][name])


def lines(
    sort: str, table: Table, places: Mapping[str, int]
) -> tuple[list[Line], list[Finding]]:
    """Read rows; one that cannot be used is left out with an error."""
    if len(table.rows) > MOST_ROWS:
        count = str(len(table.rows))
        return [], [error(0, "too_many_rows", count, other=MOST_ROWS)]
    read: list[Line] = []
    findings: list[Finding] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, cells in table.rows:
        row = {name: cells[place] for name, place in places.items()}
        line = _line(sort, number, row, findings)
        if line is None:
            continue
        what = (line.name, line.kind, line.lon, line.lat, line.unit)
        if what in seen:
            first = seen[what]
            findings.append(warning(number, "twice", line.name, other_line=first))
            continue
        seen[what] = number
        read.append(line)
    return read, findings


def _line(
    sort: str, number: int, row: Mapping[str, str], findings: list[Finding]
) -> Line | None:
    name = row.get("name", "")
    if not name:
        findings.append(error(number, "no_name"))
        return None
    if len(name) > 80:
        findings.append(info(number, "cut_name", name))
    place = _place(number, row, findings)
    counts = _counts(sort, number, row, findings)
    if place is None or counts is None:
        return None
    return Line(
        number,
        name[:80],
        *place,
        unit=row.get("unit", ""),
        kind=row.get("kind", ""),
        opening_hours=row.get("opening_hours", "")[:200],
        counts=counts,
    )


def _place(
    number: int, row: Mapping[str, str], findings: list[Finding]
) -> tuple[float, float] | None:
    text = row.get("pair") or f"{row.get('lon', '')} {row.get('lat', '')}"
    match = PAIR.fullmatch(text.strip().strip("()（）"))
    if match is None:
        code = "unread_place" if text.strip() else "no_place"
        findings.append(error(number, code, text.strip()))
        return None
    lon, lat = float(match[1]), float(match[2])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        # The commonest slip; China lies east of 73 degrees.
        swapped = abs(lat) <= 180 and abs(lon) <= 90
        code = "swapped" if swapped else "off_globe"
        findings.append(error(number, code, text.strip()))
        return None
    if lon == 0 and lat == 0:
        findings.append(error(number, "in_the_sea", text.strip()))
        return None
    return lon, lat


def _counts(
    sort: str, number: int, row: Mapping[str, str], findings: list[Finding]
) -> dict[str, int | None] | None:
    counts: dict[str, int | None] = {}
    for name in COUNTS[sort]:
        text = row.get(name, "").replace(",", "").strip()
        value = _whole(text)
        if text and value is None:
            negative = text.startswith(("-", "－", "−"))
            code = "negative" if negative else "unread_count"
            findings.append(error(number, code, text, other=title(sort, name)))
            return None
        counts[name] = value
    residents, elderly = counts.get("residents"), counts.get("elderly")
    if residents is not None and elderly is not None and elderly > residents:
        findings.append(
            error(number, "more_old_than_all", str(elderly), other=residents)
        )
        return None
    return counts


def _whole(text: str) -> int | None:
    """Read how many; None for nothing or for what is no such number."""
    plain = text.removesuffix(".0")
    if plain.isascii() and plain.isdigit() and int(plain) <= MOST_PEOPLE:
        return int(plain)
    return None
