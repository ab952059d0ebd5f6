"""Things that are shared: entered, put right, opened and closed, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wugeyi.audit.rows import known
from wugeyi.sharing.actions.counting import thing_changed
from wugeyi.sharing.actions.writing import By, note, person, put, take
from wugeyi.sharing.models import Hold, Opening, OtherDay, Partner, Piece, Thing, Word
from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.sharing.rules.times import (
    AHEAD_DAYS,
    MOST_DAYS,
    MOST_PIECES,
    PARTS,
    Span,
    local_day,
    merged,
    write_spans,
)
from wugeyi.sharing.rules.times import (
    By as Way,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is said of a thing."""

    title: str
    kind_id: int
    by: str
    who: str
    most: int
    sharing_id: int | None = None
    about: str = ""
    place: str = ""
    conditions: str = ""
    accepts_itself: bool = False
    ahead_days: int = 30


Week = Mapping[int, Sequence[Span]]


def _check(offer: Offer, pieces: int) -> None:
    longest = PARTS if offer.by == Way.HOUR else MOST_DAYS
    sound = (
        offer.title.strip()
        and offer.by in Thing.Taken.values
        and offer.who in Thing.Who.values
        and 1 <= offer.most <= longest
        and 1 <= offer.ahead_days <= AHEAD_DAYS
        and 1 <= pieces <= MOST_PIECES
    )
    words = {offer.kind_id: Word.List.KIND}
    if offer.sharing_id is not None:
        words[offer.sharing_id] = Word.List.SHARE
    found = dict(Word.objects.filter(pk__in=words).values_list("pk", "list"))
    if not sound or found != words:
        raise Refused(Why.BAD_VALUE)


@transaction.atomic
def offer_thing(
    *,
    partner: Partner,
    offer: Offer,
    pieces: int,
    week: Week,
    since_on: date,
    by: By,
    at: datetime,
    client_id: UUID | None = None,
) -> Thing:
    """Put a thing into the catalogue with its hours.

    Raises
    ------
    Refused
        ENDED: the partner left; BACKWARDS: from before the partner came; BAD_VALUE.
    """
    if (found := known(Thing, client_id)) is not None:
        return found
    holder = take(partner)
    if holder.until_on is not None:
        raise Refused(Why.ENDED)
    if since_on < holder.since_on:
        raise Refused(Why.BACKWARDS)
    _check(offer, pieces)
    values = asdict(offer)
    row = Thing.objects.create(
        partner=holder,
        community_id=holder.community_id,
        client_id=client_id,
        since_on=since_on,
        recorded_by=person(by),
        recorded_at=at,
        **values,
    )
    Piece.objects.bulk_create(
        Piece(thing=row, number=number) for number in range(1, pieces + 1)
    )
    _open(row, week)
    note(
        row,
        organisation_id=row.community_id,
        action="offer_thing",
        by=by,
        at=at,
        after={**values, "pieces": pieces, **_told(week)},
    )
    thing_changed(row, at=at, new=True)
    return row


def _open(row: Thing, week: Week) -> None:
    spans = {day: merged(each) for day, each in week.items()}
    sound = all(
        0 <= day <= 6 and 0 <= begin < end <= PARTS
        for day, each in spans.items()
        for begin, end in each
    )
    if not sound or not any(spans.values()):
        raise Refused(Why.BAD_VALUE)
    Opening.objects.filter(thing=row).delete()
    Opening.objects.bulk_create(
        Opening(thing=row, weekday=day, begin=begin, end=end)
        for day, each in sorted(spans.items())
        for begin, end in each
    )


def _told(week: Week) -> dict[str, object]:
    return {
        "hours": " ".join(
            f"{day + 1}:{write_spans(merged(spans))}"
            for day, spans in sorted(week.items())
            if spans
        )
    }


