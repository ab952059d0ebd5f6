"""What a driver needs on a day: the trips, who is expected, who got on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from wugeyi.accounts.models import User
from wugeyi.buslines.models import (
    Boarding,
    Booking,
    Call,
    Driver,
    Edition,
    Line,
    Run,
    Trip,
    holding,
)
from wugeyi.buslines.queries.bookings import Booked, booked, runs_on
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.places_left import NOBODY, Group
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach

MOST_LINES = 40


def may_drive(user: User, reach: Reach, line: Line, on: date) -> bool:
    """Tell whether somebody may write down a line's runs: who drives it, who runs it."""
    if access.writes(reach, line.organisation.path):
        return True
    return Driver.objects.filter(holding(on), line=line, user=user).exists()


def lines_of(user: User, reach: Reach, on: date) -> list[Line]:
    """Return the lines somebody drives, or runs; one query.

    Whoever drives any line sees those only.
    """
    driven = Driver.objects.filter(holding(on), user=user).values("line")
    roots = reach.roots(access.WRITES)
    wanted = Q(pk__in=driven)
    if roots:
        wanted |= within("organisation__path", roots)
    rows = Line.objects.filter(
        wanted, Q(closed_on=None) | Q(closed_on__gt=on), opened_on__isnull=False
    )
    return list(rows.select_related("organisation").order_by("-pk")[:MOST_LINES])


@dataclass(slots=True)
class Today:
    """A trip on a day, with its run if it was written down, and who booked."""

    trip: Trip
    run: Run | None
    booked: Group
    begins: int
    ends: int

    @property
    def expected(self) -> int:
        """People the plan expects on it."""
        return sum(call.persons for call in self.trip.calls.all())


def trips_on(lines: Sequence[Line], on: date) -> list[tuple[Line, list[Today]]]:
    """Return the trips of lines on a day, by line and time; six queries for all."""
    by_key = {line.pk: line for line in lines}
    held = [
        edition
        for edition in Edition.objects.filter(
            holding(on),
            line__in=by_key,
            published_at__isnull=False,
            withdrawn_at=None,
        )
        if runs_on(_with(edition, by_key[edition.line_id]), on)
    ]
    trips = list(_whole(Trip.objects.filter(edition__in=held)))
    runs = {run.trip_id: run for run in Run.objects.filter(trip__in=trips, on=on)}
    taken = booked(trips, on)
    rows: dict[int, list[Today]] = defaultdict(list)
    of_edition = {edition.pk: edition.line_id for edition in held}
    for trip in trips:
        found = _today(trip, runs.get(trip.pk), taken)
        rows[of_edition[trip.edition_id]].append(found)
    return [(by_key[key], rows[key]) for key in by_key if rows[key]]


def _with(edition: Edition, line: Line) -> Edition:
    edition.line = line
    return edition


def _whole(rows: QuerySet[Trip]) -> QuerySet[Trip]:
    calls = Call.objects.select_related("stop").order_by("position")
    return (
        rows.select_related("market")
        .order_by("number")
        .prefetch_related(Prefetch("calls", calls))
    )


def _today(trip: Trip, run: Run | None, taken: Booked) -> Today:
    calls = list(trip.calls.all())
    group = NOBODY
    for each in taken.get(trip.pk, {}).values():
        group = group + each
    if trip.home:
        begins, ends = trip.market_minute, calls[-1].arrive_minute
    else:
        begins, ends = calls[0].depart_minute, trip.market_minute
    return Today(trip, run, group, begins, ends)


def load_trip(pk: int) -> Trip | None:
    """Return a trip of a published edition with its line and calls."""
    rows = _whole(Trip.objects.all()).select_related(
        "market", "edition__line__organisation", "edition__fares"
    )
    return rows.filter(
        pk=pk, edition__published_at__isnull=False, edition__withdrawn_at=None
    ).first()


@dataclass(slots=True)
class Stop:
    """A call as the driver sees it: who is expected, who booked, who got on.

    On the way home the first one is the market, where everybody gets on; the others
    tell how many get off.
    """

    call: Call
    minute: int
    name: str
    name_en: str
    boards: bool
    expected: Group
    booked: Group
    bookings: list[Booking] = field(default_factory=list)
    boarding: Boarding | None = None


def stops(trip: Trip, on: date, run: Run | None) -> list[Stop]:
    """Return the stops of a trip on a day; two queries."""
    counted: dict[int, Boarding] = {}
    if run is not None:
        standing = Boarding.objects.filter(run=run, replaced_by=None)
        counted = {row.call_id: row for row in standing}
    return _stops(trip, _waiting([trip], on), counted)


def stops_on(trips: Sequence[Trip], on: date) -> dict[int, list[Stop]]:
    """Return the stops of trips on a day, nobody counted yet; one query."""
    waiting = _waiting(trips, on)
    return {trip.pk: _stops(trip, waiting, {}) for trip in trips}


def _waiting(trips: Sequence[Trip], on: date) -> dict[int, list[Booking]]:
    """Return what stands booked, by call."""
    rows = Booking.objects.filter(call__trip__in=trips, on=on, cancelled_at=None)
    waiting: dict[int, list[Booking]] = defaultdict(list)
    for booking in rows.order_by("pk"):
        waiting[booking.call_id].append(booking)
    return waiting


def _stops(
    trip: Trip, waiting: dict[int, list[Booking]], counted: dict[int, Boarding]
) -> list[Stop]:
    calls = list(trip.calls.all())
    found = [_stop(trip, call, waiting.get(call.pk, []), counted) for call in calls]
    if trip.home and calls:
        everybody = [each for call in calls for each in waiting.get(call.pk, [])]
        expected = NOBODY
        for call in calls:
            expected = expected + Group(call.persons, call.baskets)
        market = Stop(
            call=calls[0],
            minute=trip.market_minute,
            name=trip.market.name,
            name_en=trip.market.name_en,
            boards=True,
            expected=expected,
            booked=_sum(everybody),
            bookings=everybody,
            boarding=counted.get(calls[0].pk),
        )
        found.insert(0, market)
    return found


def _stop(
    trip: Trip, call: Call, waiting: list[Booking], counted: dict[int, Boarding]
) -> Stop:
    return Stop(
        call=call,
        minute=call.arrive_minute if trip.home else call.depart_minute,
        name=call.stop.name,
        name_en=call.stop.name_en,
        boards=not trip.home,
        expected=Group(call.persons, call.baskets),
        booked=_sum(waiting),
        bookings=waiting,
        boarding=None if trip.home else counted.get(call.pk),
    )


def _sum(rows: Sequence[Booking]) -> Group:
    return Group(sum(row.persons for row in rows), sum(row.baskets for row in rows))


def run_of(trip: Trip, on: date) -> Run | None:
    """Return what was written down of a trip on a day."""
    rows = Run.objects.select_related("driver", "recorded_by")
    return rows.filter(trip=trip, on=on).first()
