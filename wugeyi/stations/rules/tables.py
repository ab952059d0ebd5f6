"""Tables of stations and of points of work: columns, and what a row says.

Pure: which kinds, units and items there are is told from outside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wugeyi.imports.rules import Finding, Table, error, info, warning
from wugeyi.stations.rules.hours import BadHours, Span, read

STATIONS = "stations"
POINTS = "points"
SORTS = (STATIONS, POINTS)
MOST_ROWS = {STATIONS: 5_000, POINTS: 50_000}
PAIR = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,，;；、\s]\s*(-?\d{1,3}(?:\.\d+)?)")
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
NEVER = date.min
DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D*")

PLACE = {
    "lon": ["经度", "lon", "lng", "longitude", "x", "东经"],
    "lat": ["纬度", "lat", "latitude", "y", "北纬"],
    "pair": ["坐标", "经纬度", "位置", "coordinates", "location"],
    "unit": ["归谁管", "单位", "社区", "所属社区", "单位代码", "organisation"],
}
COLUMNS: dict[str, dict[str, list[str]]] = {
    STATIONS: {
        "code": ["编号", "驿站编号", "code"],
        "name_zh": ["名称", "驿站名称", "驿站", "name"],
        "name_en": ["英文名称", "english name", "name_en"],
        "kind": ["类型", "驿站类型", "类别", "kind", "type"],
        "run_by": ["谁办的", "主办", "主办单位性质", "run by", "run_by"],
        "address": ["地址", "详细地址", "address"],
        **PLACE,
        "hours": ["开放时间", "每天", "营业时间", "opening_hours", "hours"],
        **{f"day{n}": [name] for n, name in enumerate(WEEKDAYS)},
        "keeper_name": ["负责人", "专人", "联系人", "keeper"],
        "keeper_phone": ["电话", "联系电话", "负责人电话", "phone"],
        "opens_on": ["启用日期", "建成日期", "哪天起", "opened"],
        "note": ["说明", "备注", "note"],
    },
    POINTS: {
        "name": ["名称", "店名", "网点名称", "name"],
        "kind": ["类别", "类型", "kind", "type", "category"],
        **PLACE,
    },
}
NEEDED = {STATIONS: ("name_zh",), POINTS: ("kind",)}
RUN_BY = {
    "union": ("工会", "总工会", "union"),
    "community": ("社区", "社区（村）", "村", "居委会", "community"),
    "company": ("企业", "公司", "平台", "商家", "company"),
    "other": ("其他", "其他单位", "other"),
}
STATES = {
    "yes": ("有", "是", "√", "✓", "1", "好", "yes", "y"),
    "no": ("没有", "无", "否", "×", "0", "no", "n"),
    "broken": ("坏了", "坏", "故障", "维修", "broken"),
}
POINT_KINDS = {
    "food": ("饭店餐饮", "餐饮", "饭店", "餐馆", "小吃", "奶茶", "food", "restaurant"),
    "shop": ("商店超市", "商店", "超市", "便利店", "药店", "shop"),
    "depot": ("快递网点", "快递", "驿站快递", "物流", "depot", "parcel"),
    "other": ("其他取送点", "其他", "other"),
}


def _words(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: code for code, words in names.items() for word in words}


_RUN_BY, _STATES, _POINT_KINDS = map(_words, (RUN_BY, STATES, POINT_KINDS))


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was understood; degrees as the table gives them.

    What a table does not tell stays None, so that it changes nothing.
    """

    number: int
    lon: float
    lat: float
    name: str
    kind: str = ""
    unit: str = ""
    code: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    run_by: str = ""
    week: Mapping[int, list[Span]] | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    opens_on: date | None = None


def title(sort: str, column: str) -> str:
    """Return what a column is called first."""
    return COLUMNS[sort][column][0]


def missing(sort: str, places: Mapping[str, int]) -> list[Finding]:
    """Return what a table lacks before its rows are worth reading."""
    found = [
        error(
            0,
            "missing_column",
            title(sort, name),
            other="、".join(COLUMNS[sort][name]),
        )
        for name in NEEDED[sort]
        if name not in places
    ]
    if "pair" not in places and not {"lon", "lat"} <= places.keys():
        found.append(error(0, "no_place_columns"))
    return found


