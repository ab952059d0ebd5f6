from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.casework.desk.test_list import numbers
from tests.casework.world import report, resolved, working
from wugeyi.casework.actions import handling, tables
from wugeyi.casework.actions.counting import count_due
from wugeyi.casework.actions.escalating import escalate
from wugeyi.casework.models import (
    CalendarDay,
    Case,
    Category,
    DeadlineRule,
    DutyList,
    Escalation,
    Responsibility,
    Retention,
)
from wugeyi.casework.queries import rates, supervision
from wugeyi.figures.actions import backfill, fold, settle
from wugeyi.organisations.actions import move
from wugeyi.organisations.actions.tree import lock_tree
from wugeyi.organisations.models import Organisation, Placement

pytestmark = pytest.mark.django_db


def open_page(client, world, who="supervisor", **query):
    client.force_login(world[who])
    return client.get(reverse("desk:supervision"), query)


def test_every_number_opens_onto_so_many_cases(client, world) -> None:
    now = timezone.now()
    report(world)
    late = working(world)
    Case.objects.exclude(pk=late.pk).update(due_at=now + timedelta(minutes=1))
    Case.objects.filter(pk=late.pk).update(reopened=1)
    paused = working(world, place=world.neighbour)
    paused = Case.objects.get(pk=paused.pk)
    handling.pause(
        case=paused, reason="weather", text="雨", by=world["worker"], at=world.now()
    )
    back = working(world)
    handling.object_to(case=back, reason="不在清单", by=world["worker"], at=world.now())
    for query in ({}, {"unit": world.town.code}):
        page = open_page(client, world, **query)
        cells = list(page.context["whole"])
        for _unit, more in page.context["units"]:
            cells += more
        assert any(cell.value for cell in cells)
        for cell in cells:
            assert len(numbers(client.get(cell.url))) == cell.value, cell


@pytest.mark.parametrize("ticked", [False, True])
def test_rates_open_onto_their_cases(client, world, ticked) -> None:
    for _ in range(2):
        resolved(world)
    Case.objects.update(registered_on=timezone.localdate())
    if ticked:
        settle(at=world.now())
        # Of a moment: what comes due after it is added by the page.
        count_due(at=world.now())
        backfill(at=world.now(), source="cases")
    page = open_page(client, world)
    for rate in page.context["rates"]:
        assert len(numbers(client.get(rate.part_url))) == rate.part
        assert len(numbers(client.get(rate.whole_url))) == rate.whole
    assert page.context["rates"][1].part == 2
    for cell in page.context["counts"]:
        assert len(numbers(client.get(cell.url))) == cell.value


def test_rates_from_figures_are_those_of_the_cases(world) -> None:
    at = world.now()
    settle(at=at)
    count_due(at=at)
    resolved(world)
    waiting = [report(world) for _ in range(3)]
    report(world, place=world.neighbour)
    working(world)
    later = waiting[0].contact_due_at + timedelta(minutes=1)
    period = rates.Period(at.date() - timedelta(days=40), at.date())

    def same(now) -> int:
        for unit in (world.city, world.town, world.community):
            found = supervision.counted(unit, period, now=now)
            right = rates.rates(rates.below(unit), period, now=now)
            assert dict(found.counts) == {
                count: right[count] for count in supervision.FIGURES.values()
            }
        return found[rates.Figure.CONTACT_DUE]

    before = same(world.now())
    assert same(later) > before
    # Somebody looks at a case whose term passed; then the worker does.
    handling.accept(case=waiting[0], by=world["worker"], at=later)
    after = same(later)
    count_due(at=later)
    assert same(later) == after
    fold(at=later)
    assert same(later) == after


