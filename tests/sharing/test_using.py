"""From asked to thanked, figures on the way, and forgetting who it was."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from tests.casework.world import NOW
from tests.sharing.corner import DAY, TOMORROW, WEEK, hours
from wugeyi.audit.models import AuditEvent
from wugeyi.figures.actions import recount
from wugeyi.figures.queries import Period, figures, parts, records
from wugeyi.notices.models import Address, Notice
from wugeyi.organisations.queries import reach_of
from wugeyi.sharing.actions import erasing, partners, telling, thanks, things, using
from wugeyi.sharing.models import Booker, Booking, Hold, Thanks
from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.sharing.rules.states import State
from wugeyi.sharing.rules.times import KEEP_DAYS, When
from wugeyi.sharing.tasks import end_unanswered, erase_bookers
from wugeyi.sharing.templatetags.sharing import booked_for

LATER = NOW + timedelta(days=1, hours=2)


def used(corner, **values):
    booking = corner.book(**values)
    if booking.state == State.ASKED:
        using.accept(booking=booking, **corner.usual())
    return using.use(booking=booking, by=corner.by, at=LATER)


def returned(corner, **values):
    return using.give_back(
        booking=used(corner, **values), note_="好的", by=corner.by, at=LATER
    )


def test_the_whole_way(corner):
    booking = returned(corner)
    word = thanks.thank(booking=booking, text="谢谢，我是王小明 13800138000", at=LATER)
    assert word.shown_name == "王**"
    assert thanks.thank(booking=booking, text="again", at=LATER).pk == word.pk
    booking.refresh_from_db()
    assert booking.state == State.THANKED
    thanks.publish(thanks=word, public_text="谢谢", **corner.usual())
    thanks.keep(thanks=word, **corner.usual())
    word.refresh_from_db()
    assert (word.state, word.public_text) == ("kept", "")


def test_steps_that_do_not_follow_are_refused(corner):
    booking = corner.book()
    usual = corner.usual()
    for call in (
        lambda: using.use(booking=booking, **usual),
        lambda: using.give_back(booking=booking, **usual),
        lambda: thanks.thank(booking=booking, text="谢谢", at=LATER),
    ):
        with pytest.raises(Refused) as caught:
            call()
        assert caught.value.why is Why.NOT_NOW
    using.accept(booking=booking, **usual)
    with pytest.raises(Refused) as caught:
        using.miss(booking=booking, **usual)
    assert caught.value.why is Why.TOO_EARLY
    with pytest.raises(Refused) as caught:
        using.accept(booking=booking, version=1, **usual)
    assert caught.value.why is Why.CHANGED


def test_far_ahead_nothing_is_handed_over(corner):
    booking = corner.book(when=hours(DAY + timedelta(days=6), 18, 20))
    using.accept(booking=booking, **corner.usual())
    with pytest.raises(Refused) as caught:
        using.use(booking=booking, **corner.usual())
    assert caught.value.why is Why.TOO_EARLY


def test_who_comes_late_after_all_is_let_in(corner):
    booking = corner.book()
    using.accept(booking=booking, **corner.usual())
    using.miss(booking=booking, by=corner.by, at=LATER)
    row = using.use(booking=booking, by=corner.by, at=LATER)
    assert row.state == State.USED


def test_cancelling_twice_is_once(corner):
    booking = corner.book()
    using.cancel(booking=booking, at=NOW)
    before = AuditEvent.objects.count()
    using.cancel(booking=booking, at=NOW)
    assert AuditEvent.objects.count() == before


def test_what_nobody_answered_ends_and_old_holds_go(corner):
    asked = corner.book()
    kept = corner.book(when=hours(TOMORROW, 28, 30))
    using.accept(booking=kept, **corner.usual())
    assert end_unanswered(NOW + timedelta(days=1)) == 0
    assert end_unanswered(NOW + timedelta(days=2)) == 1
    asked.refresh_from_db()
    kept.refresh_from_db()
    assert (asked.state, kept.state) == (State.LAPSED, State.ACCEPTED)
    assert not Hold.objects.exists()
    assert end_unanswered(NOW + timedelta(days=2)) == 0


def test_names_go_when_their_time_is_over(corner):
    booking = returned(corner)
    word = thanks.thank(booking=booking, text="谢谢", at=LATER)
    thanks.publish(thanks=word, public_text="谢谢你们", **corner.usual())
    last = TOMORROW + timedelta(days=KEEP_DAYS)
    assert erasing.erase_past(today=last, at=LATER) == 0
    assert erase_bookers(NOW + timedelta(days=KEEP_DAYS + 2)) == 1
    booker = Booker.objects.get()
    assert (booker.name, booker.phone, booker.salt) == ("", "", "")
    booking = Booking.objects.get()
    assert booking.purpose == ""
    word = Thanks.objects.get()
    assert (word.text, word.public_text, word.shown_name) == ("", "谢谢你们", "王**")
    assert erase_bookers(NOW + timedelta(days=KEEP_DAYS + 2)) == 0


def test_thanks_nobody_read_in_time_are_not_waited_for(corner):
    booking = returned(corner)
    thanks.thank(booking=booking, text="谢谢", at=LATER)
    erasing.erase(booking=booking, at=LATER)
    word = Thanks.objects.get()
    assert (word.text, word.state) == ("", "kept")


def test_a_booking_of_another_year_says_so(corner):
    booking = corner.book()
    for now, year in ((NOW, ""), (NOW + timedelta(days=365), "2026年")):
        told = strip_tags(booked_for({"now": now}, booking))
        assert told == f"{year}3月19日 周四 9:00-11:00"


def test_a_wish_to_be_forgotten_waits_until_it_is_over(corner):
    booking = corner.book()
    with pytest.raises(Refused):
        erasing.erase(booking=booking, at=NOW)
    using.cancel(booking=booking, at=NOW)
    assert erasing.erase(booking=booking, at=NOW)
    assert not erasing.erase(booking=booking, at=NOW)


CODES = [
    "sharing_partners",
    "sharing_things",
    "sharing_uses",
    "sharing_minutes",
    "sharing_days",
]


def values(unit, on):
    told = figures(CODES, unit, Period(on, on))
    return [told[code].value for code in CODES]


def test_figures_count_what_was_used_and_open_onto_it(corner):
    world = corner.world
    used(corner)
    used(corner, thing=corner.ladders, when=When(TOMORROW, TOMORROW), pieces=2)
    missed = corner.book(when=hours(TOMORROW, 28, 30))
    using.accept(booking=missed, **corner.usual())
    using.miss(booking=missed, by=corner.by, at=LATER + timedelta(days=1))
    corner.book(when=hours(TOMORROW, 32, 34))
    assert values(world.community, TOMORROW) == [1, 2, 2, 120, 1]
    assert values(world.city, TOMORROW) == [1, 2, 2, 120, 1]
    assert values(world.other_county, TOMORROW) == [None] * 5
    by_kind = parts("sharing_uses", world.city, Period(TOMORROW, TOMORROW))
    assert {each.dimension: each.value for each in by_kind} == {"room": 1, "tool": 1}
    reach = reach_of(world["worker"], on=DAY)
    for code in CODES:
        behind = records(
            code, world.city, Period(TOMORROW, TOMORROW), reach=reach, today=TOMORROW
        )
        assert (len(behind.shown) > 0, behind.hidden) == (True, 0)
    partners.end_partner(partner=corner.partner, on=TOMORROW, **corner.usual())
    after = TOMORROW + timedelta(days=1)
    assert values(world.community, after)[:2] in ([None, None], [0, 0])
    _whole, differences = recount(at=LATER)
    assert [each for each in differences if each.code in CODES] == []


def test_a_withdrawn_thing_is_counted_no_more(corner):
    things.withdraw_thing(thing=corner.room, on=DAY, **corner.usual())
    assert values(corner.world.community, TOMORROW)[1] == 1
    things.offer_thing(
        partner=corner.partner,
        offer=corner.offer(title="又一间"),
        pieces=1,
        week=WEEK,
        since_on=DAY,
        **corner.usual(),
    )
    assert values(corner.world.community, TOMORROW)[1] == 2


def test_who_follows_a_booking_hears_the_answer_once(corner):
    booking = corner.book()
    url = reverse("notices:follow", args=[telling.TOPIC, booking.pk])
    client = Client()
    wrong = client.post(url, {"code": "0" * 12, "email": "a@example.org"})
    assert wrong.status_code in {403, 404}
    client.post(url, {"code": booking.code, "email": "a@example.org"})
    assert Address.objects.filter(value="a@example.org").exists()
    using.accept(booking=booking, **corner.usual())
    told = set(Notice.objects.values_list("event", flat=True))
    assert "sharing.accepted" in told
    # When who booked is erased, so is where they heard of it.
    using.cancel(booking=booking, at=NOW)
    erasing.erase(booking=booking, at=NOW)
    assert not Address.objects.filter(value="a@example.org").exists()
