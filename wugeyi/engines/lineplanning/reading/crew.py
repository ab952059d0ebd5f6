"""The tables of a roster, read and written: drivers, duties, fares and rules."""

from dataclasses import dataclass, field, replace
from datetime import date
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
from wugeyi.engines.lineplanning.reading import crew_cells as cells
from wugeyi.engines.lineplanning.reading.crew_tables import (
    CREW_RULE_TITLES,
    CREW_TABLES,
)
from wugeyi.engines.lineplanning.reading.dated import holding
from wugeyi.engines.lineplanning.reading.folder import write_table
from wugeyi.engines.lineplanning.reading.given import Given, gathered, in_workbook
from wugeyi.engines.lineplanning.reading.rows import Row, Rows
from wugeyi.engines.lineplanning.tariff import Band, Fares

FARE_NUMBERS = ("from_baskets", "fen", "cap_fen")
NOT_AGAIN = {"cap_fen": None, "source": ""}


@dataclass(frozen=True, slots=True)
class Crew:
    """What the tables say.

    Parameters
    ----------
    fares_source
        By what right the fares are so.
    """

    drivers: tuple[Driver, ...] = ()
    duties: tuple[Duty, ...] = ()
    rules: RosterRules = field(default_factory=RosterRules)
    fares: Fares | None = None
    fares_source: str = ""


def read_crew(
    path: Path, *, on: date | None = None
) -> tuple[Crew, tuple[Finding, ...]]:
    """Read the tables of a roster.

    Parameters
    ----------
    path
        A folder of CSV tables, of workbooks, or of both; or a workbook itself.
    on
        The day whose rows are wanted; needed once a row is dated.

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
    return crew_of(gathered(path, CREW_TABLES), on=on)


def read_crew_workbook(
    content: bytes, *, on: date | None = None
) -> tuple[Crew, tuple[Finding, ...]]:
    """Read the sheets of a roster from the bytes of an XLSX file.

    Parameters
    ----------
    on
        The day whose rows are wanted; needed once a row is dated.

    Raises
    ------
    Refused
        Something could not be read; it carries all of it, sheet and row.
    """
    return crew_of(in_workbook(content, CREW_TABLES), on=on)


def crew_of(given: Given, *, on: date | None) -> tuple[Crew, tuple[Finding, ...]]:
    """Make records of the rows that hold on a day.

    Raises
    ------
    Refused
        Something in them could not be read.
    """
    found = list(given.found)
    rows, told = holding(given.rows, given.where, on)
    found += told
    work = _Work(given, found)
    fares, source = work.fares(rows["fares"])
    crew = Crew(
        tuple(work.driver(line, row) for line, row in rows["drivers"]),
        tuple(work.duty(line, row) for line, row in rows["duties"]),
        work.rules(rows["roster_rules"]),
        fares,
        source,
    )
    if any(each.severity == "error" for each in found):
        raise Refused(*(each for each in found if each.severity == "error"))
    return crew, tuple(found)


@dataclass(frozen=True, slots=True)
class _Work:
    given: Given
    found: list[Finding]

    def tell(self, code: str, table: str, line: int, column: str, text: str) -> None:
        where = self.given.where[table]
        columns = CREW_TABLES[table].columns
        title = next(each.title for each in columns if each.name == column)
        values: dict[str, Value] = {"column": title, "value": text[:40]}
        self.found.append(Finding(code, "error", f"{where}:{line}", values, (where,)))

    def driver(self, line: int, row: Row) -> Driver:
        absent: list[date] = []
        for text in cells.parts(str(row["absent"])):
            days = cells.days(text)
            if days is None:
                self.tell("cell-date", "drivers", line, "absent", text)
            absent += days or ()
        names = ("code", "name", "licensed_on", "stars")
        fields: Any = {name: row[name] for name in names}
        return Driver(**fields, absent=tuple(absent))

    def duty(self, line: int, row: Row) -> Duty:
        names = ("code", "begin_minute", "end_minute", "bus")
        fields: Any = {name: row[name] for name in names}
        span = fields["begin_minute"], fields["end_minute"]
        driving, bad = cells.driving(str(row["driving"]), *span)
        for text in bad:
            self.tell("cell-times", "duties", line, "driving", text)
        days = cells.weekdays(str(row["weekdays"]))
        if days is None:
            self.tell("cell-weekdays", "duties", line, "weekdays", str(row["weekdays"]))
        return Duty(**fields, driving=driving, weekdays=days or (False,) * 7)

    def rules(self, rows: Rows) -> RosterRules:
        given: dict[str, Any] = {}
        origins = dict(ORIGINS)
        for line, row in rows:
            name = roster_rule(str(row["rule"]))
            if name is None:
                subject = f"{self.given.where['roster_rules']}:{line}"
                values: dict[str, Value] = {"value": str(row["rule"])[:40]}
                told = Finding("roster-rule-unknown", "warning", subject, values)
                self.found.append(told)
                continue
            given[name] = row["number"]
            source = str(row["source"]) or origins[name].source
            origins[name] = Origin(source, bool(row["verified"]))
        return replace(RosterRules(origins=origins), **given)

    def fares(self, rows: Rows) -> tuple[Fares | None, str]:
        """Return fares, and by what right; the cap may stand in any of the rows."""
        where = self.given.where["fares"]
        fares: dict[int, int] = {}
        caps: set[int] = set()
        for line, row in rows:
            baskets, fen, cap = (_whole(row[n]) for n in FARE_NUMBERS)
            if baskets in fares and fares[baskets] != fen:
                values: dict[str, Value] = {"baskets": baskets}
                subject = f"{where}:{line}"
                told = Finding("fare-band-unclear", "error", subject, values, (where,))
                self.found.append(told)
            fares[baskets] = fen
            caps |= set() if row["cap_fen"] is None else {cap}
        if not fares:
            return None, ""
        if 0 not in fares:
            self.found.append(Finding("fare-base-missing", "error", where))
            return None, ""
        if len(caps) > 1:
            told = Finding("fare-caps-differ", "error", where, {"many": len(caps)})
            self.found.append(told)
        base = fares.pop(0)
        bands = tuple(Band(start, fen - base) for start, fen in sorted(fares.items()))
        sources = [str(row["source"]) for _, row in rows if row["source"]]
        return Fares(base, bands, min(caps, default=None)), next(iter(sources), "")


def _whole(cell: Any) -> int:
    return int(cell or 0)


def roster_rule(told: str) -> str | None:
    """Return the rule a table means by a title or a name, None if there is none."""
    by_title = {title: name for name, title in CREW_RULE_TITLES.items()}
    name = by_title.get(told, told)
    return name if name in CREW_RULE_TITLES else None


def write_crew(crew: Crew, folder: Path, *, chinese: bool = True) -> None:
    """Write the tables; an empty crew gives templates with the rules as they stand."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = crew_records(crew, chinese=chinese)
    for name, table in CREW_TABLES.items():
        write_table(folder / table.file, table, contents[name], chinese=chinese)


