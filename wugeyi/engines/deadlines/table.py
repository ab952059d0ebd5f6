"""Read a calendar from a table of days (CSV)."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wugeyi.engines.deadlines.workdays import WorkCalendar


class TableError(ValueError):
    """A row that cannot be understood; the message names the line and the remedy."""


class Kind(StrEnum):
    """Whether a listed day is off or worked."""

    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True)
class Entry:
    """One listed day.

    Parameters
    ----------
    day
        The local date.
    kind
        Off, or a make-up working day.
    name_zh
        What the day is called in Chinese (国庆节); may be empty.
    source
        The notice the day comes from; may be empty.
    verified
        Whether somebody held the row against the text of the notice.
    """

    day: date
    kind: Kind
    name_zh: str = ""
    source: str = ""
    verified: bool = False


def read(lines: Iterable[str]) -> tuple[Entry, ...]:
    """Read entries from the lines of a CSV file.

    Parameters
    ----------
    lines
        Text lines with a header. Columns ``date`` (YYYY-MM-DD) and ``kind``
        (``closed`` or ``open``) are needed; ``name_zh``, ``source`` and ``verified``
        (``yes`` or ``no``) may be there; others are passed over. A byte order mark
        and empty lines do no harm.

    Returns
    -------
    tuple of Entry
        Ascending by day.

    Raises
    ------
    TableError
        If a needed column is missing, a cell cannot be understood, or a day is
        listed twice.
    """
    rows = csv.DictReader(_without_mark(lines))
    try:
        missing = {"date", "kind"} - set(rows.fieldnames or ())
        if missing:
            msg = f"line 1: column {' and '.join(sorted(missing))} missing"
            raise TableError(msg)
        entries: dict[date, Entry] = {}
        for row in rows:
            entry = _entry(row, rows.line_num)
            if entry.day in entries:
                msg = f"line {rows.line_num}: {entry.day} is listed twice"
                raise TableError(msg)
            entries[entry.day] = entry
    except csv.Error as error:
        msg = f"line {rows.line_num + 1}: not a CSV row ({error})"
        raise TableError(msg) from error
    return tuple(entries[day] for day in sorted(entries))


def calendar_of(entries: Iterable[Entry]) -> WorkCalendar:
    """Make the calendar that entries describe.

    A year counts as officially arranged when its 1 January is listed: every notice
    of the State Council names New Year's Day of its own year, while days in late
    December may be named by the next year's notice.
    """
    listed = tuple(entries)
    return WorkCalendar(
        closed=frozenset(e.day for e in listed if e.kind is Kind.CLOSED),
        open=frozenset(e.day for e in listed if e.kind is Kind.OPEN),
        years=frozenset(e.day.year for e in listed if e.day.timetuple().tm_yday == 1),
    )


def names_of(entries: Iterable[Entry]) -> dict[date, str]:
    """Give the Chinese name of each listed day that has one."""
    return {entry.day: entry.name_zh for entry in entries if entry.name_zh}


def _without_mark(lines: Iterable[str]) -> Iterable[str]:
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _entry(row: dict[str, str | None], line: int) -> Entry:
    cells = {key: (row.get(key) or "").strip() for key in ("date", "kind", "verified")}
    try:
        day = date.fromisoformat(cells["date"])
    except ValueError:
        msg = f"line {line}: {cells['date']!r} is no date like 2026-10-01"
        raise TableError(msg) from None
    if cells["kind"] not in tuple(Kind):
        msg = f"line {line}: kind must be closed or open, not {cells['kind']!r}"
        raise TableError(msg)
    if cells["verified"] not in ("", "yes", "no"):
        msg = f"line {line}: verified must be yes or no, not {cells['verified']!r}"
        raise TableError(msg)
    return Entry(
        day=day,
        kind=Kind(cells["kind"]),
        name_zh=(row.get("name_zh") or "").strip(),
        source=(row.get("source") or "").strip(),
        verified=cells["verified"] == "yes",
    )
