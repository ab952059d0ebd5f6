"""A trip is driven: it starts, people get on, it ends; or it does not run, and why."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.accounts.models import User
from wugeyi.buslines.actions.counting import count as count_in
from wugeyi.buslines.actions.writing import note, put
from wugeyi.buslines.adapter.tickets import for_boarding
from wugeyi.buslines.models import Boarding, Call, Driver, Run, Trip, holding
from wugeyi.buslines.queries.bookings import runs_on
from wugeyi.buslines.rules.boardings import Count
from wugeyi.buslines.rules.days import (
    BOOK_DAYS,
    LOOK_BACK_DAYS,
    local_day,
    minutes_since,
)
from wugeyi.buslines.rules.refusals import Refused, Why

# Later than this after its end a run was written down from a note: not the clock's word.
CLOCK_HOLDS_MINUTES = 180


def _hold(trip: Trip, on: date, at: datetime, *, days_ahead: int = 0) -> Trip:
    """Hold the trip; check that it may be written down for a day."""
    fresh = (
        Trip.objects.select_for_update(of=("self",))
        .select_related("edition__line__organisation", "edition__fares")
        .get(pk=trip.pk)
    )
    today = local_day(at)
    if not runs_on(fresh.edition, on):
        raise Refused(Why.NO_SUCH_DAY)
    if on > today + timedelta(days=days_ahead):
        raise Refused(Why.TOO_EARLY, field="run")
    if on < today - timedelta(days=LOOK_BACK_DAYS):
        raise Refused(Why.TOO_LATE, field="run", days=LOOK_BACK_DAYS)
    return fresh


def _driver(trip: Trip, by: User | None, on: date) -> Driver | None:
    if by is None:
        return None
    rows = Driver.objects.filter(holding(on), line=trip.edition.line_id, user=by)
    return rows.first()


@transaction.atomic
def start(*, trip: Trip, on: date, by: User | None, at: datetime) -> Run:
    """Begin a trip's run; it is begun once.

    Raises
    ------
    Refused
        NO_SUCH_DAY, TOO_EARLY for a day to come, TOO_LATE for one long past, CLOSED if it
        was said not to run.
    """
    trip = _hold(trip, on, at)
    run = Run.objects.filter(trip=trip, on=on).first()
    if run is not None:
        if run.cancelled:
            raise Refused(Why.CLOSED, field="run")
        return run
    run = Run.objects.create(
        trip=trip,
        on=on,
        driver=_driver(trip, by, on),
        started_at=at,
        recorded_by=by,
    )
    after = {"trip": trip.pk, "on": on, "started_at": at}
    note(run, line=trip.edition.line, action="start_run", by=by, at=at, after=after)
    count_in(run, at=at)
    return run


@transaction.atomic
def end(*, run: Run, remark: str = "", by: User | None, at: datetime) -> Run:
    """End a run; how late it was is the clock against the timetable, time and no mark.

    Raises
    ------
    Refused
        CLOSED if it did not run.
    """
    run = _take(run)
    if run.cancelled:
        raise Refused(Why.CLOSED, field="run")
    if run.ended_at is not None:
        return run
    trip = run.trip
    late = minutes_since(run.on, _last_minute(trip), at)
    values = {
        "ended_at": at,
        "late_minutes": late if abs(late) <= CLOCK_HOLDS_MINUTES else None,
        "note": remark.strip()[:200],
    }
    put(run, line=trip.edition.line, action="end_run", by=by, at=at, values=values)
    count_in(run, at=at)
    return run


def _take(run: Run) -> Run:
    return (
        Run.objects.select_for_update(of=("self",))
        .select_related("trip__edition__line__organisation", "trip__edition__fares")
        .get(pk=run.pk)
    )


def _last_minute(trip: Trip) -> int:
    if not trip.home:
        return trip.market_minute
    last = trip.calls.order_by("-position").first()
    return last.arrive_minute if last else trip.market_minute


@transaction.atomic
def cancel(*, trip: Trip, on: date, reason: str, by: User | None, at: datetime) -> Run:
    """Write down that a trip does not run, or not to its end, and why.

    A day ahead may be said too, so that whoever booked can see it.

    Raises
    ------
    Refused
        NEEDS_TEXT without a reason, NO_SUCH_DAY, TOO_EARLY, TOO_LATE, CLOSED once it has
        ended.
    """
    reason = reason.strip()[:200]
    if not reason:
        raise Refused(Why.NEEDS_TEXT, field="reason")
    trip = _hold(trip, on, at, days_ahead=BOOK_DAYS)
    run = Run.objects.filter(trip=trip, on=on).first()
    line = trip.edition.line
    if run is None:
        run = Run.objects.create(
            trip=trip,
            on=on,
            driver=_driver(trip, by, on),
            started_at=at,
            cancelled=True,
            note=reason,
            recorded_by=by,
        )
        after = {"trip": trip.pk, "on": on, "cancelled": True, "note": reason}
        note(run, line=line, action="cancel_run", by=by, at=at, after=after)
        count_in(run, at=at)
        return run
    if run.cancelled:
        return run
    if run.ended_at is not None:
        raise Refused(Why.CLOSED, field="run")
    values = {"cancelled": True, "note": reason, "ended_at": at}
    put(run, line=line, action="cancel_run", by=by, at=at, values=values)
    count_in(run, at=at)
    return run


def board(
    *,
    run: Run,
    call: Call,
    client_id: UUID,
    count: Count,
    by: User | None,
    at: datetime,
) -> Boarding:
    """Write down who got on at a call; counted again, the newer stands.

    Home, everybody gets on at the market: that is written at the first call.

    Raises
    ------
    Refused
        BAD_VALUE for numbers that cannot be, or a call of another trip; CLOSED if the
        bus did not run; TOO_LATE where the figures of that day are told already.
    """
    if not count.sound():
        raise Refused(Why.BAD_VALUE, field="baskets")
    known = Boarding.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _board(run, call, client_id, count, by, at)
    except IntegrityError:
        known = Boarding.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return known


def _board(
    run: Run, call: Call, client_id: UUID, count: Count, by: User | None, at: datetime
) -> Boarding:
    run = _take(run)
    if run.cancelled:
        raise Refused(Why.CLOSED, field="run")
    if call.trip_id != run.trip_id:
        raise Refused(Why.BAD_VALUE, field="call")
    if run.on < local_day(at) - timedelta(days=LOOK_BACK_DAYS):
        raise Refused(Why.TOO_LATE, field="run", days=LOOK_BACK_DAYS)
    table = run.trip.edition.fares
    numbers = {
        "without": count.without,
        "with_one": count.with_one,
        "with_more": count.with_more,
        "baskets": count.all_baskets,
    }
    counted = Boarding.objects.filter(run=run, call=call).order_by("pk")
    older = counted.filter(replaced_by=None).first()
    if older is not None:
        # It steps aside before the other can stand: in the first one's place, which
        # stands in nobody's. Then it says which one that is.
        Boarding.objects.filter(pk=older.pk).update(replaced_by=counted.first())
    made = Boarding.objects.create(
        client_id=client_id,
        run=run,
        call=call,
        **numbers,
        fare_fen=0 if table is None else for_boarding(table, **numbers),
        recorded_at=at,
    )
    if older is not None:
        Boarding.objects.filter(pk=older.pk).update(replaced_by=made.pk)
    note(
        made,
        line=run.trip.edition.line,
        action="board",
        by=by,
        at=at,
        before={name: getattr(older, name) for name in numbers} if older else None,
        after={"run": run.pk, "call": call.pk, **numbers, "fare_fen": made.fare_fen},
    )
    count_in(made, *([older] if older else []), at=at)
    return made
