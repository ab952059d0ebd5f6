"""Ids of somebody else's line, under one's own: found nowhere, taken by nothing.

The community's worker runs a line of the community's own, as whole as the town's, and
asks with the town's ids. Pages only show; every form needs its token.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.buslines.line import BusLine, build
from tests.buslines.timetable import call, draft, drawn_up, planned
from tests.casework.world import World
from tests.casework.world import build as build_world
from tests.permissions.setups_buslines import SETUPS, Stage, stage
from tests.permissions.test_matrix import ROWS, of_lines
from wugeyi.audit.models import AuditEvent
from wugeyi.branchwork.actions.dictionaries import install_dictionaries
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.models import Decision, Topic
from wugeyi.buslines.actions import editions, running
from wugeyi.buslines.models import Edition, FareTable, Line, Plan, Run, Trip
from wugeyi.buslines.urls import urlpatterns
from wugeyi.imports.models import Batch
from wugeyi.jobs.models import Work

TURNED_AWAY = {403, 404, 422}


class Two(NamedTuple):
    """The town's line and the community's."""

    theirs: Stage
    own: BusLine
    plan: Plan
    draft: Edition

    @property
    def world(self) -> World:
        """The city both are in."""
        return self.own.world


@pytest.fixture(scope="module")
def lines(django_db_setup, django_db_blocker) -> Iterator[Two]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        theirs, own = build(world), build(world)
        Line.objects.filter(pk=own.line.pk).update(organisation=world.community)
        own.line.refresh_from_db()
        yield Two(stage(theirs), own, planned(own), drawn_up(own))
        transaction.set_rollback(True)


@pytest.fixture
def two(lines: Two, db: None) -> Two:
    return lines


def client(two: Two, who: str = "worker", **more: Any) -> Client:
    made = Client(**more)
    made.force_login(two.world[who])
    return made


def written() -> dict[str, int]:
    """How many rows there are of everything a line may write."""
    models = [AuditEvent, Batch, Work, *apps.get_app_config("buslines").get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def address(name: str, *args: Any) -> str:
    return reverse(f"buslines:{name}", args=args)


def under_own_line(two: Two) -> list[str]:
    """Every address with a line and something of it, the second the town's."""
    own, theirs, bus = two.own.line.pk, two.theirs, two.theirs.bus
    rows = {
        "stops": bus.spots["v1"],
        "demand": bus.demands["r1"],
        "vehicles": bus.vehicles["large"],
        "drivers": bus.drivers["a"],
        "fares": FareTable.objects.filter(line=bus.line).earliest("pk"),
    }
    records = [
        address(name, own, kind, row.pk)
        for kind, row in rows.items()
        for name in ("record-edit", "record-end")
    ]
    neighbours = bus.demands["r4"].pk
    community = two.world.community.code
    return [
        *records,
        address("driver-away", own, theirs.absence.driver_id),
        address("import-batch", own, theirs.tables.pk),
        # A batch of tables is no feed, of one's own line neither.
        address("feed", own, theirs.feed.pk),
        address("feed", bus.line.pk, theirs.tables.pk),
        address("village-edit", community, neighbours),
        address("village-end", community, neighbours),
        address("village-demand", two.world.neighbour.code),
        address("public-stop", two.own.line.code, bus.spots["v1"].pk),
        address("book", two.own.line.code, call(theirs.edition, "v1").pk),
    ]


def test_nothing_of_theirs_is_found_under_ones_own(two: Two) -> None:
    asked = client(two)
    before = written()
    for each in under_own_line(two):
        assert asked.get(each).status_code in TURNED_AWAY, each
        for act in ("accept", "discard"):
            body = {"act": act, "on": timezone.localdate().isoformat()}
            # What only shows answers 405 to any post.
            assert asked.post(each, body).status_code in TURNED_AWAY | {405}, each
    assert written() == before


def test_their_days_off_stay(two: Two) -> None:
    own = two.own.line.pk
    gone = two.theirs.absence
    before = written()
    for driver in (gone.driver_id, two.own.drivers["a"].pk):
        client(two).post(address("driver-back", own, driver, gone.pk))
    assert written() == before


def test_a_code_of_both_leads_to_ones_own(two: Two) -> None:
    found = client(two).get(address("record-of", two.own.line.pk, "demand", "r1"))
    own = two.own.demands["r1"].pk
    assert found.url == address("record-edit", two.own.line.pk, "demand", own)


