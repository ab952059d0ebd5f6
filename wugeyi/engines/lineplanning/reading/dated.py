"""Rows that hold on a day: stops, fares and times change, and tables keep what was.

A row holds from ``valid_from`` (included) until ``valid_until`` (not included); an empty
cell sets no bound. Two rows of one thing may follow each other, never overlap.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from wugeyi.engines.lineplanning.findings import Finding, Severity, Value
from wugeyi.engines.lineplanning.reading.rows import Row, Rows
from wugeyi.engines.lineplanning.reading.tables import DATED

DATES = tuple(column.name for column in DATED)
KEYS = {
    "code": ("code",),
    "rule": ("rule",),
    "here": ("here", "there"),
    "from_baskets": ("from_baskets",),
}
"""What makes two rows the same thing, by a column its table has; else all of the row."""


class Period(NamedTuple):
    """From a day (included) to a day (not)."""

    first: date
    end: date

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day < self.end

    def meets(self, other: "Period") -> bool:
        """Tell whether some day lies in both."""
        return max(self.first, other.first) < min(self.end, other.end)


ALWAYS = Period(date.min, date.max)
Dated = list[tuple[int, Period, Row]]


def holding(
    tables: Mapping[str, Rows], where: Mapping[str, str], on: date | None
) -> tuple[dict[str, Rows], list[Finding]]:
    """Return the rows that hold on a day, without their dates, and what is wrong.

    Parameters
    ----------
    where
        The file or sheet of each table.
    on
        None where no row is dated: with dated rows the day must be told.
    """
    kept: dict[str, Rows] = {}
    found: list[Finding] = []
    asking: list[str] = []
    for name, rows in tables.items():
        dated = [(line, _period(row), _bare(row)) for line, row in rows]
        found += _turned(dated, where[name])
        found += _overlaps(dated, where[name], on)
        if on is None and any(period != ALWAYS for _, period, _ in dated):
            asking.append(where[name])
        day = on or date.min
        kept[name] = [(line, row) for line, span, row in dated if span.holds(day)]
        if on is not None and rows and not kept[name]:
            values: dict[str, Value] = {"day": on.isoformat(), "many": len(rows)}
            found.append(Finding("none-hold", "warning", where[name], values))
    if asking:
        values = {"tables": tuple(asking)}
        found.append(Finding("day-needed", "error", "", values, tuple(asking)))
    return kept, found


def _period(row: Row) -> Period:
    first, end = (row.get(name) for name in DATES)
    return Period(
        first if isinstance(first, date) else date.min,
        end if isinstance(end, date) else date.max,
    )


def _bare(row: Row) -> Row:
    return {name: cell for name, cell in row.items() if name not in DATES}


def _turned(rows: Dated, where: str) -> Iterator[Finding]:
    for line, period, _ in rows:
        if period.first >= period.end:
            first, end = map(date.isoformat, period)
            values: dict[str, Value] = {"first": first, "end": end}
            subject = f"{where}:{line}"
            yield Finding("dates-turned", "error", subject, values, (subject,))


def _overlaps(rows: Dated, where: str, on: date | None) -> Iterator[Finding]:
    """Tell rows of one thing that hold on the same day, at least one of them dated.

    On the day asked for it is an error, on another day something to look at.
    """
    same: dict[tuple[object, ...], list[tuple[int, Period]]] = defaultdict(list)
    for line, period, row in rows:
        same[_key(row)].append((line, period))
    for key, spans in same.items():
        spans.sort(key=lambda each: (each[1], each[0]))
        line, period = spans[0]
        for next_line, next_period in spans[1:]:
            if {period, next_period} != {ALWAYS} and period.meets(next_period):
                now = on is not None and period.holds(on) and next_period.holds(on)
                lines = sorted((line, next_line))
                yield _overlap(where, " ".join(map(str, key)), lines, now=now)
            # What ends last is what a later row may still overlap with.
            if next_period.end > period.end:
                line, period = next_line, next_period


def _overlap(where: str, thing: str, lines: list[int], *, now: bool) -> Finding:
    first, second = (f"{where}:{line}" for line in lines)
    values: dict[str, Value] = {"thing": thing, "line": lines[0]}
    severity: Severity = "error" if now else "warning"
    return Finding("dates-overlap", severity, second, values, (first, second))


def _key(row: Row) -> tuple[object, ...]:
    for column, names in KEYS.items():
        if column in row:
            return tuple(row[name] for name in names)
    return tuple(row.values())
