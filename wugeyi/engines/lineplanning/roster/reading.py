"""The tables of a roster in a case's folder: drivers, duties, fares and rules."""

import csv
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wugeyi.engines.lineplanning.crew import (
    ORIGINS,
    Driver,
    Duty,
    Origin,
    RosterRules,
)
from wugeyi.engines.lineplanning.findings import Finding, Refused, Value
from wugeyi.engines.lineplanning.reading.comma import read_csv
from wugeyi.engines.lineplanning.reading.rows import Row, Rows, written
from wugeyi.engines.lineplanning.reading.tables import Column, Table
from wugeyi.engines.lineplanning.tariff import Band, Fares

TABLES = {
    "drivers": Table(
        "drivers.csv",
        (
            Column("code", "编号"),
            Column("name", "姓名", empty=""),
            Column("licensed_on", "初次领证日期", "date"),
            Column("stars", "星级", "number"),
            Column("absent", "不在的日子", empty=""),
        ),
    ),
    "duties": Table(
        "duties.csv",
        (
            Column("code", "编号"),
            Column("begin_minute", "上班", "time"),
            Column("end_minute", "下班", "time"),
            Column("driving", "驾驶时段"),
            Column("weekdays", "星期", empty="1234567"),
            Column("bus", "车", empty=""),
        ),
        needed=False,
    ),
    "fares": Table(
        "fares.csv",
        (
            Column("from_baskets", "筐数起", "number"),
            Column("fen", "每人票价(分)", "number"),
        ),
        needed=False,
    ),
    "roster_rules": Table(
        "roster_rules.csv",
        (
            Column("rule", "规则"),
            Column("number", "数值", "number"),
            Column("source", "依据", empty=""),
            Column("verified", "已核对", "yes", empty=0),
        ),
        needed=False,
    ),
}
RULE_TITLES = {
    "years": "驾龄至少(年)",
    "stars": "星级至少",
    "day_driving_minutes": "连续驾驶最多分钟",
    "night_driving_minutes": "夜间连续驾驶最多分钟",
    "night_from_minute": "夜间开始(0点起分钟)",
    "night_until_minute": "夜间结束(0点起分钟)",
    "break_minutes": "休息至少分钟",
    "driving_24h_minutes": "24小时驾驶最多分钟",
    "driving_7d_minutes": "7天驾驶最多分钟",
    "rest_minutes": "两班之间至少分钟",
    "rest_days_in_7": "7天里至少休息天数",
    "early_before_minute": "早班是几分钟以前上班(0点起)",
    "spread_duties": "班数可偏离公平数(-1不管)",
    "spread_early": "早班数可偏离公平数(-1不管)",
    "spread_weekends": "周末班数可偏离公平数(-1不管)",
}
SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–~至]\s*(\d{1,2})[:：](\d{2})")
DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?")
APART = re.compile(r"[\s,,、;;]+")
LONGEST_ABSENCE = 800


@dataclass(frozen=True, slots=True)
class Crew:
    """What the tables say."""

    drivers: tuple[Driver, ...]
    duties: tuple[Duty, ...]
    rules: RosterRules
    fares: Fares | None


def read_crew(folder: Path) -> tuple[Crew, tuple[Finding, ...]]:
    """Read the tables of a roster.

    Returns
    -------
    crew, findings
        What was noticed beside errors; a table that is not there is empty, but for the
        drivers'.

    Raises
    ------
    Refused
        Something could not be read; it carries all of it, row by row.
    """
    found: list[Finding] = []
    rows: dict[str, Rows] = {}
    for name, table in TABLES.items():
        rows[name], noticed = read_csv(folder / table.file, table)
        found += noticed
    drivers = tuple(_driver(line, row, found) for line, row in rows["drivers"])
    duties = tuple(_duty(line, row, found) for line, row in rows["duties"])
    rules = _rules(rows["roster_rules"], found)
    fares = _fares(rows["fares"], found)
    errors = [each for each in found if each.severity == "error"]
    if errors:
        raise Refused(*errors)
    return Crew(drivers, duties, rules, fares), tuple(found)


def _driver(line: int, row: Row, found: list[Finding]) -> Driver:
    absent: list[date] = []
    for text in _parts(row["absent"]):
        try:
            span = DAYS.fullmatch(text)
            first = date.fromisoformat(span[1]) if span else None
            last = date.fromisoformat(span[2]) if span and span[2] else first
        except ValueError:
            first = last = None
        if (
            first is None
            or last is None
            or not 0 <= (last - first).days < (LONGEST_ABSENCE)
        ):
            _tell(found, "cell-date", "drivers", line, "absent", text)
            continue
        absent += [first + timedelta(n) for n in range((last - first).days + 1)]
    fields: Any = {name: row[name] for name in ("code", "name", "licensed_on", "stars")}
    return Driver(**fields, absent=tuple(absent))