def crew_records(crew: Crew, *, chinese: bool) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each table, by the names of columns.

    Parameters
    ----------
    chinese
        How rules are named.
    """
    return {
        "drivers": [
            {
                "code": each.code,
                "name": each.name,
                "licensed_on": each.licensed_on,
                "stars": each.stars,
                "absent": cells.days_text(each.absent),
            }
            for each in crew.drivers
        ],
        "duties": [_duty_row(each, chinese=chinese) for each in crew.duties],
        "fares": _fare_rows(crew.fares, crew.fares_source),
        "roster_rules": [
            {
                "rule": title if chinese else name,
                "number": getattr(crew.rules, name),
                "source": crew.rules.origins[name].source,
                "verified": crew.rules.origins[name].verified,
            }
            for name, title in CREW_RULE_TITLES.items()
        ],
    }


def _duty_row(duty: Duty, *, chinese: bool) -> dict[str, Any]:
    return {
        "code": duty.code,
        "begin_minute": duty.begin_minute,
        "end_minute": duty.end_minute,
        "driving": cells.driving_text(duty.driving, chinese=chinese),
        "weekdays": "".join(str(n) for n, on in enumerate(duty.weekdays, 1) if on),
        "bus": duty.bus,
    }


def _fare_rows(fares: Fares | None, source: str) -> list[dict[str, Any]]:
    """Return what a person pays by baskets; the cap and the source stand at the top."""
    if fares is None:
        return []
    once = {"cap_fen": fares.cap_fen, "source": source}
    rows: list[dict[str, Any]] = [{"from_baskets": 0, "fen": fares.base_fen, **once}]
    for band in sorted(fares.bands, key=lambda each: each.from_baskets):
        fen = fares.base_fen + band.fen
        rows.append({"from_baskets": band.from_baskets, "fen": fen} | NOT_AGAIN)
    return rows
