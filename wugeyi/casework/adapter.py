"""Rows to the deadlines engine and back."""

from collections.abc import Iterable
from datetime import datetime

from wugeyi.casework.models import CalendarDay, Pause
from wugeyi.engines import deadlines


def calendar(days: Iterable[CalendarDay]) -> deadlines.WorkCalendar:
    """Build the calendar; ``days`` runs from the country to the place, the last wins."""
    working: dict[object, bool] = {}
    for day in days:
        working[day.day] = day.working
    return deadlines.WorkCalendar(
        closed=frozenset(day for day, is_open in working.items() if not is_open),
        open=frozenset(day for day, is_open in working.items() if is_open),
    )


def due(
    *,
    start: datetime,
    amount: int,
    unit: str,
    days: Iterable[CalendarDay],
    pauses: Iterable[Pause] = (),
) -> datetime | None:
    """Return when the time is up; None while a pause is open."""
    return deadlines.due(
        start,
        amount,
        deadlines.Unit(unit),
        calendar(days),
        pauses=[deadlines.Span(pause.started_at, pause.ended_at) for pause in pauses],
    )