def test_what_moved_lately_is_counted_where_it_stands(world) -> None:
    at = world.now()
    # The world is planted without the register's acts.
    view = lock_tree()
    Placement.objects.bulk_create(
        Placement(organisation=each, view=view, path=each.path)
        for each in Organisation.objects.all()
    )
    settle(at=at)
    count_due(at=at)
    report(world)
    fold(at=at)
    move(
        organisation=world.community,
        to=world.other_county,
        on=at.date(),
        by=None,
        at=at,
    )
    period = rates.Period(at.date() - timedelta(days=40), at.date())
    for unit in (world.county, world.other_county):
        unit.refresh_from_db()
        found = supervision.counted(unit, period, now=at)
        right = rates.rates(rates.below(unit), period, now=at)
        assert found[rates.Figure.REGISTERED] == right[rates.Figure.REGISTERED]


def test_rates_cost_as_much_for_many_cases(world) -> None:
    at = world.now()
    settle(at=at)
    count_due(at=at)
    fold(at=at)
    period = rates.Period(at.date() - timedelta(days=40), at.date())

    def ask() -> int:
        with CaptureQueriesContext(connection) as context:
            supervision.counted(world.town, period, now=at)
        return len(context)

    report(world)
    before = ask()
    for _ in range(6):
        report(world)
    assert ask() == before
    assert not any("COUNT(CASE" in each["sql"] for each in context_of(world, period))


def context_of(world, period):
    with CaptureQueriesContext(connection) as context:
        supervision.counted(world.town, period, now=world.now())
    return list(context)


def test_patterns_open_onto_their_cases(client, world) -> None:
    for _ in range(3):
        report(world)
    Case.objects.update(registered_on=timezone.localdate())
    page = open_page(client, world)
    [(pattern, url)] = page.context["patterns"]
    assert len(numbers(client.get(url))) == pattern.count == 3


def test_units_stand_in_the_order_of_the_register(client, world) -> None:
    report(world, place=world.neighbour)
    page = open_page(client, world, unit=world.town.code)
    assert [unit for unit, _cells in page.context["units"]] == [
        world.community,
        world.neighbour,
    ]


def test_escalations_are_shown_until_read(client, world) -> None:
    report(world, urgency="urgent")
    escalate(at=world.now() + timedelta(days=20))
    told = Escalation.objects.get()
    assert told.organisation == world.county
    page = open_page(client, world)
    assert [each.pk for each in page.context["escalations"]] == [told.pk]
    address = reverse("desk:escalation-seen", args=[told.pk])
    client.force_login(world["outsider"])
    assert client.post(address).status_code == 404
    client.force_login(world["supervisor"])
    client.post(address)
    told.refresh_from_db()
    assert told.seen_by == world["supervisor"]
    assert open_page(client, world).context["escalations"] == []


def test_stuck_means_nobody_did_anything_for_a_week(client, world) -> None:
    stuck = report(world)
    fresh = report(world)
    Case.objects.update(registered_at=timezone.now() - timedelta(days=30))
    handling.accept(case=fresh, by=world["worker"], at=timezone.now())
    page = open_page(client, world)
    assert [case.pk for case in page.context["stuck"]] == [stuck.pk]
    assert numbers(client.get(page.context["stuck_url"])) == [stuck.pk]


def test_a_unit_elsewhere_is_not_shown(client, world) -> None:
    page = open_page(client, world, unit=world.other_county.code)
    assert page.context["root"] == world.county


@pytest.mark.parametrize("who", ["worker", "department", "administrator"])
def test_who_does_not_supervise(client, world, who) -> None:
    assert open_page(client, world, who).status_code == 403


def test_tables_are_read_by_all_and_changed_by_administrators(client, world) -> None:
    client.force_login(world["worker"])
    for name in ("categories", "duties", "deadlines", "days", "retention"):
        assert client.get(reverse(f"desk:tables-{name}")).status_code == 200
    assert client.post(reverse("desk:tables-days"), {}).status_code == 403
    assert client.post(reverse("desk:tables-deadlines"), {}).status_code == 403
    assert client.get(reverse("desk:new-category")).status_code == 403


