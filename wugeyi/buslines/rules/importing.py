"""What a table of a file becomes: which record, in which order."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class What(StrEnum):
    """What taking a row over does."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    SAME = "same"


ORDER = (
    "spot",
    "vehicle",
    "regularduty",
    "demand",
    "driver",
    "otherduty",
    "rule",
    "fares",
    "ways",
    "timetable",
)
"""Records that rest on others come after them; ended in the other direction."""
SPOTS = {"stops": "stop", "markets": "market", "depots": "depot"}
"""The kind of place a table keeps."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that taking a file over would do.

    Parameters
    ----------
    record
        As in ``ORDER``.
    code
        Of the record, or the name of a rule; "" for what a line has one of.
    values
        Columns; places by their code under "stop", "market", "depot"; days off of a
        driver that nobody has written down yet under "absent", from and until.
    before
        What stands, of columns that change.
    until
        From when it holds no longer, where the row says so.
    """

    what: What
    record: str
    code: str
    on: date
    name: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    until: date | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken over: where it stands, a code, what fills it."""

    where: str
    line: int
    code: str
    values: dict[str, Any] = field(default_factory=dict)
