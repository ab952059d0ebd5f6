"""A folder of tables → a case, and back."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from wugeyi.engines.lineplanning.findings import Finding, Refused
from wugeyi.engines.lineplanning.model import (
    NO_ROAD,
    Apart,
    Case,
    Departure,
    Depot,
    Market,
    Place,
    RegularDuty,
    Request,
    Rules,
    Stop,
    Vehicle,
    Ways,
)
from wugeyi.engines.lineplanning.reading.dated import holding
from wugeyi.engines.lineplanning.reading.given import (
    Given,
    gathered,
    in_workbook,
)
from wugeyi.engines.lineplanning.reading.rows import Row, Rows, written
from wugeyi.engines.lineplanning.reading.tables import RULE_TITLES, TABLES, Table

APART = tuple(field.name for field in fields(Apart))


def read(folder: Path, *, on: date | None = None) -> tuple[Case, tuple[Finding, ...]]:
    """Read a case.

    Parameters
    ----------
    folder
        A folder of CSV tables, of one workbook, or of both where each table is in one
        of them; or the workbook itself.
    on
        The day whose rows are wanted; needed once a row is dated.

    Returns
    -------
    case, findings
        What was noticed beside errors; whether the case makes sense is for ``inputs``
        to say.

    Raises
    ------
    Refused
        Something could not be read; it carries all of it, row by row.
    """
    return assembled(gathered(folder, TABLES), name=called(folder), on=on)


def called(folder: Path) -> str:
    """Return what a case is called after its folder or workbook."""
    return folder.stem if folder.is_file() else folder.name


def read_workbook(
    content: bytes, *, on: date | None = None, name: str = ""
) -> tuple[Case, tuple[Finding, ...]]:
    """Read a case from the bytes of an XLSX file with one sheet for each table.

    Parameters
    ----------
    on
        The day whose rows are wanted; needed once a row is dated.
    name
        The case's.

    Raises
    ------
    Refused
        Something could not be read; it carries all of it, sheet and row.
    """
    return assembled(in_workbook(content, TABLES), name=name, on=on)


def assembled(
    given: Given, *, name: str, on: date | None
) -> tuple[Case, tuple[Finding, ...]]:
    """Make a case of the rows of all tables that hold on a day.

    Raises
    ------
    Refused
        Something in them could not be read.
    """
    found = list(given.found)
    rows, told = holding(given.rows, given.where, on)
    found += told
    rules = _rules(rows["rules"], given.where["rules"], found)
    places = ("depots", "markets", "stops")
    codes = [str(row["code"]) for name in places for _, row in rows[name]]
    distinct = tuple(dict.fromkeys(codes))
    roads = _of_the_day(rows["ways"], given, set(codes))
    ways = _ways(distinct, roads, given.where["ways"], found)
    errors = [each for each in found if each.severity == "error"]
    if errors:
        raise Refused(*errors)
    case = Case(
        stops=tuple(_made(Stop, _apart(row, rules)) for _, row in rows["stops"]),
        markets=tuple(_made(Market, _apart(row, rules)) for _, row in rows["markets"]),
        depots=tuple(_made(Depot, row) for _, row in rows["depots"]),
        ways=ways,
        vehicles=tuple(_made(Vehicle, row) for _, row in rows["vehicles"]),
        requests=tuple(_made(Request, row) for _, row in rows["requests"]),
        departures=tuple(_made(Departure, row) for _, row in rows["departures"]),
        rules=rules,
        name=name,
        regular_duties=tuple(
            _made(RegularDuty, row) for _, row in rows["regular_duties"]
        ),
    )
    return case, tuple(found)


def _of_the_day(ways: Rows, given: Given, codes: set[str]) -> Rows:
    """Leave out ways to places that are in the tables, but not on this day."""
    places = ("depots", "markets", "stops")
    away = {str(row["code"]) for name in places for _, row in given.rows[name]} - codes
    return [
        (line, row)
        for line, row in ways
        if row["here"] not in away and row["there"] not in away
    ]


def _made(kind: type[Any], row: Row) -> Any:
    return kind(**row)


def _apart(row: Row, rules: Rules) -> Row:
    """Put the cells of a place's own distance together; the line's fill the others."""
    given = {name: row[name] for name in APART if row[name] is not None}
    rest: dict[str, Any] = {k: v for k, v in row.items() if k not in APART}
    rest["apart"] = Apart(**{**asdict(rules.apart), **given}) if given else None
    return rest


def _rules(rows: Rows, where: str, found: list[Finding]) -> Rules:
    by_title = {title: name for name, title in RULE_TITLES.items()}
    given: dict[str, Any] = {}
    apart: dict[str, Any] = {}
    for line, row in rows:
        told = str(row["rule"])
        name = by_title.get(told, told)
        if name not in RULE_TITLES:
            subject, values = f"{where}:{line}", {"value": told[:40]}
            found.append(Finding("rule-unknown", "warning", subject, values))
        elif name in APART:
            apart[name] = row["number"]
        else:
            given[name] = row["number"]
    standard = asdict(Rules().apart)
    return Rules(**given, apart=Apart(**{**standard, **apart}))


def _ways(codes: tuple[str, ...], rows: Rows, where: str, found: list[Finding]) -> Ways:
    """Return the table of ways; those that are not given are closed."""
    row_of = {code: number for number, code in enumerate(codes)}
    size = len(codes)
    minutes = [[0 if i == j else NO_ROAD for j in range(size)] for i in range(size)]
    metres = [list(row) for row in minutes]
    given: dict[tuple[int, int], tuple[Any, Any]] = {}
    for line, row in rows:
        here, there = row_of.get(str(row["here"])), row_of.get(str(row["there"]))
        if here is None or there is None:
            missing = str(row["there"] if here is not None else row["here"])
            subject = f"{where}:{line}"
            values = {"place": missing}
            found.append(Finding("way-elsewhere", "warning", subject, values))
            continue
        now = (row["minutes"], row["metres"])
        if given.setdefault((here, there), now) != now:
            pair = {"here": codes[here], "there": codes[there]}
            subject = f"{where}:{line}"
            found.append(Finding("way-twice", "error", subject, pair, (where,)))
        minutes[here][there], metres[here][there] = now  # type: ignore[assignment]
    closed = size * (size - 1) - sum(here != there for here, there in given)
    if closed:
        values_: dict[str, Any] = {"many": closed}
        found.append(Finding("ways-assumed", "note", where, values_))
    return Ways(codes, tuple(map(tuple, minutes)), tuple(map(tuple, metres)))


def write(case: Case, folder: Path, *, chinese: bool = True) -> None:
    """Write a case's tables; an empty case gives templates.

    Parameters
    ----------
    folder
        Made if it is not there; files of the same names are written over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = records(case, chinese=chinese)
    for name, table in TABLES.items():
        write_table(folder / table.file, table, contents[name], chinese=chinese)


