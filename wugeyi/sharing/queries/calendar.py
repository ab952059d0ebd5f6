"""When things are free: a fixed number of queries for any number of things and days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from wugeyi.sharing.models import Booking, Hold, Opening, OtherDay, Piece, Thing
from wugeyi.sharing.rules.states import HOLDS
from wugeyi.sharing.rules.times import (
    By,
    Free,
    Hours,
    Span,
    free,
    local_day,
    merged,
    part_of,
)

WEEK = 7


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a thing: when it is open, what of it is free."""

    on: date
    open: tuple[Span, ...]
    free: tuple[Free, ...]
    past: bool
    why: str = ""


def hours_by(things: Iterable[int], first: date, last: date) -> dict[int, Hours]:
    """Return when things are open between two days; two queries."""
    wanted = list(things)
    weeks: dict[int, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for row in Opening.objects.filter(thing__in=wanted):
        weeks[row.thing_id][row.weekday].append((row.begin, row.end))
    others: dict[int, dict[date, tuple[Span, ...]]] = defaultdict(dict)
    for other in OtherDay.objects.filter(thing__in=wanted, on__range=(first, last)):
        spans: tuple[Span, ...] = ()
        if other.begin is not None and other.end is not None:
            spans = ((other.begin, other.end),)
        others[other.thing_id][other.on] = spans
    return {
        key: Hours(
            {day: merged(spans) for day, spans in weeks[key].items()}, others[key]
        )
        for key in wanted
    }


def hours_of(thing: Thing, first: date, last: date) -> Hours:
    """Return when one thing is open between two days; two queries."""
    return hours_by([thing.pk], first, last)[thing.pk]


def _taken(
    things: Sequence[int], first: date, last: date
) -> dict[int, dict[date, Counter[int]]]:
    """Return how many pieces are held of every half hour; one query."""
    rows = (
        Hold.objects.filter(piece__thing__in=things, on__range=(first, last))
        .values_list("piece__thing", "on", "part")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found: dict[int, dict[date, Counter[int]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for thing, on, part, count in rows:
        found[thing][on][part] = count
    return found


def pieces_of(things: Iterable[int]) -> dict[int, int]:
    """Return how many pieces there are of things; one query."""
    rows = Piece.objects.filter(thing__in=list(things)).values_list("thing")
    return dict(rows.annotate(n=Count("pk")).order_by())


def days(
    things: Sequence[Thing], first: date, count: int, now: datetime
) -> dict[int, list[Day]]:
    """Return so many days of things, from one on; four queries."""
    wanted = [thing.pk for thing in things]
    last = first + timedelta(days=count - 1)
    hours, taken = hours_by(wanted, first, last), _taken(wanted, first, last)
    pieces = pieces_of(wanted)
    found: dict[int, list[Day]] = {}
    for thing in things:
        found[thing.pk] = [
            _day(
                thing,
                first + timedelta(days=step),
                hours[thing.pk],
                taken[thing.pk][first + timedelta(days=step)],
                pieces.get(thing.pk, 0),
                now,
            )
            for step in range(count)
        ]
    return found


def _day(
    thing: Thing,
    on: date,
    hours: Hours,
    taken: Counter[int],
    pieces: int,
    now: datetime,
) -> Day:
    today = local_day(now)
    spans = hours.on(on)
    bookable = today <= on <= today + timedelta(days=thing.ahead_days)
    if thing.until_on is not None or not bookable:
        return Day(on, spans, (), on < today)
    since = part_of(now) if on == today else 0
    if spans and spans[-1][1] <= since:
        return Day(on, spans, (), past=True)
    if thing.way is By.HOUR:
        return Day(on, spans, tuple(free(spans, taken, pieces, since)), past=False)
    left = pieces - taken.get(0, 0)
    goes = bool(spans) and left > 0
    stretch = (Free(spans[0][0], spans[-1][1], left),) if goes else ()
    return Day(on, spans, stretch, past=False)


def next_free(
    things: Sequence[Thing], now: datetime, count: int = WEEK
) -> dict[int, Day]:
    """Return the first of the next days on which a thing is free; four queries."""
    found = days(things, local_day(now), count, now)
    return {
        key: free_days[0]
        for key, each in found.items()
        if (free_days := [day for day in each if day.free])
    }


def booked(thing: Thing, since: date) -> list[Booking]:
    """Return what is held of a thing from a day on, nobody named; one query."""
    rows = Booking.objects.filter(
        thing=thing, last_on__gte=since, state__in=[state.value for state in HOLDS]
    )
    return list(rows.order_by("first_on", "begin", "pk")[:500])
