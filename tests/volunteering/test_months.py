"""Figures and the page of a month are counted from records, and nobody is ranked."""

import re
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import World
from tests.volunteering.people import (
    NAME,
    alarm,
    asked,
    did,
    rider,
    said,
    span,
    taken,
)
from tests.volunteering.test_flashes import resolve
from wugeyi.figures.actions import recount
from wugeyi.figures.queries import Period, figures, records
from wugeyi.organisations.queries import reach_of
from wugeyi.volunteering.actions import (
    belonging,
    deeds,
    emergencies,
    helps,
    hours,
    takes,
    voices,
)
from wugeyi.volunteering.actions.writing import NEIGHBOUR, VOLUNTEER
from wugeyi.volunteering.queries import months
from wugeyi.volunteering.queries.months import Month

FOLDER = Path(deeds.__file__).parents[1]
CODES = {
    "flash_helps": 2,
    "flash_helps_done": 1,
    "flash_reports": 1,
    "flash_publicity": 3,
    "flash_leaflets": 40,
    "flash_cleanups": 1,
    "flash_emergencies": 2,
    "flash_emergencies_seen": 1,
    "flash_emergencies_5": 1,
    "volunteer_minutes": 45,
    "volunteer_check_ins": 1,
    "rider_needs": 2,
    "rider_needs_solved": 1,
}


def lived(world: World) -> None:
    """A little of everything, all on one day."""
    mine = rider(world)
    asked(world)
    row = taken(world, mine)
    takes.say_done(help=row, volunteer=mine, at=world.now())
    helps.confirm(help=row, by=NEIGHBOUR, at=world.now())
    said(world, mine, kind="report", text="井盖没了")
    solved = said(world, mine)
    said(world, None, text="想要热水")
    resolve(world, solved.case)
    voices.follow(at=world.now())
    did(world, mine, kind="publicity", text="反诈", sessions=3, pieces=40)
    did(world, mine)
    deeds.take_back(deed=did(world, mine, text="写错"), by=VOLUNTEER, at=world.now())
    seen = alarm(world)
    emergencies.notice(
        emergency=seen,
        by=world["worker"],
        at=seen.received_at + timedelta(minutes=2),
    )
    alarm(world)
    written = span(world, mine, start=world.now() - timedelta(hours=1), minutes=50)
    hours.confirm(hours=written, minutes=45, by=world["worker"], at=world.now())
    for unit in (world.community, world.neighbour):
        stood = belonging.check_in(
            client_id=uuid4(), volunteer=mine, organisation=unit, at=world.now()
        )
    belonging.check_out(row=stood, by=VOLUNTEER, at=world.now())


@pytest.fixture(scope="module")
def lived_city(city: World, django_db_blocker) -> World:
    with django_db_blocker.unblock():
        lived(city)
    return city


@pytest.fixture
def day_after(lived_city: World, db: None) -> World:
    """The city with that day behind it; each test undoes what it adds."""
    return lived_city


def test_figures_follow_what_was_done(day_after: World) -> None:
    world = day_after
    day = timezone.localdate(world.now())
    period = Period(day, day)
    for unit in (world.community, world.city):
        told = figures(list(CODES), unit, period)
        assert {code: told[code].value for code in CODES} == CODES
    _row, differing = recount(at=world.now())
    ours = [each for each in differing if each.code in CODES]
    assert not ours


def test_every_figure_opens_and_names_nobody(day_after: World) -> None:
    world = day_after
    day = timezone.localdate(world.now())
    reach = reach_of(world["worker"], on=day)
    stranger = reach_of(world["outsider"], on=day)
    client = Client()
    client.force_login(world["worker"])
    for code in CODES:
        behind = records(
            code, world.community, Period(day, day), reach=reach, today=day
        )
        assert behind.shown, code
        assert not behind.hidden
        for each in behind.shown:
            assert NAME not in each.title
            answer = client.get(each.url)
            assert answer.status_code == 200, (code, each.url)
            assert NAME not in answer.content.decode() or "/desk/" in each.url
        hidden = records(
            code, world.community, Period(day, day), reach=stranger, today=day
        )
        assert hidden.shown == []