def write_table(
    path: Path, table: Table, rows: Iterable[dict[str, Any]], *, chinese: bool = True
) -> int:
    """Write one table and return how many rows it has."""
    columns, many = table.columns, 0
    # With the mark at its head, spreadsheets take a file for UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([each.title if chinese else each.name for each in columns])
        for row in rows:
            cells = [written(each, row[each.name], chinese=chinese) for each in columns]
            writer.writerow(cells)
            many += 1
    return many


def records(case: Case, *, chinese: bool) -> dict[str, Iterable[dict[str, Any]]]:
    """Return the rows of each table of a case, by the names of columns.

    Parameters
    ----------
    chinese
        How rules are named.
    """
    return {
        "stops": map(_place, case.stops),
        "markets": map(_place, case.markets),
        "depots": map(_place, case.depots),
        "ways": _roads(case.ways),
        "vehicles": map(asdict, case.vehicles),
        "regular_duties": map(asdict, case.regular_duties),
        "requests": map(asdict, case.requests),
        "departures": map(asdict, case.departures),
        "rules": _given(case.rules, chinese=chinese),
    }


def _place(place: Place) -> dict[str, Any]:
    row = asdict(place)
    apart = row.pop("apart") or dict.fromkeys(APART)
    return {**row, **apart}


def _roads(ways: Ways) -> Iterator[dict[str, Any]]:
    for i, here in enumerate(ways.codes):
        for j, there in enumerate(ways.codes):
            if i != j and ways.minutes[i][j] != NO_ROAD:
                times = {"minutes": ways.minutes[i][j], "metres": ways.metres[i][j]}
                yield {"here": here, "there": there, **times}


def _given(rules: Rules, *, chinese: bool) -> Iterator[dict[str, Any]]:
    row = asdict(rules)
    row.update(row.pop("apart"))
    for name, number in row.items():
        yield {"rule": RULE_TITLES[name] if chinese else name, "number": number}
