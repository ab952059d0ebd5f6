"""A time is promised once: by the action, and by the database where it is bypassed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.casework.world import NOW
from tests.sharing.corner import DAY, TOMORROW, WEEK, hours
from wugeyi.audit.models import AuditEvent
from wugeyi.sharing.actions import bookings, partners, things, using
from wugeyi.sharing.models import Booking, Hold, Piece, Thanks, Thing
from wugeyi.sharing.queries.calendar import days
from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.sharing.rules.states import State
from wugeyi.sharing.rules.times import When


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.why


def test_what_is_held_is_not_free_for_anybody_else(corner):
    first = corner.book()
    assert first.state == State.ASKED
    assert first.minutes == 120
    assert refused(lambda: corner.book(when=hours(TOMORROW, 20, 24))) is Why.FULL
    # What touches does not overlap.
    corner.book(when=hours(TOMORROW, 22, 24))
    free = days([corner.room], TOMORROW, 1, NOW)[corner.room.pk][0].free
    assert [(each.begin, each.end) for each in free] == [(28, 36)]


def test_sent_twice_is_one_booking(corner):
    wish = corner.wish()
    assert bookings.book(wish=wish, at=NOW).pk == bookings.book(wish=wish, at=NOW).pk
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("when", "why"),
    [
        (hours(TOMORROW, 22, 18), Why.BACKWARDS),
        (hours(TOMORROW, 18, 18), Why.BACKWARDS),
        (hours(TOMORROW, -2, 4), Why.BACKWARDS),
        (hours(TOMORROW, 40, 60), Why.BACKWARDS),
        (hours(DAY - timedelta(days=1), 18, 20), Why.PAST),
        (hours(DAY, 17, 18), Why.PAST),
        (hours(TOMORROW, 23, 26), Why.CLOSED),
        (hours(TOMORROW, 23, 29), Why.CLOSED),
        (hours(DAY + timedelta(days=3), 18, 20), Why.CLOSED),  # a Saturday
        (hours(DAY + timedelta(days=33), 18, 20), Why.TOO_FAR),
        (hours(TOMORROW, 28, 37), Why.TOO_LONG),
        (When(TOMORROW, TOMORROW + timedelta(days=1), 18, 20), Why.BAD_VALUE),
        (When(TOMORROW, DAY, 18, 20), Why.BACKWARDS),
    ],
)
def test_times_nobody_can_have(corner, when, why):
    assert refused(lambda: corner.book(when=when)) is why
    assert not Booking.objects.exists()
    assert not Hold.objects.exists()


def test_days_nobody_can_have(corner):
    ladders = corner.ladders
    long = When(TOMORROW, TOMORROW + timedelta(days=3))
    assert refused(lambda: corner.book(ladders, when=long)) is Why.TOO_LONG
    saturday = DAY + timedelta(days=3)
    assert refused(lambda: corner.book(ladders, when=When(saturday, saturday))) is (
        Why.CLOSED
    )
    # Over the weekend is well, fetched on Friday and brought back on Monday... if short.
    friday = DAY + timedelta(days=2)
    assert refused(
        lambda: corner.book(ladders, when=When(friday, friday + timedelta(days=1)))
    ) is (Why.CLOSED)
    backwards = When(TOMORROW, DAY)
    assert refused(lambda: corner.book(ladders, when=backwards)) is Why.BACKWARDS
    # Today while it is still open, not after.
    evening = NOW + timedelta(hours=10)
    today = When(DAY, DAY)
    assert refused(lambda: corner.book(ladders, at=evening, when=today)) is Why.PAST
    assert corner.book(ladders, when=today).days == 1


@pytest.mark.parametrize(
    "values",
    [
        {"name": " "},
        {"phone": ""},
        {"asker": "robot"},
        {"asker": "group"},
        {"pieces": 0},
        {"purpose": "长" * 200},
    ],
)
def test_rubbish_is_refused(corner, values):
    assert refused(lambda: corner.book(**values)) is Why.BAD_VALUE


def test_a_special_day_counts_before_the_week(corner):
    usual = corner.usual()
    things.set_other_day(thing=corner.room, on=TOMORROW, span=None, why="放假", **usual)
    assert refused(corner.book) is Why.CLOSED
    things.set_other_day(thing=corner.room, on=TOMORROW, span=(38, 42), why="", **usual)
    assert corner.book(when=hours(TOMORROW, 38, 42))
    assert refused(corner.book) is Why.CLOSED


def test_only_for_residents_or_groups(corner):
    usual = corner.usual()
    for who, asker, group in (
        ("residents", "resident", ""),
        ("groups", "group", "合唱团"),
    ):
        things.edit_thing(
            thing=corner.room, offer=corner.offer(who=who), pieces=1, **usual
        )
        others = {"resident", "group", "other"} - {asker}
        for other in others:
            call = lambda other=other: corner.book(asker=other, group_name="别的")  # noqa: E731
            assert refused(call) is Why.NOT_FOR
        on = TOMORROW if who == "residents" else TOMORROW + timedelta(days=1)
        made = corner.book(asker=asker, group_name=group, when=hours(on, 18, 20))
        assert made.group_name == group


def test_six_ladders_are_six_and_no_more(corner):
    ladders = corner.ladders
    two = When(TOMORROW, TOMORROW + timedelta(days=1))
    for many in (3, 2):
        assert corner.book(ladders, when=two, pieces=many).state == State.ACCEPTED
    with pytest.raises(Refused) as caught:
        corner.book(ladders, when=two, pieces=2)
    assert caught.value.values == {"pieces": 1}
    corner.book(ladders, when=two, pieces=1)
    assert refused(lambda: corner.book(ladders, when=two)) is Why.FULL
    assert refused(lambda: corner.book(ladders, when=two, pieces=7)) is Why.FULL
    assert Hold.objects.filter(piece__thing=ladders).count() == 12


def test_pieces_are_promised_as_long_as_no_half_hour_is_full(corner):
    """One piece is free before noon, the other after: both together serve a day."""
    things.edit_thing(
        thing=corner.room, offer=corner.offer(most=18), pieces=2, **corner.usual()
    )
    things.set_hours(
        thing=corner.room,
        week=dict.fromkeys(range(7), ((18, 36),)),
        **corner.usual(),
    )
    corner.book(when=hours(TOMORROW, 18, 26))
    corner.book(when=hours(TOMORROW, 26, 36))
    assert corner.book(when=hours(TOMORROW, 18, 36))
    assert refused(lambda: corner.book(when=hours(TOMORROW, 25, 27))) is Why.FULL


def test_the_database_refuses_what_the_action_never_asks(corner):
    booking = corner.book()
    other = corner.book(when=hours(TOMORROW, 28, 30))
    piece = Piece.objects.get(thing=corner.room)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(piece=piece, on=TOMORROW, part=19, booking=other)
    # A second piece of a thing there is one of does not exist, and cannot twice.
    with pytest.raises(IntegrityError), transaction.atomic():
        Piece.objects.create(thing=corner.room, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(end=2)


@pytest.mark.parametrize("end", ["cancel", "refuse", "give_back", "miss"])
def test_a_time_that_is_given_back_is_free_again(corner, end):
    booking = corner.book()
    usual = corner.usual()
    if end == "refuse":
        using.refuse(booking=booking, answer="要开会", **usual)
    elif end == "cancel":
        using.cancel(booking=booking, at=NOW)
    else:
        later = {"by": corner.by, "at": NOW + timedelta(days=1, hours=1)}
        using.accept(booking=booking, **usual)
        if end == "give_back":
            using.use(booking=booking, **usual)
            using.give_back(booking=booking, **later)
        else:
            using.miss(booking=booking, **later)
    assert not Hold.objects.exists()
    assert corner.book()


def test_pieces_that_are_promised_cannot_be_taken_away(corner):
    corner.book(corner.ladders, when=When(TOMORROW, TOMORROW), pieces=4)
    offer = corner.offer(title="折叠梯", by="day", most=3)
    with pytest.raises(Refused) as caught:
        things.edit_thing(thing=corner.ladders, offer=offer, pieces=3, **corner.usual())
    assert caught.value.why is Why.HELD
    things.edit_thing(thing=corner.ladders, offer=offer, pieces=4, **corner.usual())
    assert Piece.objects.filter(thing=corner.ladders).count() == 4
    # By the day stays by the day.
    assert (
        refused(
            lambda: things.edit_thing(
                thing=corner.ladders, offer=corner.offer(), pieces=4, **corner.usual()
            )
        )
        is Why.BAD_VALUE
    )


def test_an_ended_partner_shares_nothing_and_what_was_promised_stands(corner):
    booking = corner.book()
    partners.end_partner(partner=corner.partner, on=DAY, **corner.usual())
    assert set(Thing.objects.values_list("until_on", flat=True)) == {DAY}
    corner.partner.refresh_from_db()
    assert corner.partner.contact_phone == ""
    assert refused(lambda: corner.book(when=hours(TOMORROW, 28, 30))) is Why.ENDED
    using.accept(booking=booking, **corner.usual())
    assert Hold.objects.count() == 4


def test_every_act_leaves_one_event_and_no_personal_value(corner):
    before = AuditEvent.objects.count()
    booking = corner.book(name="孙悟空", phone="13712345678", purpose="搬家")
    using.accept(booking=booking, answer="到门卫拿钥匙", **corner.usual())
    using.use(booking=booking, **corner.usual())
    assert AuditEvent.objects.count() - before == 3
    told = " ".join(
        f"{event.before} {event.after}" for event in AuditEvent.objects.all()
    )
    assert "sharing.book" in set(AuditEvent.objects.values_list("action", flat=True))
    for secret in (
        "孙悟空",
        "13712345678",
        "搬家",
        "李老师",
        "13900139000",
        booking.code,
    ):
        assert secret not in told


def test_words_that_name_no_list_are_refused(corner):
    for offer in (
        corner.offer(kind_id=corner.room.pk + 10**6),
        corner.offer(kind_id=corner.partner.building_id),
        corner.offer(most=0),
        corner.offer(most=99),
        corner.offer(ahead_days=0),
        corner.offer(title=" "),
    ):
        call = lambda offer=offer: things.offer_thing(  # noqa: E731
            partner=corner.partner,
            offer=offer,
            pieces=1,
            week=WEEK,
            since_on=DAY,
            client_id=uuid4(),
            **corner.usual(),
        )
        assert refused(call) is Why.BAD_VALUE
    assert not Thanks.objects.exists()
