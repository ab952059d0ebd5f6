"""Show a deadline's working: which days were counted, which were not, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from wugeyi.engines.deadlines.clock import SHANGHAI, Unit, due, last_day
from wugeyi.engines.deadlines.pauses import Span, orderly, touched_days
from wugeyi.engines.deadlines.workdays import WorkCalendar

_SATURDAY = 5


class Reason(StrEnum):
    """What a day is to a period."""

    START = "start"
    """The day of the event, never counted (art. 201)."""
    WORKING = "working"
    MAKE_UP = "make_up"
    """A working day that would be off by the week."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    """A listed day off."""
    PAUSED = "paused"
    """Touched by a pause, never counted."""


@dataclass(frozen=True)
class DayNote:
    """One day of a period.

    Parameters
    ----------
    day
        The local date.
    number
        Its number among the counted days, from 1; ``None`` if it is not counted,
        and for the days by which the end was moved past the last counted day.
    reason
        Why it is counted or not.
    name
        The name of a listed day; empty if it has none.
    """

    day: date
    number: int | None
    reason: Reason
    name: str = ""


def explain(
    start: datetime,
    amount: int,
    unit: Unit,
    calendar: WorkCalendar,
    pauses: Iterable[Span] = (),
    zone: tzinfo = SHANGHAI,
    names: Mapping[date, str] | None = None,
) -> tuple[DayNote, ...]:
    """Note every day from the day of the event to the last day.

    Parameters
    ----------
    start, amount, unit, calendar, pauses, zone
        As for :func:`~wugeyi.engines.deadlines.due`; ``unit`` is one of days.
    names
        Names of listed days, as
        :func:`~wugeyi.engines.deadlines.names_of` gives them.

    Returns
    -------
    tuple of DayNote
        Ascending, without gaps. The last is the last day; if the period cannot end
        because the clock stands still, the first day of the open pause.

    Raises
    ------
    ValueError
        As :func:`~wugeyi.engines.deadlines.due`, and for hours, which have no days.
    """
    stops = tuple(pauses)
    end = due(start, amount, unit, calendar, stops, zone)
    if Unit(unit) is Unit.HOURS:
        msg = "hours are not counted in days; there is nothing to list"
        raise ValueError(msg)
    first = start.astimezone(zone).date()
    touched = touched_days(orderly(stops, start.astimezone(UTC)), zone)
    final = last_day(end, zone) if end else date.fromordinal(touched[-1][0])
    notes: list[DayNote] = []
    counted = 0
    for offset in range((final - first).days + 1):
        day = first + timedelta(days=offset)
        reason = Reason.START if offset == 0 else _reason(day, calendar, touched)
        number = None
        if counted < amount and _counts(reason, unit):
            counted += 1
            number = counted
        notes.append(DayNote(day, number, reason, (names or {}).get(day, "")))
    return tuple(notes)


def _reason(
    day: date, calendar: WorkCalendar, touched: list[tuple[int, int | None]]
) -> Reason:
    ordinal = day.toordinal()
    for pause_first, pause_last in touched:
        if pause_first <= ordinal and (pause_last is None or ordinal <= pause_last):
            return Reason.PAUSED
    weekend = day.weekday() >= _SATURDAY
    if calendar.is_working(day):
        off_by_week_or_list = weekend or day in calendar.closed
        return Reason.MAKE_UP if off_by_week_or_list else Reason.WORKING
    return Reason.HOLIDAY if day in calendar.closed else Reason.WEEKEND


def _counts(reason: Reason, unit: Unit) -> bool:
    if reason in (Reason.START, Reason.PAUSED):
        return False
    if unit == Unit.CALENDAR_DAYS:
        return True
    return reason in (Reason.WORKING, Reason.MAKE_UP)
