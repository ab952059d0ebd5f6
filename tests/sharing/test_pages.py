"""Pages for everybody and for staff: what is asked, what is shown, to whom."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.sharing.corner import WEEK
from wugeyi.casework.rules.receipts import display
from wugeyi.casework.views import booked as booked_views
from wugeyi.sharing.actions import bookings, partners, thanks, things, using
from wugeyi.sharing.models import Booking, Partner, Thanks, Thing, Word
from wugeyi.sharing.rules.times import When, moment


def at(name, *args):
    return reverse(f"sharing:{name}", args=args)


def workday():
    """The next Monday: the pages ask the clock themselves."""
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def typed(**values):
    known = {
        "client_id": str(uuid4()),
        "first_on": workday().isoformat(),
        "begin": "18",
        "end": "20",
        "asker": "resident",
        "name": "王女士",
        "phone": "138 0013 8000",
        "purpose": "议事",
    }
    return known | values


@pytest.fixture
def staff(corner):
    client = Client()
    client.force_login(corner.by)
    return client


def booked(corner, thing=None, **values):
    on = workday()
    return bookings.book(
        wish=corner.wish(thing, **({"when": When(on, on, 18, 20)} | values)),
        at=timezone.now(),
    )


def done(corner):
    row = booked(corner)
    for step in (using.accept, using.use, using.give_back):
        # Handed over on its day.
        step(booking=row, by=corner.by, at=moment(row.first_on, 21))
    return row


def test_a_resident_books_without_an_account_and_cancels(corner, client):
    url = at("book", corner.room.pk)
    page = client.get(url, {"on": workday().isoformat(), "begin": 18, "end": 36})
    assert "二楼会议室" in page.content.decode()
    # A stretch longer than one booking may be is begun, not typed anew.
    assert page.context["form"].initial["end"] == 18 + corner.room.most
    answer = client.post(url, typed())
    booking = Booking.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == at("receipt", display(booking.code))
    assert booking.booker.phone == "13800138000"
    page = client.get(answer["Location"])
    assert "等答复" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    # The number that was typed is nowhere on the page of who knows the code.
    assert "13800138000" not in page.content.decode()
    client.post(answer["Location"], {"do": "cancel"})
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    client.post(answer["Location"], {"do": "erase"})
    booking.booker.refresh_from_db()
    assert booking.booker.phone == ""


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"begin": "20", "end": "19"}, 409, "结束要在开始以后"),
        ({"first_on": "2020-01-06"}, 409, "已经过了"),
        ({"begin": "22", "end": "26"}, 409, "不开放"),
        ({"begin": "2", "end": "6"}, 422, "请从列表里选一个时间"),
        ({"begin": "<script>"}, 422, "请从列表里选一个时间"),
        ({"first_on": "昨天"}, 422, ""),
        ({"first_on": "9999-12-31"}, 422, "太远了"),
        ({"first_on": "2099-01-05"}, 409, "太远了"),
        ({"phone": "不告诉你"}, 422, "不像电话号码"),
        ({"name": ""}, 422, ""),
        ({"name": "\x00"}, 422, ""),
        ({"asker": "group"}, 422, "请写单位或团队的名称"),
        ({"asker": "robot"}, 422, ""),
        ({"purpose": "长" * 500}, 422, ""),
    ],
)
def test_what_cannot_be_booked_is_explained_and_kept(
    corner, client, values, status, said
):
    answer = client.post(at("book", corner.room.pk), typed(**values))
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert not Booking.objects.exists()
    if values.get("name") is None:
        assert "王女士" in page


def test_what_was_just_taken_is_said(corner, client):
    booked(corner)
    answer = client.post(at("book", corner.room.pk), typed())
    assert answer.status_code == 409
    assert "约走了" in answer.content.decode()


def test_a_flood_of_bookings_is_stopped(corner, client, monkeypatch):
    monkeypatch.setattr(booked_views, "BOOKINGS_PER_WINDOW", 2)
    for _ in range(2):
        client.post(at("book", corner.room.pk), typed(first_on="2099-01-05"))
    answer = client.post(at("book", corner.room.pk), typed())
    assert answer.status_code == 429
    assert "王女士" in answer.content.decode()


def test_the_catalogue_is_searched_and_narrowed(corner, client):
    url = at("catalogue", corner.world.community.code)
    everything = client.get(url).content.decode()
    assert "折叠梯" in everything
    assert "二楼会议室" in everything
    assert "13900139000" not in everything
    for query, there, gone in (
        ("kind=tool", "折叠梯", "二楼会议室"),
        ("q=会议", "二楼会议室", "折叠梯"),
        ("q=金桥小学", "二楼会议室", ""),
        ("free=1", "折叠梯", ""),
    ):
        page = client.get(f"{url}?{query}").content.decode()
        assert there in page
        assert not gone or gone not in page
    assert "没有符合条件" in client.get(f"{url}?q=没有这个").content.decode()
    # A kind nobody has, keys of nothing, NUL: the whole list, no traceback.
    for query in ("kind=x%00", "older=abc", "q=%00", "older=99999999999999999999"):
        assert client.get(f"{url}?{query}").status_code == 200


def test_nothing_free_this_week_is_left_out(corner, client):
    for day in range(8):
        things.set_other_day(
            thing=corner.room,
            on=timezone.localdate() + timedelta(days=day),
            span=None,
            why="",
            by=corner.by,
            at=timezone.now(),
        )
    url = at("catalogue", corner.world.community.code)
    page = client.get(f"{url}?free=1").content.decode()
    assert "折叠梯" in page
    assert "二楼会议室" not in page
    assert "这周都约满了" in client.get(url).content.decode()


def test_a_feed_tells_what_is_taken_and_by_nobody(corner, client):
    booked(corner)
    booked(corner, corner.ladders, when=When(workday(), workday()))
    text = client.get(at("feed", corner.room.pk)).content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert f"DTSTART:{workday():%Y%m%d}T010000Z" in text
    assert "王小明" not in text
    days = client.get(at("feed", corner.ladders.pk)).content.decode()
    assert f"DTSTART;VALUE=DATE:{workday():%Y%m%d}" in days


def test_thanks_wait_for_the_community(corner, client, staff):
    booking = done(corner)
    url = at("receipt", display(booking.code))
    wall = at("wall", corner.world.community.code)
    client.post(url, {"do": "thank", "text": "谢谢金桥小学，我是王小明13800138000"})
    said = Thanks.objects.get()
    assert "谢谢" not in client.get(wall).content.decode().split("<main")[1]
    form = staff.get(at("act", "thanks", said.pk, "publish")).content.decode()
    assert "13800138000" not in form
    staff.post(
        at("act", "thanks", said.pk, "publish"),
        {"public_text": "谢谢金桥小学", "version": said.version},
    )
    page = client.get(wall).content.decode()
    assert "谢谢金桥小学" in page
    assert "王**" in page
    assert "王小明" not in page


def test_wrong_thanks_are_explained(corner, client):
    url = at("receipt", display(done(corner).code))
    assert client.post(url, {"do": "thank", "text": ""}).status_code == 422
    assert client.post(url, {"do": "thank", "text": "长" * 300}).status_code == 422
    assert client.post(url, {"do": "cancel"}).status_code == 409
    assert client.post(url, {"do": "nonsense"}).status_code == 302
    assert not Thanks.objects.exists()


def test_a_code_is_looked_for(corner, client):
    code = display(booked(corner).code)
    assert client.get(at("find"), {"code": code.lower()}).status_code == 302
    assert client.get(at("find"), {"code": "7K3M-9QXP-2T4V"}).status_code == 422
    assert client.get(at("receipt", "7K3M-9QXP-2T4V")).status_code == 404
    cache.clear()


def test_staff_enter_a_partner_and_what_it_shares(corner, staff):
    unit = corner.world.community
    answer = staff.post(
        at("act", "unit", unit.pk, "partner"),
        {
            "client_id": str(uuid4()),
            "name": "甲县城管局",
            "code": corner.world.department.code,
            "kind": "unit",
            "since_on": "2026-01-05",
            "contact_phone": "0851-1234567",
        },
    )
    partner = Partner.objects.latest("pk")
    assert answer["Location"] == at("partner", partner.pk)
    assert partner.organisation == corner.world.department
    filled = {
        "client_id": str(uuid4()),
        "title": "除雪铲",
        "kind": str(Word.objects.get(code="tool").pk),
        "by": "day",
        "pieces": "10",
        "most": "5",
        "ahead_days": "14",
        "who": "groups",
        "since_on": "2026-01-06",
        "day0": "9:00-17:00",
    }
    url = at("act", "partner", partner.pk, "thing")
    for wrong in (
        {"most": "40"},
        {"day0": ""},
        {"day0": "17-9"},
        {"pieces": "0"},
        {"since_on": "1800-01-01"},
        {"title": ""},
    ):
        assert staff.post(url, filled | wrong).status_code == 422
    assert staff.post(url, filled | {"since_on": "2025-01-06"}).status_code == 409
    assert staff.post(url, filled).status_code == 302
    assert staff.post(url, filled).status_code == 302
    thing = Thing.objects.get(title="除雪铲")
    assert thing.pieces.count() == 10
    assert staff.get(at("act", "thing", thing.pk, "edit")).status_code == 200
    hours = staff.get(at("act", "thing", thing.pk, "hours")).content.decode()
    assert "9:00-17:00" in hours


def test_a_day_at_the_desk(corner, staff):
    booking = booked(corner)
    unit = corner.world.community
    page = staff.get(at("day", unit.code)).content.decode()
    assert "等答复" in page
    assert "13800138000" in page
    url = at("act", "booking", booking.pk, "accept")
    stale = staff.post(url, {"version": 7, "answer": "拿钥匙"})
    assert stale.status_code == 409
    assert "拿钥匙" in stale.content.decode()
    assert staff.post(url, {"version": 1, "answer": "拿钥匙"}).status_code == 302
    day = staff.get(at("day", unit.code), {"on": workday().isoformat()})
    assert "同意了" in day.content.decode()
    coming = staff.get(
        at("day", unit.code), {"on": (workday() - timedelta(days=3)).isoformat()}
    ).content.decode()
    assert "往后七天" in coming
    assert "二楼会议室" in coming
    for query in ("on=x", "on=0001-01-01", "on=9999-12-31"):
        assert staff.get(f"{at('day', unit.code)}?{query}").status_code == 200


def test_names_are_for_who_works_there(corner):
    booking = booked(corner)
    client = Client()
    client.force_login(corner.world["dispatcher"])
    for url in (
        at("day", corner.world.community.code),
        at("thing", corner.room.pk),
        at("booking", booking.pk),
        at("partner", corner.partner.pk),
    ):
        page = client.get(url).content.decode()
        for secret in ("13800138000", "王小明", "13900139000", "李老师"):
            assert secret not in page


def test_words_keep_their_code(corner):
    client = Client()
    client.force_login(corner.world["administrator"])
    word = Word.objects.get(list="build", code="place")
    assert not word.verified
    client.post(
        at("word", word.pk),
        {"name_zh": "阵地一起建", "verified": "on", "active": "on", "code": "other"},
    )
    word.refresh_from_db()
    assert (word.name_zh, word.code, word.verified) == ("阵地一起建", "place", True)
    taken = {"list": "kind", "code": "room", "name_zh": "又是", "active": "on"}
    assert client.post(at("word-new"), taken).status_code == 422
    assert "阵地一起建" in client.get(at("words")).content.decode()


def test_odd_addresses_are_not_there(corner, staff):
    huge = 2**70
    for url in (
        at("thing", huge),
        at("partner", huge),
        at("booking", huge),
        at("public-thing", huge),
        at("act", "thing", huge, "edit"),
        at("act", "nothing", 1, "edit"),
        at("act", "thing", corner.room.pk, "explode"),
        at("catalogue", "nowhere"),
    ):
        assert staff.get(url).status_code == 404


def test_queries_do_not_grow_with_rows(corner, client, staff):
    code = corner.world.community.code
    pages = [
        (client, at("home")),
        (client, at("catalogue", code)),
        (client, f"{at('catalogue', code)}?free=1"),
        (client, at("public-thing", corner.room.pk)),
        (client, at("wall", code)),
        (client, at("feed", corner.room.pk)),
        (staff, at("desk")),
        (staff, at("day", code)),
        (staff, at("partners", code)),
        (staff, at("things", code)),
        (staff, at("thanks", code)),
        (staff, at("thing", corner.room.pk)),
        (staff, at("partner", corner.partner.pk)),
    ]

    def counts():
        found = []
        for who, url in pages:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert who.get(url).status_code == 200
            found.append(len(queries))
        return found

    booked(corner)
    said = thanks.thank(
        booking=_returned(corner), text="谢谢", at=moment(workday(), 24)
    )
    thanks.publish(thanks=said, public_text="谢谢", **corner.usual())
    counts()  # what hardly ever changes is kept from now on
    before = counts()
    more = partners.add_partner(
        community=corner.world.community,
        card=partners.Card(name="又一家", kind="company", since_on=workday()),
        **corner.usual(),
    )
    for number in range(5):
        things.offer_thing(
            partner=(more, corner.partner)[number % 2],
            offer=corner.offer(title=f"第 {number} 间"),
            pieces=2,
            week=WEEK,
            since_on=workday(),
            **corner.usual(),
        )
        booked(corner, when=When(workday(), workday(), 28 + number, 29 + number))
    again = thanks.thank(
        booking=_returned(corner, 33), text="谢谢", at=moment(workday(), 34)
    )
    thanks.publish(thanks=again, public_text="谢谢", **corner.usual())
    assert counts() == before


def _returned(corner, begin=22):
    row = booked(corner, when=When(workday(), workday(), begin, begin + 1))
    for step in (using.accept, using.use, using.give_back):
        step(booking=row, by=corner.by, at=moment(workday(), begin))
    return row