def test_a_month_is_counted_and_public(day_after: World) -> None:
    world = day_after
    day = timezone.localdate(world.now())
    month = Month(day.year, day.month)
    found = months.report(world.county, month)
    assert (found.asked, found.solved) == (2, 1)
    assert found.flashes == {"helps": 2, "helped": 1, "publicity": 1, "cleanup": 1}
    assert (found.pieces, found.minutes, found.check_ins) == (40, 45, 1)
    assert (found.emergencies.told, found.emergencies.minutes) == (2, 2.0)
    assert months.report(world.county, month.earlier).asked == 0
    url = reverse("volunteering:month", args=[world.county.code])
    text = Client().get(url, {"m": month.text}).content.decode()
    assert "不算百分比" in text  # under ten
    assert NAME not in text
    assert "小区能不能给骑手开个侧门" not in text  # nobody published it


def test_a_month_costs_the_same_however_much_was_done(day_after: World) -> None:
    world = day_after
    day = timezone.localdate(world.now())
    counts = []
    for _each in range(2):
        with CaptureQueriesContext(connection) as queries:
            months.report(world.county, Month(day.year, day.month))
        counts.append(len(queries))
        for _more in range(5):
            said(world, None)
            alarm(world)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-02", Month(2026, 2)),
        ("2026-13", Month(2026, 3)),
        ("2026-04", Month(2026, 3)),
        ("abcd-01", Month(2026, 3)),
        ("", Month(2026, 3)),
        ("0000-01", Month(2026, 3)),
        ("2026-0٣", Month(2026, 3)),
    ],
)
def test_addresses_of_months(text: str, month: Month) -> None:
    assert Month.read(text, date(2026, 3, 18)) == month


def test_months_have_first_and_last_days() -> None:
    assert Month(2028, 2).last == date(2028, 2, 29)
    assert Month(2026, 12).later == Month(2027, 1)
    assert Month(2026, 1).earlier == Month(2025, 12)


def test_nobody_is_ranked_assigned_or_given_a_target() -> None:
    """No read sorts people by hours or counts; no field holds points or targets."""
    for path in FOLDER.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for ordered in re.findall(r"order_by\(([^)]*)\)|sorted\((.*)\)", source):
            words = " ".join(ordered)
            for word in ("minutes", "times", "people", "Count", "Sum", "hours"):
                assert word not in words, (path, words)
    from django.apps import apps

    names = {
        field.name
        for model in apps.get_app_config("volunteering").get_models()
        for field in model._meta.get_fields()
    }
    for word in ("points", "score", "rank", "target", "quota", "assigned", "level"):
        assert not {name for name in names if word in name}


def test_no_page_lists_volunteers_by_how_much_they_did(world: World) -> None:
    """Who did more is not nearer the top, on any page that shows more than one."""
    few, many = rider(world, name="甲少"), rider(world, name="乙多")
    from tests.volunteering.people import team

    group = team(world)
    for who in (few, many):
        who.public = True
        who.save()
        belonging.join(team=group, volunteer=who, at=world.now())
    start = world.now() - timedelta(hours=30)
    for hour in range(4):
        span(world, many, start=start + timedelta(hours=2 * hour))
    span(world, few, start=start)
    worker = Client()
    worker.force_login(world["worker"])
    code = world.community.code
    public = Client().get(reverse("volunteering:place", args=[code])).content.decode()
    assert public.index("甲少") < public.index("乙多")
    for name in ("desk-hours", "desk-teams", "desk-unit", "desk-deeds"):
        text = worker.get(reverse(f"volunteering:{name}", args=[code])).content.decode()
        assert "甲少" not in text
        assert "乙多" not in text
