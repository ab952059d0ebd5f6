"""What becomes of a booking: answered, used, given back, cancelled, missed, thanked."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from wugeyi.sharing.actions import telling
from wugeyi.sharing.actions.counting import booking_used
from wugeyi.sharing.actions.writing import RESIDENT, By, note, put, take
from wugeyi.sharing.models import Booking, Hold
from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.sharing.rules.states import HOLDS, State, follows
from wugeyi.sharing.rules.times import local_day, moment

BATCH = 500


def step(
    booking: Booking,
    then: State,
    *,
    action: str,
    by: By,
    at: datetime,
    version: int | None = None,
    values: Mapping[str, object] | None = None,
) -> Booking:
    """Let a booking go on to a state; what it held is free once nothing is held there.

    Raises
    ------
    Refused
        CHANGED; NOT_NOW where the state does not follow.
    """
    row = take(booking, version=version)
    if not follows(State(row.state), then):
        raise Refused(Why.NOT_NOW)
    put(
        row,
        organisation_id=row.thing.community_id,
        action=action,
        by=by,
        at=at,
        values={"state": then.value, **(values or {})},
    )
    telling.acted(row, action, by=by, at=at)
    if then not in HOLDS:
        Hold.objects.filter(booking=row).delete()
    return row


@transaction.atomic
def accept(
    *,
    booking: Booking,
    by: By,
    at: datetime,
    answer: str = "",
    version: int | None = None,
) -> Booking:
    """Promise the time that is held."""
    return step(
        booking,
        State.ACCEPTED,
        action="accept",
        by=by,
        at=at,
        version=version,
        values={"answered_at": at, "answer": answer.strip()},
    )


@transaction.atomic
def refuse(
    *, booking: Booking, answer: str, by: By, at: datetime, version: int | None = None
) -> Booking:
    """Say no, and why.

    Raises
    ------
    Refused
        BAD_VALUE without a reason; see :func:`step`.
    """
    if not answer.strip():
        raise Refused(Why.BAD_VALUE)
    return step(
        booking,
        State.REFUSED,
        action="refuse",
        by=by,
        at=at,
        version=version,
        values={"answered_at": at, "answer": answer.strip()},
    )


@transaction.atomic
def cancel(
    *,
    booking: Booking,
    at: datetime,
    by: By = RESIDENT,
    answer: str = "",
    version: int | None = None,
) -> Booking:
    """Give the time back, by who booked it or by who promised it; twice is once."""
    fresh = take(booking)
    if fresh.state == State.CANCELLED:
        return fresh
    values = {"answered_at": at, "answer": answer.strip()} if answer.strip() else None
    return step(
        booking,
        State.CANCELLED,
        action="cancel",
        by=by,
        at=at,
        version=version,
        values=values,
    )


@transaction.atomic
def use(
    *, booking: Booking, by: By, at: datetime, version: int | None = None
) -> Booking:
    """Write down that it was handed over, or begun; counted from now on.

    Raises
    ------
    Refused
        TOO_EARLY more than a day before its first day; see :func:`step`.
    """
    if booking.first_on > local_day(at) + timedelta(days=1):
        raise Refused(Why.TOO_EARLY)
    row = step(
        booking,
        State.USED,
        action="use",
        by=by,
        at=at,
        version=version,
        values={"used_at": at},
    )
    booking_used(row, at=at)
    return row


@transaction.atomic
def give_back(
    *,
    booking: Booking,
    by: By,
    at: datetime,
    note_: str = "",
    version: int | None = None,
) -> Booking:
    """Write down that it was given back, or is over; what is left of its time is free."""
    return step(
        booking,
        State.RETURNED,
        action="give_back",
        by=by,
        at=at,
        version=version,
        values={"returned_at": at, "return_note": note_.strip()},
    )


@transaction.atomic
def miss(
    *, booking: Booking, by: By, at: datetime, version: int | None = None
) -> Booking:
    """Note that nobody came. It stands on this booking only, and is counted nowhere.

    Raises
    ------
    Refused
        TOO_EARLY before its time began; see :func:`step`.
    """
    if moment(booking.first_on, booking.begin) > at:
        raise Refused(Why.TOO_EARLY)
    return step(booking, State.MISSED, action="miss", by=by, at=at, version=version)


def lapse(*, today: date, at: datetime) -> int:
    """End what nobody answered until its day was over; returns how many.

    Safe to repeat and to stop. What past days hold is let go as well.
    """
    asked = Booking.objects.filter(state=State.ASKED, first_on__lt=today)
    count = 0
    while keys := list(asked.order_by("first_on", "pk")[:BATCH]):
        for booking in keys:
            with transaction.atomic():
                step(booking, State.LAPSED, action="lapse", by=None, at=at)
        count += len(keys)
    with transaction.atomic():
        gone, _each = Hold.objects.filter(on__lt=today).delete()
        if gone:
            note(
                None,
                organisation_id=None,
                action="let_go",
                by=None,
                at=at,
                after={"holds": gone},
            )
    return count