def test_their_scenarios_are_not_compared(two: Two) -> None:
    scenario = two.theirs.plan.scenario_id
    asked = {"with": [scenario, two.plan.scenario_id]}
    page = client(two).get(address("compare", two.own.line.pk), asked)
    assert len(page.context["columns"]) == 1


def test_their_timetables_are_not_handed_out(two: Two) -> None:
    number = {"edition": two.draft.number}
    Line.objects.filter(pk=two.own.line.pk).update(opened_on=timezone.localdate())
    asked = address("public-xlsx", two.own.line.code)
    kept = client(two).get(asked, number)
    assert kept.status_code == 200
    # A shared cache would hand it to anybody.
    assert kept.headers["Cache-Control"] == "no-store"
    assert client(two, "outsider").get(asked, number).status_code == 404
    assert Client().get(asked, number).status_code == 404


# Bodies: what is sent is whole with one's own id, and refused with theirs.


def decision(two: Two, unit: Any, who: str) -> Decision:
    install_dictionaries(by=None, at=two.world.now())
    return add(
        model=Decision,
        organisation=unit,
        values={
            "topic": Topic.objects.get(code="public-works"),
            "held_on": timezone.localdate(),
            "matter": "新开一班车",
        },
        by=two.world[who],
        at=two.world.now(),
    ).row


def fares(line: Line) -> FareTable:
    return FareTable.objects.filter(line=line).earliest("pk")


class Sent(NamedTuple):
    """Where a form goes, what it says, and ids to put in its place, one at a time."""

    to: str
    body: dict[str, Any]
    theirs: dict[str, int]


def _demand(two: Two) -> Sent:
    spots, others = two.own.spots, two.theirs.bus.spots
    body = {
        "code": "neu",
        "home": "0",
        "stop": spots["v1"].pk,
        "market": spots["m1"].pk,
        "persons": "1",
        "baskets": "0",
        "earliest_minute": "6:00",
        "latest_minute": "6:30",
        "source": "visit",
        "on": timezone.localdate().isoformat(),
    }
    theirs = {"stop": others["v1"].pk, "market": others["m1"].pk}
    return Sent(address("record-new", two.own.line.pk, "demand"), body, theirs)


def _demand_edit(two: Two) -> Sent:
    made = _demand(two)
    row = two.own.demands["r2"].pk
    return made._replace(to=address("record-edit", two.own.line.pk, "demand", row))


def _vehicle(two: Two) -> Sent:
    body = {
        "code": "neu",
        "depot": two.own.spots["d0"].pk,
        "count": "1",
        "seats": "20",
        "basket_places": "10",
        "length_cm": "7",
        "cost_fen_per_km": "2.6",
        "fixed_fen": "60",
        "on": timezone.localdate().isoformat(),
    }
    theirs = {"depot": two.theirs.bus.spots["d0"].pk}
    return Sent(address("record-new", two.own.line.pk, "vehicles"), body, theirs)


def _scenario(two: Two) -> Sent:
    body = {
        "client_id": uuid4(),
        "name": "另一套票价",
        "on": timezone.localdate().isoformat(),
        "fares": fares(two.own.line).pk,
    }
    theirs = {"fares": fares(two.theirs.line).pk}
    return Sent(address("scenario-new", two.own.line.pk), body, theirs)


def _draft(two: Two) -> Sent:
    body = {
        "valid_from": (timezone.localdate() + timedelta(days=20)).isoformat(),
        "weekdays": ["1", "2"],
        "fares": fares(two.own.line).pk,
        "announcement": "改时刻表",
    }
    theirs = {"fares": fares(two.theirs.line).pk}
    return Sent(address("publish", two.plan.pk), body, theirs)


def _edition(two: Two) -> Sent:
    return _draft(two)._replace(to=address("edition-change", two.draft.pk))


def _notice(two: Two) -> Sent:
    own = decision(two, two.world.community, "secretary")
    other = decision(two, two.world.neighbour, "neighbour")
    body = {"noticed_on": "2026-03-20", "decision": own.pk}
    return Sent(address("edition-notice", two.draft.pk), body, {"decision": other.pk})


