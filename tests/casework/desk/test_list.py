from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import answered, report, working
from wugeyi.casework.actions import handling
from wugeyi.casework.models import Escalation
from wugeyi.casework.queries import desk
from wugeyi.casework.queries.waiting import LEADS, Waiting, counts
from wugeyi.organisations import kept
from wugeyi.organisations.queries import reach_of

pytestmark = pytest.mark.django_db


def open_list(client, world, who, **query):
    client.force_login(world[who])
    return client.get(reverse("desk:list"), query)


def numbers(response) -> list[int]:
    return [row.pk for section in response.context["sections"] for row in section.rows]


def test_what_is_due_first_comes_first_under_its_heading(client, world) -> None:
    late = report(world, urgency="urgent")
    later = report(world, urgency="complex")
    response = open_list(client, world, "worker")
    assert numbers(response)[0] == late.pk
    assert set(numbers(response)) == {late.pk, later.pk}
    assert "已超期" in response.content.decode()


def test_each_sees_the_own_reach(client, world) -> None:
    case = report(world)
    for who, found in [
        ("worker", True),
        ("town_worker", True),
        ("dispatcher", True),
        ("supervisor", True),
        ("auditor", True),
        ("neighbour", False),
        ("outsider", False),
        ("department", False),
    ]:
        assert (case.pk in numbers(open_list(client, world, who))) is found, who


@pytest.mark.parametrize(
    ("who", "status"), [("postless", 403), ("administrator", 403), (None, 302)]
)
def test_who_has_no_business_here(client, world, who, status) -> None:
    if who:
        client.force_login(world[who])
    assert client.get(reverse("desk:list")).status_code == status


def test_the_tabs_hold_what_they_say(client, world) -> None:
    waiting = report(world)
    done = answered(world)
    paused = working(world)
    handling.pause(
        case=paused,
        reason="weather",
        text="连日大雨",
        by=world["worker"],
        at=world.now(),
    )
    back = working(world)
    handling.object_to(case=back, reason="不在清单", by=world["worker"], at=world.now())
    asked = working(world)
    handling.ask(
        case=asked,
        organisation=world.department,
        text="请派车",
        by=world["worker"],
        at=world.now(),
    )

    def tab(who: str, name: str) -> set[int]:
        return set(numbers(open_list(client, world, who, tab=name)))

    assert tab("worker", "work") == {waiting.pk, back.pk, asked.pk}
    assert tab("worker", "callback") == {done.pk}
    assert tab("worker", "paused") == {paused.pk}
    assert tab("worker", "objected") == set()
    assert tab("dispatcher", "objected") == {back.pk}
    assert tab("department", "asked") == {asked.pk}
    assert tab("supervisor", "all") == {
        waiting.pk,
        done.pk,
        paused.pk,
        back.pk,
        asked.pk,
    }


def test_a_number_opens_the_case(client, world) -> None:
    case = report(world)
    response = open_list(client, world, "worker", text=case.number)
    assert response.url == reverse("desk:case", args=[case.pk])
    # Not theirs to read: as if there were no such number.
    assert open_list(client, world, "neighbour", text=case.number).status_code == 200


def test_words_are_found_in_text_and_spot(client, world) -> None:
    wanted = report(world, text="东门口井盖翘起", spot="3 号楼旁")
    report(world, text="楼道灯不亮")
    assert numbers(open_list(client, world, "worker", text="井盖")) == [wanted.pk]
    assert numbers(open_list(client, world, "worker", text="3 号楼")) == [wanted.pk]


@pytest.mark.parametrize(
    "query",
    [
        {"category": "x"},
        {"category": "99999999999999999999"},
        {"after": "x"},
        {"after": "-"},
        {"after": "99999999999999999-1"},
        {"before": "1-1-1"},
        {"due": "never"},
        {"tab": "none"},
        {"below": "nobody"},
        {"first": "2026-99-99", "figure": "none"},
        {"text": "%_\\' OR 1=1"},
    ],
)
def test_a_mangled_address_narrows_nothing_and_breaks_nothing(
    client, world, query
) -> None:
    report(world)
    assert open_list(client, world, "worker", **query).status_code == 200


def test_queries_do_not_grow_with_rows(client, world) -> None:
    client.force_login(world["dispatcher"])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("desk:list"))
        return len(queries)

    report(world)
    few = asked()
    for _ in range(12):
        report(world, place=world.neighbour)
    assert asked() == few <= 12


@pytest.mark.parametrize(("who", "most"), [("worker", 5), ("dispatcher", 5)])
def test_a_page_asks_for_what_changes_only(
    client, world, settings, monkeypatch, who, most
) -> None:
    report(world)
    client.force_login(world[who])
    settings.KEPT_SECONDS = 60
    # The test's own transaction is none of the page's.
    monkeypatch.setattr(kept, "connection", SimpleNamespace(in_atomic_block=False))
    kept.forget()
    client.get(reverse("desk:list"))
    # The session, who it is, their posts, the rows, what waits.
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("desk:list"))
    kept.forget()
    assert len(queries) <= most


def test_what_waits_is_what_the_lists_hold(client, world) -> None:
    back = working(world)
    handling.object_to(case=back, reason="不在清单", by=world["worker"], at=world.now())
    asked = working(world)
    handling.ask(
        case=asked,
        organisation=world.department,
        text="请派车",
        by=world["worker"],
        at=world.now(),
    )
    late = report(world, urgency="urgent")
    Escalation.objects.create(
        case=late,
        stage=Escalation.Stage.EXPIRED,
        due_at=late.due_at,
        organisation=world.town,
        at=world.now(),
    )
    seen = set()
    for who in ("worker", "town_worker", "dispatcher", "supervisor", "department"):
        reach = reach_of(world[who], on=timezone.localdate())
        counted = counts(reach)
        leads = reach.holds(*LEADS)
        assert counted == Waiting(
            objected=desk.bounded(desk._objections(reach)),
            asked=desk.bounded(desk._asks(reach)),
            unseen=desk.bounded(desk.unseen(reach)) if leads else 0,
        ), who
        seen.add(counted)
    assert {one.objected for one in seen} == {0, 1}
    assert {one.asked for one in seen} == {0, 1}


def test_moved_units_and_due_filters(client, world) -> None:
    here = report(world, urgency="urgent")
    there = report(world, place=world.neighbour, urgency="complex")
    response = open_list(client, world, "dispatcher", below=world.community.code)
    assert numbers(response) == [here.pk]
    now = timezone.now()
    assert here.due_at < now
    assert numbers(open_list(client, world, "dispatcher", due="late")) == [
        row.pk for row in (here, there) if row.due_at < now - timedelta()
    ]
