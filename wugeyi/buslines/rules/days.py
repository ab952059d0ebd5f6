"""Days on which a line runs, and when its minutes are by the clock of the place."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
BOOK_DAYS = 30
"""Farther ahead than this nobody books: timetables change with thirty days' sight."""
LOOK_BACK_DAYS = 7
"""So long afterwards a run may still be written down from a note on paper."""


def runs(weekdays: str, on: date) -> bool:
    """Tell whether a line with these days of the week runs on a day; Monday is 1."""
    return str(on.isoweekday()) in weekdays


def moment(on: date, minute: int) -> datetime:
    """Return when a minute of a day of operation is; minutes go on after midnight."""
    return datetime.combine(on, time(), SHANGHAI) + timedelta(minutes=minute)


def minutes_since(on: date, minute: int, at: datetime) -> int:
    """Return how many whole minutes a moment lies after a minute; before it, negative."""
    return round((at - moment(on, minute)).total_seconds() / 60)


def local_day(at: datetime) -> date:
    """Return the day a moment has in Shanghai."""
    return at.astimezone(SHANGHAI).date()


def ahead(first: date, weekdays: str, days: int = BOOK_DAYS) -> Iterator[date]:
    """Yield the days from one on, at most ``days`` after it, on which a line runs."""
    for step in range(days + 1):
        day = first + timedelta(days=step)
        if runs(weekdays, day):
            yield day
