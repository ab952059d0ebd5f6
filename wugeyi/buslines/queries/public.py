"""What passengers read: lines that run, their stops and times, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from wugeyi.buslines.models import Call, Edition, Line, Spot, Trip, WaysTable, holding
from wugeyi.buslines.rules.days import BOOK_DAYS, runs

PAGE = 30


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, and the keys of the pages before and after."""

    rows: list[Line]
    newer: int | None
    older: int | None


def running(today: date) -> QuerySet[Line]:
    """Return the lines that have opened and not ended."""
    return Line.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=today), opened_on__isnull=False
    ).select_related("organisation")


def lines(
    today: date, *, text: str = "", older: int | None = None, newer: int | None = None
) -> Page:
    """Return one page of the lines that run; ``text`` is a line, a stop or a village."""
    rows = running(today)
    if text:
        spots = Spot.objects.filter(
            Q(name__icontains=text)
            | Q(name_en__icontains=text)
            | Q(organisation__name__icontains=text)
        )
        rows = rows.filter(
            Q(name__icontains=text)
            | Q(name_en__icontains=text)
            | Q(number=text)
            | Q(pk__in=spots.values("line"))
        )
    if newer is not None:
        found = list(rows.filter(pk__gt=newer).order_by("pk")[: PAGE + 1])
        more, found = len(found) > PAGE, found[:PAGE][::-1]
        return Page(
            found,
            found[0].pk if more else None,
            found[-1].pk if found else None,
        )
    if older is not None:
        rows = rows.filter(pk__lt=older)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    return Page(
        found,
        found[0].pk if older is not None and found else None,
        found[-1].pk if more else None,
    )


def load(code: str, today: date) -> Line | None:
    """Return a line that has opened by its public code, ended ones too."""
    if not code.isprintable() or len(code) > 12:
        return None
    rows = Line.objects.select_related("organisation").filter(opened_on__isnull=False)
    return rows.filter(code=code).first()


def stop_of(line: Line, pk: int) -> Spot | None:
    """Return a stop of a line."""
    rows = Spot.objects.select_related("organisation")
    return rows.filter(pk=pk, line=line, kind=Spot.Kind.STOP).first()


def editions_between(line: Line, first: date, last: date) -> list[Edition]:
    """Return the published timetables that hold on some day of a span; two queries."""
    rows = (
        Edition.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=first),
            line=line,
            valid_from__lte=last,
            published_at__isnull=False,
            withdrawn_at=None,
        )
        .select_related("line__organisation", "fares")
        .prefetch_related("fares__bands")
    )
    return list(rows.order_by("valid_from"))


def driven_days(
    line: Line, editions: Sequence[Edition], first: date
) -> dict[date, Edition]:
    """Return the days that may be booked, each with the timetable of that day."""
    found = {}
    for step in range(BOOK_DAYS + 1):
        day = first + timedelta(days=step)
        if line.closed_on is not None and day >= line.closed_on:
            break
        held = next((each for each in editions if each.holds(day)), None)
        if held is not None and runs(held.weekdays, day):
            found[day] = held
    return found


def shapes_on(line: Line, on: date) -> dict[str, Any]:
    """Return the points of roads by "from to" that are known on a day; one query."""
    rows = WaysTable.objects.filter(holding(on), line=line)
    return rows.values_list("shapes", flat=True).first() or {}


@dataclass(slots=True)
class StopTimes:
    """A stop with the minutes people get on there, and get off there on the way home."""

    stop: Spot
    there: list[int] = field(default_factory=list)
    home: list[int] = field(default_factory=list)


def by_stop(trips: Sequence[Trip]) -> list[StopTimes]:
    """Return the stops in the order buses reach them on the way to a market."""
    found: dict[int, StopTimes] = {}
    for trip in sorted(trips, key=_there_first):
        for call in trip.calls.all():
            row = found.setdefault(call.stop_id, StopTimes(call.stop))
            if trip.home:
                row.home.append(call.arrive_minute)
            else:
                row.there.append(call.depart_minute)
    for row in found.values():
        row.there.sort()
        row.home.sort()
    return list(found.values())


def _there_first(trip: Trip) -> tuple[bool, int]:
    return trip.home, trip.number


def next_trip(
    trips: Sequence[Trip], minute: int
) -> tuple[Trip, int, Call | None] | None:
    """Return the next trip after a minute of the day, when and where it begins.

    The call is None on the way home: it begins at the market.
    """
    waiting = []
    for trip in trips:
        calls = list(trip.calls.all())
        if not calls:
            continue
        begins = trip.market_minute if trip.home else calls[0].depart_minute
        if begins > minute:
            waiting.append((begins, trip.number, trip, None if trip.home else calls[0]))
    if not waiting:
        return None
    begins, _number, trip, call = min(waiting, key=lambda each: each[:2])
    return trip, begins, call
