"""Hours are true, never twice, and a certificate says exactly them."""

import base64
import re
import zlib
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.world import NOW, World
from tests.volunteering.people import rider, signed, span, taken
from wugeyi.casework.rules.receipts import display
from wugeyi.volunteering.actions import certificates, helps, hours, people, takes
from wugeyi.volunteering.actions.writing import NEIGHBOUR, VOLUNTEER
from wugeyi.volunteering.models import CertificatePart, Hours, Volunteer
from wugeyi.volunteering.queries.certificates import checked
from wugeyi.volunteering.rules.certificates import Part, Said, digest, text
from wugeyi.volunteering.rules.hours import check_span, minutes_between, overlaps
from wugeyi.volunteering.rules.refusals import Refused, Why

START = NOW - timedelta(days=2)
MINUTES = st.integers(0, 200)


@settings(max_examples=60)
@given(st.lists(st.tuples(MINUTES, st.integers(1, 40)), max_size=5))
def test_overlap_is_a_shared_minute(spans: list[tuple[int, int]]) -> None:
    moments = [
        (START + timedelta(minutes=a), START + timedelta(minutes=a + n))
        for a, n in spans
    ]
    for place, (start, end) in enumerate(moments):
        others = moments[:place]
        minutes = {m for a, n in spans[:place] for m in range(a, a + n)}
        a, n = spans[place]
        assert overlaps(start, end, others) == bool(minutes & set(range(a, a + n)))


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (timedelta(hours=-1), timedelta(hours=-1), Why.BACKWARDS),
        (timedelta(hours=-1), timedelta(hours=-2), Why.BACKWARDS),
        (timedelta(hours=-26), timedelta(hours=-1), Why.TOO_LONG),
        (timedelta(hours=-1), timedelta(minutes=1), Why.FUTURE),
        (timedelta(days=-91), timedelta(days=-91, hours=1), Why.PAST),
    ],
)
def test_what_cannot_be_is_refused(start: timedelta, end: timedelta, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        check_span(NOW + start, NOW + end, at=NOW)
    assert refused.value.why is why


def test_a_span_is_written_once_and_never_over_another(world: World) -> None:
    mine, other = rider(world), rider(world)
    client_id = uuid4()
    first = span(world, mine, start=START, client_id=client_id)
    assert span(world, mine, start=START, client_id=client_id) == first
    with pytest.raises(Refused) as refused:
        span(world, mine, start=START, minutes=30, client_id=client_id)
    assert refused.value.why is Why.OTHER_CONTENT
    for start, minutes in ((-30, 31), (59, 5), (10, 5), (-5, 90)):
        with pytest.raises(Refused) as refused:
            span(world, mine, start=START + timedelta(minutes=start), minutes=minutes)
        assert refused.value.why is Why.OVERLAPS
    span(world, mine, start=START + timedelta(minutes=60))
    span(world, other, start=START)
    assert hours.withdraw(hours=first, at=world.now())
    assert not hours.withdraw(hours=first, at=world.now())
    span(world, mine, start=START + timedelta(minutes=10), minutes=20)


def test_confirmed_is_never_more_than_written(world: World) -> None:
    row = span(world, rider(world), start=START, minutes=50)
    for minutes in (0, 51, 1440):
        with pytest.raises(Refused) as refused:
            hours.confirm(
                hours=row, minutes=minutes, by=world["worker"], at=world.now()
            )
        assert refused.value.why is Why.MORE_THAN_SPAN
    made = hours.confirm(hours=row, minutes=40, by=world["worker"], at=world.now())
    assert (made.state, made.minutes, made.how) == ("confirmed", 40, "staff")
    with pytest.raises(Refused):
        hours.refuse(hours=row, reason="再想想", by=world["worker"], at=world.now())


def test_nobody_confirms_their_own(world: World) -> None:
    row = span(world, rider(world, user=world["worker"]), start=START)
    with pytest.raises(Refused) as refused:
        hours.confirm(hours=row, minutes=5, by=world["worker"], at=world.now())
    assert refused.value.why is Why.OWN
    hours.confirm(hours=row, minutes=5, by=world["secretary"], at=world.now())


def test_who_was_helped_confirms_the_hours_too(world: World) -> None:
    mine = rider(world)
    row = taken(world, mine)
    takes.say_done(help=row, volunteer=mine, at=world.now())
    written = span(world, mine, start=START, kind="help", help=row)
    helps.confirm(help=row, by=NEIGHBOUR, at=world.now())
    written.refresh_from_db()
    assert (written.state, written.how, written.decided_by) == (
        "confirmed",
        "helped",
        None,
    )


def certified(world: World, mine: Volunteer) -> object:
    for day, minutes in ((0, 60), (1, 45)):
        row = span(world, mine, start=START - timedelta(days=day), minutes=minutes)
        hours.confirm(hours=row, minutes=minutes, by=world["worker"], at=world.now())
    row = span(
        world, mine, start=START - timedelta(days=3), organisation=world.neighbour
    )
    hours.confirm(hours=row, minutes=20, by=world["neighbour"], at=world.now())
    span(world, mine, start=START - timedelta(days=5))  # never confirmed
    return certificates.issue(
        client_id=uuid4(),
        volunteer=mine,
        first=date(2026, 3, 1),
        last=date(2026, 3, 31),
        at=world.now(),
    )


def test_a_certificate_says_what_was_confirmed_and_proves_it(world: World) -> None:
    mine = rider(world)
    row = certified(world, mine)
    found = checked(row)
    assert found.genuine
    assert found.said.minutes == 125
    assert [(p.organisation, p.minutes, p.times) for p in found.said.parts] == [
        ("金桥社区", 105, 2),
        ("银桥社区", 20, 1),
    ]
    CertificatePart.objects.filter(certificate=row, minutes=20).update(minutes=21)
    assert not checked(row).genuine
    page = Client().get(reverse("volunteering:certificate", args=[row.code]))
    assert "对不上" in page.content.decode()


def test_its_hash_can_be_worked_out_by_hand() -> None:
    said = Said(
        "ABCD",
        "小马 哥",
        date(2026, 3, 1),
        date(2026, 3, 31),
        datetime(2026, 4, 1, 2, 3, 4, tzinfo=UTC),
        [Part("金桥社区", 105, 2)],
    )
    assert text(said) == (
        "wugeyi-hours-1\nABCD\n小马 哥\n2026-03-01\n2026-03-31\n"
        "2026-04-01T02:03:04+00:00\n105 2 金桥社区\n"
    )
    assert digest(said) == sha256(text(said).encode()).hexdigest()


def latin(pdf: bytes) -> str:
    """What stands on a sheet in the Latin font, in the order it was drawn."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    drawn = b"".join(
        zlib.decompress(base64.a85decode(b"<~" + each.strip(), adobe=True))
        for each in streams[:1]
    )
    return "".join(
        each.decode("latin-1") for each in re.findall(rb"\((.*?)\) Tj", drawn)
    )


def test_anybody_checks_it_only_its_person_prints_it(world: World) -> None:
    mine = rider(world)
    row = certified(world, mine)
    anybody, browser = Client(), signed(mine)
    url = reverse("volunteering:certificate", args=[display(row.code)])
    asked = anybody.post(reverse("volunteering:check"), {"code": row.code.lower()})
    assert asked.headers["Location"] == url
    text = anybody.get(url).content.decode()
    assert "这份证明是真的" in text
    assert row.digest in text
    assert mine.phone not in text
    pdf = reverse("volunteering:pdf", args=[row.code])
    assert anybody.get(pdf).status_code == 302
    assert signed(rider(world)).get(pdf).status_code == 404
    for language in ("zh-hans", "en"):
        answer = browser.get(pdf, {"language": language})
        assert answer.headers["Content-Type"] == "application/pdf"
        drawn = latin(answer.content)
        assert row.digest[:32] in drawn
        assert display(row.code) in drawn


def test_one_that_was_revoked_says_so(world: World) -> None:
    mine = rider(world)
    row = certified(world, mine)
    url = reverse("volunteering:revoke", args=[row.code])
    clients = {}
    for name in ("worker", "outsider"):
        clients[name] = Client()
        clients[name].force_login(world[name])
    assert clients["outsider"].post(url, {"reason": "x"}).status_code == 403
    assert clients["worker"].post(url, {"reason": ""}).status_code == 422
    clients["worker"].post(url, {"reason": "记错了"})
    page = Client().get(reverse("volunteering:certificate", args=[row.code]))
    text = page.content.decode()
    assert "已经作废" in text
    assert "记错了" in text


def test_leaving_revokes_and_forgets_the_name(world: World) -> None:
    mine = rider(world)
    row = certified(world, mine)
    people.leave(volunteer=mine, end=Volunteer.End.PERSON, by=VOLUNTEER, at=world.now())
    row.refresh_from_db()
    assert row.name == ""
    assert row.revoked_at is not None
    assert Hours.objects.filter(volunteer=mine, state="confirmed").count() == 3


def test_nothing_confirmed_nothing_certified(world: World) -> None:
    mine = rider(world)
    span(world, mine, start=START)
    for name, why in ((mine.name, Why.NOTHING), ("", Why.NEEDS_NAME)):
        mine.name = name
        with pytest.raises(Refused) as refused:
            certificates.issue(
                client_id=uuid4(),
                volunteer=mine,
                first=date(2026, 1, 1),
                last=date(2026, 12, 31),
                at=world.now(),
            )
        assert refused.value.why is why


def test_the_page_for_hours_explains_what_is_wrong(world: World) -> None:
    from wugeyi.volunteering.actions import belonging

    mine = rider(world)
    browser = signed(mine)
    url = reverse("volunteering:claim")
    today = timezone.localdate()
    form = {"on": today - timedelta(days=1), "starts": "09:00", "ends": "10:30"}
    form["kind"] = "other"
    assert "先去社区页面报到" in browser.post(url, form).content.decode()
    belonging.check_in(
        client_id=uuid4(),
        volunteer=mine,
        organisation=world.community,
        at=world.now(),
    )
    future = browser.post(url, form | {"on": today + timedelta(days=1)})
    assert "还没有到" in future.content.decode()
    assert future.status_code == 422
    assert browser.post(url, form).status_code == 302
    again = browser.post(url, form | {"client_id": str(uuid4())})
    assert again.status_code == 409
    assert "重叠" in again.content.decode()
    night = form | {"on": today - timedelta(days=3), "starts": "23:00", "ends": "01:00"}
    assert browser.post(url, night).status_code == 302
    row = Hours.objects.latest("pk")
    assert minutes_between(row.starts_at, row.ends_at) == 120
    assert row.on == today - timedelta(days=3)
