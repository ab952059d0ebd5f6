"""A time is asked for and held; nobody else can have it from then on.

Every half hour (or day) of every piece is a row that the database lets in once. Whoever
books takes turns at the row of the thing, so the constraint is the last word and not
the usual way of saying no.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.audit.rows import known
from wugeyi.audit.rules import Private, new_salt
from wugeyi.casework.rules.receipts import issue
from wugeyi.sharing.actions import telling
from wugeyi.sharing.actions.writing import RESIDENT, By, note, take
from wugeyi.sharing.models import Booker, Booking, Hold, Piece, Thing
from wugeyi.sharing.queries.calendar import hours_of
from wugeyi.sharing.rules.names import PURPOSE_LENGTH
from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.sharing.rules.states import State
from wugeyi.sharing.rules.times import (
    KEEP_DAYS,
    PARTS,
    Hours,
    When,
    keys,
    local_day,
    moment,
)
from wugeyi.sharing.rules.times import (
    By as Way,
)

MOST_HOLDS = 1500


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks for."""

    client_id: UUID
    thing: Thing
    when: When
    asker: str
    name: str
    phone: str
    group_name: str = ""
    pieces: int = 1
    purpose: str = ""


def book(*, wish: Wish, at: datetime, by: By = RESIDENT) -> Booking:
    """Hold a time; the same ``client_id`` again gives what is there.

    Raises
    ------
    Refused
        BAD_VALUE, BACKWARDS, PAST, TOO_FAR, TOO_LONG, CLOSED, NOT_FOR, ENDED; FULL
        where there are not so many pieces free all the time.
    """
    _check(wish)
    if (found := known(Booking, wish.client_id)) is not None:
        return found
    try:
        with transaction.atomic():
            return _book(wish, at, by)
    except IntegrityError:
        if (found := known(Booking, wish.client_id)) is not None:
            return found
        # Somebody held the same half hour past the row of the thing.
        raise Refused(Why.FULL) from None


def _check(wish: Wish) -> None:
    sound = (
        wish.name.strip()
        and wish.phone.strip()
        and len(wish.purpose) <= PURPOSE_LENGTH
        and wish.asker in Booking.Asker.values
        and (wish.asker != Booking.Asker.GROUP or wish.group_name.strip())
        and wish.pieces >= 1
    )
    if not sound:
        raise Refused(Why.BAD_VALUE)
    when = wish.when
    if when.last_on < when.first_on:
        raise Refused(Why.BACKWARDS)
    if wish.thing.way is Way.HOUR:
        if not 0 <= when.begin < when.end <= PARTS:
            raise Refused(Why.BACKWARDS)
        if when.last_on != when.first_on:
            raise Refused(Why.BAD_VALUE)


def _book(wish: Wish, at: datetime, by: By) -> Booking:
    # Whoever books this thing as well waits here.
    thing = take(wish.thing)
    if (found := known(Booking, wish.client_id)) is not None:
        # The same form, sent at once: it was written while this one waited.
        return found
    _check_who(thing, wish.asker)
    _check_when(thing, wish.when, at)
    pieces = list(Piece.objects.filter(thing=thing).order_by("number"))
    if wish.pieces > len(pieces):
        raise Refused(Why.FULL, pieces=len(pieces))
    wanted = keys(thing.way, wish.when)
    if len(wanted) * wish.pieces > MOST_HOLDS:
        raise Refused(Why.TOO_LONG)
    free = _free(pieces, wanted, wish.pieces)
    itself = thing.accepts_itself
    booking = Booking.objects.create(
        thing=thing,
        client_id=wish.client_id,
        code=issue(secrets.randbits(64)),
        asker=wish.asker,
        group_name=wish.group_name.strip() if wish.asker == "group" else "",
        first_on=wish.when.first_on,
        last_on=wish.when.last_on,
        begin=wish.when.begin,
        end=wish.when.end,
        pieces=wish.pieces,
        purpose=wish.purpose.strip(),
        minutes=30 * len(wanted) if thing.way is Way.HOUR else 0,
        days=len(wanted) if thing.way is Way.DAY else 0,
        state=State.ACCEPTED if itself else State.ASKED,
        asked_at=at,
        answered_at=at if itself else None,
    )
    Hold.objects.bulk_create(
        Hold(piece=piece, on=on, part=part, booking=booking) for piece, on, part in free
    )
    booker = Booker.objects.create(
        booking=booking,
        name=wish.name.strip(),
        phone=wish.phone.strip(),
        salt=new_salt(),
        keep_until=wish.when.last_on + timedelta(days=KEEP_DAYS),
    )
    note(
        booking,
        organisation_id=thing.community_id,
        action="book",
        by=by,
        at=at,
        after={
            "thing": thing.pk,
            "asker": booking.asker,
            "first_on": booking.first_on,
            "last_on": booking.last_on,
            "begin": booking.begin,
            "end": booking.end,
            "pieces": booking.pieces,
            "state": booking.state,
            "name": Private(booker.name, booker.salt),
            "phone": Private(booker.phone, booker.salt),
        },
    )
    if not itself:
        telling.asked(booking, at=at)
    return booking


def _check_who(thing: Thing, asker: str) -> None:
    if thing.until_on is not None:
        raise Refused(Why.ENDED)
    wanted = {
        Thing.Who.RESIDENTS: {Booking.Asker.RESIDENT},
        Thing.Who.GROUPS: {Booking.Asker.GROUP},
    }.get(Thing.Who(thing.who))
    if wanted is not None and Booking.Asker(asker) not in wanted:
        raise Refused(Why.NOT_FOR, who=thing.get_who_display())


def _check_when(thing: Thing, when: When, at: datetime) -> None:
    today = local_day(at)
    if when.first_on < today:
        raise Refused(Why.PAST)
    if when.last_on > today + timedelta(days=thing.ahead_days):
        raise Refused(Why.TOO_FAR, days=thing.ahead_days)
    if len(keys(thing.way, when)) > thing.most:
        raise Refused(Why.TOO_LONG)
    hours = hours_of(thing, when.first_on, when.last_on)
    if thing.way is Way.HOUR:
        if moment(when.first_on, when.begin) < at:
            raise Refused(Why.PAST)
        if not hours.covers(when.first_on, when.begin, when.end):
            raise Refused(Why.CLOSED)
        return
    _check_ends(hours, when, at)


def _check_ends(hours: Hours, when: When, at: datetime) -> None:
    """Things lent by the day are fetched and brought back while somebody is there."""
    for on in (when.first_on, when.last_on):
        if not hours.on(on):
            raise Refused(Why.CLOSED, day=on)
    if moment(when.first_on, hours.on(when.first_on)[-1][1]) <= at:
        raise Refused(Why.PAST)


def _free(
    pieces: list[Piece], wanted: list[tuple[date, int]], many: int
) -> list[tuple[Piece, date, int]]:
    """Return rows to hold: in each half hour the first free pieces.

    They need not be the same ones all the time. Pieces are alike, and as long as no
    half hour is promised more often than there are pieces, they can always be handed
    out so that nobody changes theirs (an interval graph needs as many colours as its
    largest clique).
    """
    days = {on for on, _part in wanted}
    rows = Hold.objects.filter(piece__in=pieces, on__in=days)
    held = set(rows.values_list("piece", "on", "part"))
    found: list[tuple[Piece, date, int]] = []
    least = len(pieces)
    for on, part in wanted:
        left = [each for each in pieces if (each.pk, on, part) not in held]
        least = min(least, len(left))
        found += [(each, on, part) for each in left[:many]]
    if least < many:
        raise Refused(Why.FULL, pieces=least)
    return found