def _suggestion(two: Two) -> Sent:
    body = {
        "client_id": uuid4(),
        "text": "早十分钟",
        "kind": "residents",
        "made_on": timezone.localdate().isoformat(),
        "spot": two.own.spots["v1"].pk,
    }
    theirs = {"spot": two.theirs.bus.spots["v1"].pk}
    return Sent(address("suggestions", two.own.line.pk), body, theirs)


def _village(two: Two) -> Sent:
    """Of the town's line the community asks for its own stop only."""
    spots = two.theirs.bus.spots
    body = {
        "persons": "1",
        "baskets": "0",
        "stop": spots["v1"].pk,
        "market": spots["m1"].pk,
        "latest_minute": "6:30",
        "source": "visit",
    }
    theirs = {"stop": spots["v4"].pk, "market": two.own.spots["m1"].pk}
    return Sent(address("village-demand", two.world.community.code), body, theirs)


def _villager(two: Two) -> Sent:
    made = _demand(two)
    spots = two.theirs.bus.spots
    row = two.theirs.bus.demands["r1"].pk
    return Sent(
        address("village-edit", two.world.community.code, row),
        made.body | {"stop": spots["v1"].pk, "market": spots["m1"].pk},
        {"stop": spots["v4"].pk, "market": two.own.spots["m1"].pk},
    )


@pytest.mark.parametrize(
    "make",
    [
        _demand,
        _demand_edit,
        _vehicle,
        _scenario,
        _draft,
        _edition,
        _notice,
        _suggestion,
        _village,
        _villager,
    ],
)
def test_their_ids_are_taken_by_no_form(two: Two, make: Any) -> None:
    sent = make(two)
    asked = client(two)
    before = written()
    for field, key in sent.theirs.items():
        answer = asked.post(sent.to, sent.body | {field: key})
        assert answer.status_code == 422, field
        assert field in answer.context["form"].errors
    assert written() == before
    good = asked.post(sent.to, sent.body)
    assert good.status_code == 302, good.context["form"].errors
    assert written() != before


def test_a_finding_is_at_places_of_its_own_line(two: Two) -> None:
    to = address("survey", two.theirs.survey.pk)
    body = {"client_id": uuid4(), "what": "road", "text": "塌了"}
    own, other = two.theirs.bus.spots, two.own.spots
    asked = client(two, "town_worker")
    before = written()
    assert asked.post(to, body | {"spot": other["v1"].pk}).status_code == 422
    both = {"spot": own["v1"].pk, "to_spot": other["v2"].pk}
    assert asked.post(to, body | both).status_code == 422
    assert written() == before
    assert asked.post(to, body | {"spot": own["v1"].pk}).status_code == 302


def test_a_scenario_has_no_buses_of_theirs(two: Two) -> None:
    sent = _scenario(two)
    bus = two.theirs.bus.vehicles["large"].pk
    client(two).post(sent.to, sent.body | {f"fleet-{bus}": "9"})
    made = two.own.line.scenarios.latest("pk")
    assert made.name == "另一套票价"
    assert not made.fleet.exists()


def test_acts_by_hand_reach_no_other_plan(two: Two) -> None:
    """Codes name what is in the plan itself; whoever asks for another's is told."""
    asked = client(two)
    before = written()
    to = address("try", two.theirs.plan.pk)
    assert asked.get(to, {"do": "move:large:1:0:380"}).status_code == 404
    save = address("try-save", two.theirs.plan.pk)
    assert asked.post(save, {"do": "move:large:1:0:380"}).status_code == 404
    assert written() == before


def test_what_was_sent_by_others_is_not_shown_for_its_id(two: Two) -> None:
    """The id of a form sent twice opens nothing of another line."""
    asked = client(two)
    before = written()
    scenario = _scenario(two)
    body = scenario.body | {"client_id": two.theirs.plan.scenario.client_id}
    answer = asked.post(scenario.to, body)
    assert written() == before
    assert asked.get(answer.url).status_code == 404


# Drivers


def test_a_driver_drives_no_other_line(two: Two) -> None:
    today = timezone.localdate()
    valid = timezone.localdate() + timedelta(days=1)
    other = editions.draw_up(
        plan=two.plan,
        draft=draft(two.own, valid_from=today),
        by=two.own.by,
        at=two.world.now(),
    )
    editions.publish(edition=other, urgent="试", by=two.own.by, at=two.world.now())
    trip = Trip.objects.filter(edition=other).earliest("number")
    asked = client(two, "postless")
    before = written()
    for day in (today, valid):
        to = address("drive-trip", trip.pk, day.isoformat())
        assert asked.get(to).status_code == 403
        for act in ("start", "board", "end", "cancel"):
            body = {"act": act, "reason": "坏了"}
            assert asked.post(to, body).status_code == 403
    assert written() == before