def test_a_new_duty_list_ends_the_old_one(client, world) -> None:
    client.force_login(world["administrator"])
    old = DutyList.objects.get(kind="community")
    keep = Category.objects.get(code="rubbish")
    tomorrow = timezone.localdate() + timedelta(days=1)
    client.post(
        reverse("desk:duty-list", args=["community"]),
        {
            "kind": "community",
            "categories": [keep.pk],
            "valid_from": tomorrow.isoformat(),
            "source": "某市职责清单 2026 版",
            "verified": "on",
        },
    )
    old.refresh_from_db()
    new = DutyList.objects.get(kind="community", version=2)
    assert old.valid_to == new.valid_from == tomorrow
    assert [duty.category for duty in new.duties.all()] == [keep]


def test_a_new_deadline_rule_ends_the_one_it_replaces(client, world) -> None:
    client.force_login(world["administrator"])
    old = DeadlineRule.objects.get(urgency="timely", category=None, kind="")
    day = timezone.localdate() + timedelta(days=1)
    values = {
        "urgency": "timely",
        "category": "",
        "kind": "",
        "contact_amount": 1,
        "contact_unit": "hours",
        "answer_amount": 12,
        "answer_unit": "hours",
        "valid_from": day.isoformat(),
        "source": "某市办法第 9 条",
    }
    wrong = client.post(reverse("desk:tables-deadlines"), {**values, "source": ""})
    assert wrong.status_code == 422
    client.post(reverse("desk:tables-deadlines"), values)
    old.refresh_from_db()
    assert old.valid_to == day
    assert DeadlineRule.objects.filter(urgency="timely", valid_to=None).count() == 1


def test_days_of_one_place_and_retention(client, world) -> None:
    client.force_login(world["administrator"])
    client.post(
        reverse("desk:tables-days"),
        {
            "day": "2027-04-18",
            "working": "no",
            "name": "三月三",
            "to": world.county.code,
            "source": "县政府通知",
        },
    )
    row = CalendarDay.objects.get(name="三月三")
    assert row.organisation == world.county
    client.post(reverse("desk:drop-day", args=[row.pk]))
    assert not CalendarDay.objects.filter(pk=row.pk).exists()
    kept = Retention.objects.get(field="reporter")
    client.post(
        reverse("desk:kept", args=["reporter"]), {"days": 90, "basis": "内部规定"}
    )
    kept.refresh_from_db()
    assert kept.days == 90


def test_a_departments_duties(client, world) -> None:
    client.force_login(world["administrator"])
    noise = Category.objects.get(code="noise")
    client.post(
        reverse("desk:responsibility"),
        {
            "to": world.department.code,
            "category": noise.pk,
            "valid_from": "2026-01-01",
        },
    )
    row = Responsibility.objects.get(category=noise)
    client.post(reverse("desk:end-responsibility", args=[row.pk]))
    row.refresh_from_db()
    assert row.valid_to == timezone.localdate()


def test_a_category_is_added_and_changed(client, world) -> None:
    client.force_login(world["administrator"])
    values = {
        "code": "drones",
        "name": "无人机",
        "name_en": "Drones",
        "parent": Category.objects.get(code="safety").pk,
        "keywords": "无人机 航拍",
        "active": "on",
    }
    client.post(reverse("desk:new-category"), values)
    row = Category.objects.get(code="drones")
    assert not row.public
    twice = client.post(reverse("desk:new-category"), values)
    assert twice.status_code == 422
    client.post(reverse("desk:category", args=[row.pk]), {**values, "name": "飞行器"})
    row.refresh_from_db()
    assert row.name == "飞行器"


def test_table_acts_need_a_transaction_and_leave_an_event(world) -> None:
    from wugeyi.audit.models import AuditEvent

    before = AuditEvent.objects.count()
    tables.change_retention(
        row=Retention.objects.get(field="text"),
        days=10,
        basis="试",
        verified=False,
        by=world["administrator"],
        at=world.now(),
    )
    assert AuditEvent.objects.count() == before + 1