@transaction.atomic
def edit_thing(
    *,
    thing: Thing,
    offer: Offer,
    pieces: int,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Thing:
    """Put right what is said of a thing, and how many pieces there are.

    Whether it goes by the hour or by the day stays: what was promised is counted so.

    Raises
    ------
    Refused
        CHANGED, ENDED, BAD_VALUE; HELD where pieces to be taken away are promised.
    """
    row = take(thing, version=version)
    if row.until_on is not None:
        raise Refused(Why.ENDED)
    if offer.by != row.by:
        raise Refused(Why.BAD_VALUE)
    _check(offer, pieces)
    before = Piece.objects.filter(thing=row).count()
    _resize(row, before, pieces, local_day(at))
    put(
        row,
        organisation_id=row.community_id,
        action="edit_thing",
        by=by,
        at=at,
        values=asdict(offer),
        told={"pieces": pieces} if pieces != before else None,
    )
    thing_changed(row, at=at)
    return row


def _resize(row: Thing, before: int, pieces: int, today: date) -> None:
    if pieces < before:
        gone = Piece.objects.filter(thing=row, number__gt=pieces)
        Hold.objects.filter(piece__in=gone, on__lt=today).delete()
        held = Hold.objects.filter(piece__in=gone)
        if last := held.order_by("-on").values_list("on", flat=True).first():
            raise Refused(Why.HELD, day=last)
        gone.delete()
    Piece.objects.bulk_create(
        Piece(thing=row, number=number) for number in range(before + 1, pieces + 1)
    )


@transaction.atomic
def set_hours(
    *, thing: Thing, week: Week, by: By, at: datetime, version: int | None = None
) -> Thing:
    """Say on which weekdays and hours it is open; what was promised before stands.

    Raises
    ------
    Refused
        CHANGED, ENDED; BAD_VALUE for no hours at all.
    """
    row = take(thing, version=version)
    if row.until_on is not None:
        raise Refused(Why.ENDED)
    _open(row, week)
    put(
        row,
        organisation_id=row.community_id,
        action="set_hours",
        by=by,
        at=at,
        values={},
        told=_told(week),
    )
    return row


@transaction.atomic
def set_other_day(
    *, thing: Thing, on: date, span: Span | None, why: str, by: By, at: datetime
) -> OtherDay:
    """Say that a day is otherwise: closed (None), or open for one span.

    Said twice for a day, the last holds.

    Raises
    ------
    Refused
        ENDED; PAST for a day that is over; BAD_VALUE.
    """
    row = take(thing)
    if row.until_on is not None:
        raise Refused(Why.ENDED)
    if on < local_day(at):
        raise Refused(Why.PAST)
    if span is not None and not 0 <= span[0] < span[1] <= PARTS:
        raise Refused(Why.BAD_VALUE)
    begin, end = span or (None, None)
    other, _made = OtherDay.objects.update_or_create(
        thing=row, on=on, defaults={"begin": begin, "end": end, "why": why.strip()}
    )
    note(
        row,
        organisation_id=row.community_id,
        action="set_other_day",
        by=by,
        at=at,
        after={
            "on": on,
            "hours": write_spans([span]) if span else None,
            "closed": span is None,
            "why": other.why,
        },
    )
    return other


@transaction.atomic
def drop_other_day(*, other: OtherDay, by: By, at: datetime) -> None:
    """Let a day be like its weekday again."""
    row = take(other.thing)
    gone, _each = OtherDay.objects.filter(pk=other.pk).delete()
    if gone:
        note(
            row,
            organisation_id=row.community_id,
            action="drop_other_day",
            by=by,
            at=at,
            after={"on": other.on},
        )


@transaction.atomic
def withdraw_thing(
    *, thing: Thing, on: date, by: By, at: datetime, version: int | None = None
) -> Thing:
    """Take a thing out of the catalogue; what was promised stays promised.

    Raises
    ------
    Refused
        CHANGED, ENDED, BACKWARDS.
    """
    row = take(thing, version=version)
    if row.until_on is not None:
        raise Refused(Why.ENDED)
    if on < row.since_on:
        raise Refused(Why.BACKWARDS)
    put(
        row,
        organisation_id=row.community_id,
        action="withdraw_thing",
        by=by,
        at=at,
        values={"until_on": on},
    )
    thing_changed(row, at=at)
    return row