def test_a_count_is_of_a_call_of_its_own_trip(two: Two) -> None:
    first, other = two.theirs.edition.trips.order_by("number")[:2]
    today = timezone.localdate()
    running.start(trip=first, on=today, by=two.theirs.bus.by, at=timezone.now())
    to = address("drive-trip", first.pk, today.isoformat())
    asked = client(two, "postless")
    before = written()
    for key in (other.calls.earliest("pk").pk, 0, "x"):
        body = {"act": "board", "call": key, "client_id": uuid4(), "without": "1"}
        assert asked.post(to, body).status_code == 422
    assert written() == before
    own = first.calls.earliest("pk").pk
    body = {"act": "board", "call": own, "client_id": uuid4(), "without": "1"}
    assert asked.post(to, body).status_code == 302


def test_a_count_of_long_ago_is_not_changed(two: Two) -> None:
    trip = two.theirs.edition.trips.earliest("number")
    today = timezone.localdate()
    run = running.start(trip=trip, on=today, by=two.theirs.bus.by, at=timezone.now())
    long_ago = today - timedelta(days=30)
    Run.objects.filter(pk=run.pk).update(on=long_ago)
    own = trip.calls.earliest("pk").pk
    to = address("drive-trip", trip.pk, long_ago.isoformat())
    body = {"act": "board", "call": own, "client_id": uuid4(), "without": "1"}
    answer = client(two, "postless").post(to, body)
    assert answer.status_code == 409
    assert "太久" in answer.context["refusal"]


def test_whoever_drives_no_longer_writes_nothing(two: Two) -> None:
    today = timezone.localdate()
    driver = two.theirs.absence.driver
    type(driver).objects.filter(pk=driver.pk).update(valid_until=today)
    trip = two.theirs.edition.trips.earliest("number")
    to = address("drive-trip", trip.pk, today.isoformat())
    assert client(two, "postless").get(to).status_code == 403
    assert client(two, "postless").post(to, {"act": "start"}).status_code == 403


# Every page


def gets() -> list[Any]:
    return [row for row in ROWS if of_lines(row) and row.method == "GET"]


def test_looking_writes_nothing(two: Two) -> None:
    """Neither rows nor, but for whether somebody is new here, any statement."""
    asked = client(two, "town_worker")
    asked.get(address("list"))
    for row in gets():
        kwargs, data = SETUPS[row.setup](two.theirs)
        with CaptureQueriesContext(connection) as caught:
            asked.get(reverse(row.view, kwargs=kwargs), data)
        wrote = [
            each["sql"]
            for each in caught
            if each["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}
            # How often an address asks, and what a session has still to say.
            and "throttle" not in each["sql"].lower()
            and "session" not in each["sql"]
        ]
        assert wrote == [], row


OPEN_TO_ALL = {"book", "booking"}


def test_every_form_needs_its_token(two: Two) -> None:
    """But for two: a grower whose browser refuses cookies must be able to ride."""
    asked = client(two, "town_worker", enforce_csrf_checks=True)
    setups = {row.view: row.setup for row in ROWS}
    before = written()
    for pattern in urlpatterns:
        view = f"buslines:{pattern.name}"
        kwargs, data = SETUPS[setups[view]](two.theirs)
        if pattern.name in OPEN_TO_ALL:
            continue
        answer = asked.post(reverse(view, kwargs=kwargs), data)
        assert answer.status_code == 403, view
    assert written() == before


def test_whoever_only_reads_sees_how_far_a_plan_is_and_stops_nothing(two: Two) -> None:
    waiting = two.theirs.other.plans.get()
    page = address("plan", waiting.pk)
    shown = client(two, "supervisor").get(page).text
    assert reverse("jobs:work", args=[two.theirs.work.pk]) in shown
    stop = reverse("jobs:cancel", args=[two.theirs.work.pk])
    assert stop not in shown
    assert stop in client(two, "town_worker").get(page).text