def lines(
    sort: str, table: Table, places: Mapping[str, int], items: Mapping[str, int]
) -> tuple[list[Line], list[Finding]]:
    """Read rows; one that cannot be used is left out with an error.

    ``items``: by the code of an item its column.
    """
    if len(table.rows) > MOST_ROWS[sort]:
        many = str(len(table.rows))
        return [], [error(0, "too_many_rows", many, other=MOST_ROWS[sort])]
    found: list[Line] = []
    findings: list[Finding] = []
    seen: dict[object, int] = {}
    for number, cells in table.rows:
        row = {name: cells[place] for name, place in places.items()}
        states = {code: cells[place] for code, place in items.items()}
        make = _station if sort == STATIONS else _point
        line = make(number, row, states, findings)
        if line is None:
            continue
        what = line.code or (line.name, line.unit, line.lon, line.lat)
        if what in seen:
            first = seen[what]
            findings.append(warning(number, "twice", line.name, other_line=first))
            continue
        seen[what] = number
        found.append(line)
    return found, findings


def _point(
    number: int,
    row: Mapping[str, str],
    _states: Mapping[str, str],
    findings: list[Finding],
) -> Line | None:
    kind = _POINT_KINDS.get(row.get("kind", "").strip().lower(), "")
    if not kind:
        known = "、".join(words[0] for words in POINT_KINDS.values())
        findings.append(error(number, "unknown_kind", row.get("kind", ""), other=known))
        return None
    place = _place(number, row, findings)
    if place is None:
        return None
    return Line(
        number, *place, row.get("name", "")[:80], kind=kind, unit=row.get("unit", "")
    )


WORDS = {
    "name_en": 120,
    "address": 120,
    "keeper_name": 40,
    "keeper_phone": 30,
    "note": 300,
}


def _station(
    number: int,
    row: Mapping[str, str],
    states: Mapping[str, str],
    findings: list[Finding],
) -> Line | None:
    name = row.get("name_zh", "")
    if not name:
        findings.append(error(number, "no_name"))
        return None
    if len(name) > 60:
        findings.append(info(number, "cut_name60", name))
    place = _place(number, row, findings)
    week = _week(number, row, findings)
    run_by = _run_by(number, row, findings)
    opens_on = _date(number, row, findings)
    if place is None or week is None or run_by is None or opens_on is NEVER:
        return None
    return Line(
        number,
        *place,
        name[:60],
        kind=row.get("kind", ""),
        unit=row.get("unit", ""),
        code=row.get("code", "").upper(),
        words={key: row[key][:most] for key, most in WORDS.items() if key in row},
        run_by=run_by,
        week=week or None,
        items=_items(number, states, findings),
        opens_on=opens_on,
    )


def _week(
    number: int, row: Mapping[str, str], findings: list[Finding]
) -> "dict[int, list[Span]] | None":
    """Return the week's times; an empty table's are nothing; None: cannot be."""
    told = {day: row[f"day{day}"] for day in range(7) if row.get(f"day{day}")}
    if row.get("hours"):
        told = dict.fromkeys(range(7), row["hours"]) | told
    week = {}
    for day, text in told.items():
        try:
            week[day] = read(text)
        except BadHours as bad:
            findings.append(error(number, f"hours_{bad.code}", bad.value))
            return None
    return week


def _run_by(number: int, row: Mapping[str, str], findings: list[Finding]) -> str | None:
    text = row.get("run_by", "").strip().lower()
    if not text:
        return ""
    found = _RUN_BY.get(text)
    if found is None:
        known = "、".join(words[0] for words in RUN_BY.values())
        findings.append(error(number, "unknown_run_by", text, other=known))
    return found


def _date(number: int, row: Mapping[str, str], findings: list[Finding]) -> date | None:
    text = row.get("opens_on", "").strip()
    if not text:
        return None
    match = DATE.match(text)
    try:
        return (
            date(*map(int, match.groups())) if match else _bad(number, text, findings)
        )
    except ValueError:
        return _bad(number, text, findings)


def _bad(number: int, text: str, findings: list[Finding]) -> date:
    findings.append(error(number, "bad_date", text))
    return NEVER


def _items(
    number: int, states: Mapping[str, str], findings: list[Finding]
) -> dict[str, str]:
    """Read what a station has; a word nobody understands is left out, and told."""
    found = {}
    for code, text in states.items():
        word = text.strip().lower()
        if not word:
            continue
        state = _STATES.get(word)
        if state is None:
            findings.append(warning(number, "unknown_state", text))
        else:
            found[code] = state
    return found


def _place(
    number: int, row: Mapping[str, str], findings: list[Finding]
) -> tuple[float, float] | None:
    text = row.get("pair") or f"{row.get('lon', '')} {row.get('lat', '')}"
    text = text.strip().strip("()（）")
    match = PAIR.fullmatch(text)
    if match is None:
        findings.append(error(number, "unread_place" if text else "no_place", text))
        return None
    lon, lat = float(match[1]), float(match[2])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        swapped = abs(lat) <= 180 and abs(lon) <= 90
        findings.append(error(number, "swapped" if swapped else "off_globe", text))
        return None
    if lon == 0 and lat == 0:
        findings.append(error(number, "in_the_sea", text))
        return None
    return lon, lat
