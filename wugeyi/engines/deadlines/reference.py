"""The same answers, slowly and obviously: day by day, minute by minute.

Shares no code with the engine and takes plain values, so that tests can hold one
against the other. Times must be whole minutes. Do not use it for anything else: a
year of minutes takes half a second.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Pause = tuple[datetime, datetime | None]

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_HORIZON_DAYS = 4000


def due_slowly(
    start: datetime,
    amount: int,
    unit: str,
    closed: Iterable[date],
    opened: Iterable[date],
    pauses: Iterable[Pause],
    zone: tzinfo,
) -> datetime | None:
    """Walk from ``start`` until ``amount`` has been counted; see ``due``.

    Returns ``None`` when nothing is found within 4,000 days.
    """
    pauses, closed, opened = list(pauses), set(closed), set(opened)
    if unit == "hours":
        instant, minutes_left = start.astimezone(UTC), amount * 60
        horizon = instant + _HORIZON_DAYS * _DAY
        while minutes_left > 0:
            if any(begin <= instant and end is None for begin, end in pauses):
                return None
            if instant > horizon:
                return None
            if not _stands(instant, pauses):
                minutes_left -= 1
            instant += _MINUTE
        return instant
    first = start.astimezone(zone).date()
    counted = 0
    for offset in range(_HORIZON_DAYS):
        day = first + offset * _DAY
        paused = _is_touched(day, start, pauses, zone)
        working = _is_worked(day, closed, opened)
        if offset > 0 and not paused and (working or unit == "calendar_days"):
            counted += 1
        if counted >= amount and working and not paused:
            return _begin(day + _DAY, zone)
    return None


def elapsed_slowly(
    start: datetime,
    end: datetime,
    unit: str,
    closed: Iterable[date],
    opened: Iterable[date],
    pauses: Iterable[Pause],
    zone: tzinfo,
) -> float:
    """Count what has run between two instants; see ``elapsed``."""
    pauses, closed, opened = list(pauses), set(closed), set(opened)
    if unit == "hours":
        instant, minutes = start.astimezone(UTC), 0
        while instant < end:
            if not _stands(instant, pauses):
                minutes += 1
            instant += _MINUTE
        return minutes / 60
    counted = 0
    day = start.astimezone(zone).date() + _DAY
    while _begin(day + _DAY, zone) <= end:
        paused = _is_touched(day, start, pauses, zone)
        worked = _is_worked(day, closed, opened)
        if not paused and (worked or unit == "calendar_days"):
            counted += 1
        day += _DAY
    return counted


def _is_worked(day: date, closed: set[date], opened: set[date]) -> bool:
    if day in opened:
        return True
    if day in closed:
        return False
    return day.isoweekday() not in (6, 7)


def _stands(instant: datetime, pauses: list[Pause]) -> bool:
    return any(
        begin <= instant and (end is None or instant < end) for begin, end in pauses
    )


def _is_touched(day: date, start: datetime, pauses: list[Pause], zone: tzinfo) -> bool:
    day_begins, day_ends = _begin(day, zone), _begin(day + _DAY, zone)
    for begin, end in pauses:
        shown_from = max(begin, start, day_begins)
        shown_to = day_ends if end is None else min(end, day_ends)
        if shown_from < shown_to:
            return True
    return False


def _begin(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(0, 0), zone).astimezone(UTC)
