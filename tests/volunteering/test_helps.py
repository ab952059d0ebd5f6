"""A request is taken freely, by one, and only that one sees where."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import World
from tests.volunteering.people import (
    ADDRESS,
    ASKER_PHONE,
    NAME,
    PHONE,
    asked,
    opened,
    rider,
    signed,
    taken,
    wish,
)
from wugeyi.audit.models import AuditEvent
from wugeyi.volunteering.actions import helps, takes
from wugeyi.volunteering.actions.writing import NEIGHBOUR
from wugeyi.volunteering.models import Help, Take
from wugeyi.volunteering.rules.cover import Cover
from wugeyi.volunteering.rules.refusals import Refused, Why

State = Help.State


def test_the_same_request_sent_twice_is_one(world: World) -> None:
    at = world.now()
    once = wish(world, at)
    first = helps.ask(wish=once, at=at)
    assert helps.ask(wish=once, at=world.now()) == first
    with pytest.raises(Refused) as refused:
        helps.ask(wish=wish(world, at, client_id=once.client_id, text="别的"), at=at)
    assert refused.value.why is Why.OTHER_CONTENT
    assert Help.objects.count() == 1


def test_its_way_from_asked_to_confirmed(world: World) -> None:
    helper = rider(world)
    row = taken(world, helper)
    assert row.state == State.TAKEN
    takes.say_done(help=row, volunteer=helper, at=world.now())
    helps.not_done(help=row, at=world.now())
    takes.say_done(help=row, volunteer=helper, at=world.now())
    helps.confirm(help=row, by=NEIGHBOUR, at=world.now())
    row.refresh_from_db()
    assert row.state == State.CONFIRMED
    assert row.ended_at is not None
    acts = AuditEvent.objects.filter(action__startswith="volunteering.")
    assert list(acts.order_by("id").values_list("action", flat=True)) == [
        f"volunteering.{act}"
        for act in (
            "register",
            "ask",
            "publish",
            "take",
            "say_done",
            "not_done",
            "say_done",
            "confirm",
        )
    ]


def test_the_audit_knows_nobody(world: World) -> None:
    helper = rider(world)
    taken(world, helper)
    told = " ".join(
        f"{event.before} {event.after}"
        for event in AuditEvent.objects.filter(action__startswith="volunteering.")
    )
    assert told.strip()
    for secret in (ADDRESS, ASKER_PHONE, "王奶奶", "一袋米搬", NAME, PHONE):
        assert secret not in told


def test_only_one_takes_it_and_repeats_are_the_same(world: World) -> None:
    first, second = rider(world), rider(world)
    row = opened(world)
    made = takes.take(help=row, volunteer=first, at=world.now())
    assert takes.take(help=row, volunteer=first, at=world.now()) == made
    with pytest.raises(Refused) as refused:
        takes.take(help=row, volunteer=second, at=world.now())
    assert refused.value.why is Why.TAKEN
    takes.give_back(help=row, volunteer=first, at=world.now())
    takes.take(help=row, volunteer=second, at=world.now())
    assert Take.objects.filter(help=row).count() == 2
    with pytest.raises(Refused) as refused:
        takes.say_done(help=row, volunteer=first, at=world.now())
    assert refused.value.why is Why.NOT_YOURS


def test_nobody_collects_addresses(world: World) -> None:
    helper = rider(world)
    for _each in range(takes.HELD):
        taken(world, helper)
    row = opened(world)
    with pytest.raises(Refused) as refused:
        takes.take(help=row, volunteer=helper, at=world.now())
    assert refused.value.why is Why.TOO_MANY
    for held in Take.objects.filter(given_back_at=None):
        takes.give_back(help=held.help, volunteer=helper, at=world.now())
    for _each in range(takes.TAKEN_A_DAY - takes.HELD):
        other = taken(world, helper)
        takes.give_back(help=other, volunteer=helper, at=world.now())
    with pytest.raises(Refused):
        takes.take(help=row, volunteer=helper, at=world.now())
    later = timezone.now() + timedelta(days=400)
    Help.objects.filter(pk=row.pk).update(until=later)
    takes.take(help=row, volunteer=helper, at=world.now() + timedelta(days=2))


def test_a_community_takes_back_what_somebody_took(world: World) -> None:
    bad, good = rider(world), rider(world, name="老实人")
    row = taken(world, bad, at=timezone.now())
    page = reverse("volunteering:help", args=[row.pk])
    browser = signed(bad)
    assert ADDRESS in browser.get(page).content.decode()
    people = {name: Client() for name in ("supervisor", "auditor")}
    for name, client in people.items():
        client.force_login(world[name])
    url = reverse("volunteering:recall", args=[row.pk])
    reason = "约好了没有来"
    assert people["auditor"].post(url, {"reason": reason}).status_code == 403
    assert people["supervisor"].post(url, {"reason": ""}).status_code == 422
    before = AuditEvent.objects.count()
    said = people["supervisor"].post(url, {"reason": reason}, follow=True)
    assert "收回了" in said.content.decode()
    assert reason in said.content.decode()
    assert AuditEvent.objects.count() == before + 1
    event = AuditEvent.objects.latest("pk")
    assert event.action == "volunteering.recall"
    assert json.loads(event.after)["reason"] == reason
    # Free again, and not for them; they are told why and see no address.
    text = browser.get(page).content.decode()
    assert reason in text
    assert ADDRESS not in text
    assert ASKER_PHONE not in text
    assert "我来帮" not in text
    assert reason in browser.get(reverse("volunteering:mine")).content.decode()
    with pytest.raises(Refused) as refused:
        takes.take(help=row, volunteer=bad, at=timezone.now())
    assert refused.value.why is Why.RECALLED
    takes.take(help=row, volunteer=good, at=timezone.now())
    # Also what somebody says is done and is not; nothing that is over.
    takes.say_done(help=row, volunteer=good, at=timezone.now())
    values = {"reason": reason, "by": world["worker"], "at": timezone.now()}
    assert takes.recall(help=row, **values).state == State.OPEN
    with pytest.raises(Refused) as refused:
        takes.recall(help=row, **values)
    assert refused.value.why is Why.NOT_NOW


def test_who_cannot_be_called_takes_nothing(world: World) -> None:
    with pytest.raises(Refused) as refused:
        takes.take(help=opened(world), volunteer=rider(world, phone=""), at=world.now())
    assert refused.value.why is Why.NEEDS_NAME


def test_risk_is_insured_before_it_is_offered(world: World) -> None:
    row = asked(world)
    day = timezone.localdate(row.until)
    for cover in (
        Cover(risk=True),
        Cover(risk=True, insurer="某保险"),
        Cover(risk=True, insurer="某保险", until=day - timedelta(days=1)),
    ):
        with pytest.raises(Refused) as refused:
            helps.publish(
                help=row,
                showing=helps.Showing(cover=cover),
                by=world["worker"],
                at=world.now(),
            )
        assert refused.value.why is Why.NEEDS_INSURANCE
    good = Cover(risk=True, insurer="某保险", until=day)
    helps.publish(
        help=row, showing=helps.Showing(cover=good), by=world["worker"], at=world.now()
    )


def test_what_nobody_took_ends_and_its_words_go(world: World) -> None:
    row, mine = opened(world), rider(world)
    kept = taken(world, mine)
    assert helps.expire(at=row.until - timedelta(seconds=1)) == 0
    assert helps.expire(at=row.until) == 1
    assert helps.expire(at=row.until) == 0
    row.refresh_from_db()
    kept.refresh_from_db()
    assert (row.state, kept.state) == (State.EXPIRED, State.TAKEN)
    assert helps.erase(at=row.until + timedelta(days=29)) == 0
    assert helps.erase(at=row.until + timedelta(days=31)) == 1
    row.refresh_from_db()
    assert (row.text, row.address, row.name, row.phone, row.salt) == ("",) * 5
    assert row.near


def test_address_and_number_are_on_no_page_but_the_takers(world: World) -> None:
    at = timezone.now()
    row = opened(world, at=at)
    first, second = rider(world), rider(world)
    takes.take(help=row, volunteer=first, at=at)
    pages = [
        reverse("volunteering:help", args=[row.pk]),
        reverse("volunteering:helps"),
        reverse("volunteering:mine"),
        reverse("volunteering:home"),
        reverse("volunteering:place", args=[world.community.code]),
    ]

    def seen(client: Client) -> list[str]:
        return [
            page
            for page in pages
            if any(
                word in client.get(page).content.decode()
                for word in (ADDRESS, ASKER_PHONE, "王奶奶", "腿脚不方便")
            )
        ]

    assert seen(signed(first)) == pages[:1]
    assert seen(signed(second)) == []
    assert seen(Client()) == []
    takes.give_back(help=row, volunteer=first, at=at)
    assert seen(signed(first)) == []


def test_of_two_browsers_the_second_is_told(world: World) -> None:
    row = opened(world, at=timezone.now())
    first, second = signed(rider(world)), signed(rider(world))
    url = reverse("volunteering:take", args=[row.pk])
    assert "您接下了" in first.post(url, follow=True).content.decode()
    assert "已经有人先接下了" in second.post(url, follow=True).content.decode()
    assert Take.objects.count() == 1


def test_a_neighbour_asks_without_an_account_and_confirms(world: World) -> None:
    client, helper = Client(), rider(world)
    form = {
        "client_id": str(uuid4()),
        "kind": "buy",
        "text": "买一盒降压药",
        "within": "tomorrow",
        "near": "北门",
        "place_query": "金桥社区",
        "address": ADDRESS,
        "phone": ASKER_PHONE,
    }
    url = reverse("volunteering:ask")
    assert client.get(url).status_code == 200
    answer = client.post(url, form)
    assert answer.status_code == 302
    assert client.post(url, form).headers["Location"] == answer.headers["Location"]
    conflict = client.post(url, form | {"text": "买别的"})
    assert conflict.status_code == 409
    assert form["client_id"] not in conflict.content.decode()
    row = Help.objects.get()
    assert row.organisation == world.community
    page = answer.headers["Location"]
    assert "等社区看过" in client.get(page).content.decode()
    assert signed(helper).get(f"/volunteering/helps/{row.pk}/").status_code == 404
    worker = Client()
    worker.force_login(world["worker"])
    publish = reverse("volunteering:publish", args=[row.pk])
    wrong = worker.post(publish, {"notice": "降压药", "risk": "on"}, follow=True)
    assert "人身意外保险" in wrong.content.decode()
    worker.post(publish, {"notice": "降压药"})
    browser = signed(helper)
    browser.post(reverse("volunteering:take", args=[row.pk]))
    assert NAME not in client.get(page).content.decode()
    desk = reverse("volunteering:desk-help", args=[row.pk])
    assert PHONE not in worker.get(desk).content.decode()
    called = worker.post(reverse("volunteering:call-helper", args=[row.pk]))
    assert PHONE in called.content.decode()
    assert AuditEvent.objects.filter(action="volunteering.reveal").count() == 1
    browser.post(reverse("volunteering:done", args=[row.pk]))
    client.post(f"{page}confirm/")
    row.refresh_from_db()
    assert row.state == State.CONFIRMED
    client.post(f"{page}forget/")
    row.refresh_from_db()
    assert (row.address, row.phone) == ("", "")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("phone", "打不通", "看不懂"),
        ("within", "never", ""),
        ("near", "", ""),
        ("place_query", "没有的地方", "没有找到"),
        ("place_query", "", "社区、村的名字"),
        ("lon", "abc", "经度和纬度要一起填"),
    ],
)
def test_bad_words_are_explained_and_kept(
    world: World, field: str, value: str, said: str
) -> None:
    form = {
        "kind": "buy",
        "text": "买一盒降压药",
        "within": "today",
        "near": "北门",
        "place_query": "金桥社区",
        "address": ADDRESS,
        "phone": ASKER_PHONE,
    }
    answer = Client().post(reverse("volunteering:ask"), form | {field: value})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert "买一盒降压药" in text
    assert not Help.objects.exists()


def test_lists_cost_the_same_however_long(
    world: World, django_assert_max_num_queries
) -> None:
    browser = signed(rider(world))
    worker = Client()
    worker.force_login(world["worker"])
    pages = [
        (browser, reverse("volunteering:helps")),
        (worker, reverse("volunteering:desk-unit", args=[world.community.code])),
    ]
    for _each in range(3):
        opened(world, at=timezone.now())
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for client, page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))
    for _each in range(30):
        opened(world, at=timezone.now())
    for (client, page), most in zip(pages, counts, strict=True):
        with django_assert_max_num_queries(most):
            text = client.get(page).content.decode()
        assert "older=" in text
