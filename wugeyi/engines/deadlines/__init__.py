"""Deadlines in hours, calendar days and working days, by China's official calendar.

Pure: the times, the calendar and the pauses are arguments; nothing reads a clock, a
file or a database. README.md in this folder explains the rules with examples.
"""

from wugeyi.engines.deadlines.clock import (
    SHANGHAI,
    Unit,
    covered,
    due,
    elapsed,
    last_day,
    remaining,
)
from wugeyi.engines.deadlines.explain import DayNote, Reason, explain
from wugeyi.engines.deadlines.pauses import Span
from wugeyi.engines.deadlines.table import (
    Entry,
    Kind,
    TableError,
    calendar_of,
    names_of,
    read,
)
from wugeyi.engines.deadlines.workdays import WorkCalendar, coverage

__all__ = [
    "SHANGHAI",
    "DayNote",
    "Entry",
    "Kind",
    "Reason",
    "Span",
    "TableError",
    "Unit",
    "WorkCalendar",
    "calendar_of",
    "coverage",
    "covered",
    "due",
    "elapsed",
    "explain",
    "last_day",
    "names_of",
    "read",
    "remaining",
]
