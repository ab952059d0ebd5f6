"""What is open to everybody as data; apps above may add theirs at start-up.

register(Source("stations", _("驿站"), _("…"), columns, rows))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise
Spot = tuple[float, float]
Value = str | int | float | bool | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    MOMENT = "moment"
    DAY = "day"
    YES_NO = "yes_no"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, what it says, what it holds."""

    name: str
    about: Text
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows: so many behind a key; ``base`` begins the addresses of pages."""

    after: str
    size: int
    today: date
    base: str


@dataclass(frozen=True, slots=True)
class Found:
    """A row, the key it stands at, where it is (lon, lat), whose terms hold for it."""

    key: str
    values: Sequence[Value]
    spot: Spot | None = None
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A table open to everybody.

    ``rows`` returns those behind a key in the order of keys, at most ``size``, at a
    number of queries that does not grow with the table.
    """

    code: str
    title: Text
    about: Text
    columns: Sequence[Column]
    rows: Callable[[Asked], list[Found]]
    # Under which heading it stands on the page for people.
    group: Text = ""


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Open a table to everybody; the same code twice keeps the last."""
    _sources[source.code] = source
    return source


def sources() -> list[Source]:
    """Return every open table, as registered."""
    return list(_sources.values())


def grouped() -> dict[str, list[Source]]:
    """Return every open table under its heading, as registered."""
    found: dict[str, list[Source]] = {}
    for each in _sources.values():
        found.setdefault(str(each.group), []).append(each)
    return found


def source(code: str) -> Source | None:
    """Return an open table by its code."""
    return _sources.get(code)
