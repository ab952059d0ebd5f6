"""A station's week: its hours, and the days on which it stays shut."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from wugeyi.stations.actions.writing import By, bump, note, take
from wugeyi.stations.models import DayOff, Hours, Station
from wugeyi.stations.rules.hours import Span, Week, written
from wugeyi.stations.rules.refusals import Refused, Why


def said(week: Week) -> dict[str, str]:
    """Return a week for the audit, Monday is 1."""
    return {str(day + 1): written(spans) for day, spans in sorted(week.items())}


def write_week(station: Station, week: Week) -> None:
    """Write the times of a station that has none."""
    Hours.objects.bulk_create(
        Hours(
            station=station,
            weekday=weekday,
            opens_minute=each.opens,
            closes_minute=each.closes,
        )
        for weekday, spans in week.items()
        for each in spans
    )


@transaction.atomic
def set_hours(
    *, station: Station, week: Week, version: int | None = None, by: By, at: datetime
) -> Station:
    """Write the week's times; those of before stand in the audit.

    Raises
    ------
    Refused
        CHANGED, ENDED.
    """
    row = take(station, version=version)
    before: dict[int, list[Span]] = {}
    for each in row.hours.all():
        before.setdefault(each.weekday, []).append(
            Span(each.opens_minute, each.closes_minute)
        )
    wished = {day: list(spans) for day, spans in week.items() if spans}
    if before == wished:
        return row
    row.hours.all().delete()
    write_week(row, wished)
    bump(row)
    note(
        row,
        station=row,
        action="set_hours",
        by=by,
        at=at,
        before={"hours": said(before)},
        after={"hours": said(wished)},
    )
    return row


@transaction.atomic
def set_days_off(
    *, station: Station, days: Sequence[date], why: str = "", by: By, at: datetime
) -> Station:
    """Write which days from today on it stays shut; past ones stay as they are.

    Raises
    ------
    Refused
        ENDED; BAD_DAYS for a day that is over.
    """
    row = take(station)
    today = timezone.localdate(at)
    if any(day < today for day in days):
        raise Refused(Why.BAD_DAYS, field="days")
    coming = row.days_off.filter(on__gte=today)
    before = sorted(coming.values_list("on", flat=True))
    wished = sorted(set(days))
    if before == wished:
        return row
    coming.exclude(on__in=wished).delete()
    DayOff.objects.bulk_create(
        DayOff(station=row, on=day, why=why.strip())
        for day in wished
        if day not in before
    )
    bump(row)
    note(
        row,
        station=row,
        action="set_days_off",
        by=by,
        at=at,
        before={"days_off": before},
        after={"days_off": wished, "why": why.strip()},
    )
    return row
