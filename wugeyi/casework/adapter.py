"""Rows to the deadlines engine and back."""

from collections.abc import Iterable
from datetime import date, datetime

from wugeyi.casework.models import CalendarDay, Pause
from wugeyi.engines import deadlines


def calendar(days: Iterable[CalendarDay]) -> deadlines.WorkCalendar:
    """Build the calendar; ``days`` runs from the country to the place, the last wins."""
    working: dict[date, bool] = {}
    years: set[int] = set()
    for row in days:
        working[row.day] = row.working
        if row.organisation_id is None and row.day.timetuple().tm_yday == 1:
            years.add(row.day.year)
    return deadlines.WorkCalendar(
        closed=frozenset(day for day, is_open in working.items() if not is_open),
        open=frozenset(day for day, is_open in working.items() if is_open),
        years=frozenset(years),
    )


def due(
    *,
    start: datetime,
    amount: int,
    unit: str,
    calendar: deadlines.WorkCalendar,
    pauses: Iterable[Pause] = (),
) -> datetime | None:
    """Return when the time is up; None while a pause is open."""
    return deadlines.due(
        start,
        amount,
        deadlines.Unit(unit),
        calendar,
        pauses=[deadlines.Span(pause.started_at, pause.ended_at) for pause in pauses],
    )


def covered(
    start: datetime, end: datetime, unit: str, calendar: deadlines.WorkCalendar
) -> bool:
    """Tell whether the days off between both moments have been announced.

    Hours run through holidays, so they are always covered.
    """
    if unit == deadlines.Unit.HOURS:
        return True
    return deadlines.covered(start, end, calendar)