def _duty(line: int, row: Row, found: list[Finding]) -> Duty:
    driving = []
    for text in _parts(row["driving"]):
        span = SPAN.fullmatch(text)
        if span is None:
            _tell(found, "cell-times", "duties", line, "driving", text)
            continue
        hours = [int(each) for each in span.groups()]
        driving.append((60 * hours[0] + hours[1], 60 * hours[2] + hours[3]))
    weekdays = str(row["weekdays"])
    if not re.fullmatch(r"[1-7]+", weekdays):
        _tell(found, "cell-weekdays", "duties", line, "weekdays", weekdays)
    fields: Any = {n: row[n] for n in ("code", "begin_minute", "end_minute", "bus")}
    return Duty(
        **fields,
        driving=tuple(driving),
        weekdays=tuple(str(day) in weekdays for day in range(1, 8)),
    )


def _parts(cell: object) -> list[str]:
    return [each for each in APART.split(str(cell).strip()) if each]


def _tell(
    found: list[Finding], code: str, table: str, line: int, column: str, text: str
) -> None:
    file = TABLES[table].file
    title = next(each.title for each in TABLES[table].columns if each.name == column)
    values: dict[str, Value] = {"column": title, "value": text[:40]}
    found.append(Finding(code, "error", f"{file}:{line}", values, (file,)))


def _rules(rows: Rows, found: list[Finding]) -> RosterRules:
    by_title = {title: name for name, title in RULE_TITLES.items()}
    given: dict[str, Any] = {}
    origins = dict(ORIGINS)
    for line, row in rows:
        told = str(row["rule"])
        name = by_title.get(told, told)
        if name not in RULE_TITLES:
            subject = f"roster_rules.csv:{line}"
            values: dict[str, Value] = {"value": told[:40]}
            found.append(Finding("roster-rule-unknown", "warning", subject, values))
            continue
        given[name] = row["number"]
        source = str(row["source"]) or origins[name].source
        origins[name] = Origin(source, bool(row["verified"]))
    return replace(RosterRules(origins=origins), **given)


def _fares(rows: Rows, found: list[Finding]) -> Fares | None:
    fares: dict[int, int] = {}
    for _, row in rows:
        fares[int(str(row["from_baskets"]))] = int(str(row["fen"]))
    if not fares:
        return None
    if 0 not in fares:
        found.append(Finding("fare-base-missing", "error", "fares.csv"))
        return None
    base = fares.pop(0)
    bands = tuple(Band(start, fen - base) for start, fen in sorted(fares.items()))
    return Fares(base, bands)


def write_crew(crew: Crew, folder: Path, *, chinese: bool = True) -> None:
    """Write the tables; an empty crew gives templates with the rules as they stand."""
    folder.mkdir(parents=True, exist_ok=True)
    contents: dict[str, list[dict[str, Any]]] = {
        "drivers": [
            {
                "code": each.code,
                "name": each.name,
                "licensed_on": each.licensed_on,
                "stars": each.stars,
                "absent": " ".join(day.isoformat() for day in each.absent),
            }
            for each in crew.drivers
        ],
        "duties": [_duty_row(each) for each in crew.duties],
        "fares": _fare_rows(crew.fares),
        "roster_rules": [
            {
                "rule": title if chinese else name,
                "number": getattr(crew.rules, name),
                "source": crew.rules.origins[name].source,
                "verified": crew.rules.origins[name].verified,
            }
            for name, title in RULE_TITLES.items()
        ],
    }
    for name, table in TABLES.items():
        with (folder / table.file).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([c.title if chinese else c.name for c in table.columns])
            for row in contents[name]:
                cells = [(each, row[each.name]) for each in table.columns]
                writer.writerow([written(c, v, chinese=chinese) for c, v in cells])


def _duty_row(duty: Duty) -> dict[str, Any]:
    return {
        "code": duty.code,
        "begin_minute": duty.begin_minute,
        "end_minute": duty.end_minute,
        "driving": " ".join(f"{_clock(a)}-{_clock(b)}" for a, b in duty.driving),
        "weekdays": "".join(str(n) for n, on in enumerate(duty.weekdays, 1) if on),
        "bus": duty.bus,
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _fare_rows(fares: Fares | None) -> list[dict[str, Any]]:
    if fares is None:
        return []
    rows = [(0, fares.base_fen)]
    rows += [(band.from_baskets, fares.base_fen + band.fen) for band in fares.bands]
    cap = fares.cap_fen
    return [
        {"from_baskets": start, "fen": fen if cap is None else min(fen, cap)}
        for start, fen in rows
    ]
