"""The figures of the window, counted by hand beside them."""

from datetime import date, timedelta

from django.urls import reverse

from tests.casework.world import hire
from tests.talents.people import came, card, kind
from wugeyi.casework.actions import handling
from wugeyi.figures.queries.figures import figures
from wugeyi.figures.queries.parts import parts
from wugeyi.figures.queries.records import records
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.queries import reach_of
from wugeyi.organisations.rules import Role
from wugeyi.services.actions import following, queue
from wugeyi.services.rules.trips import Result
from wugeyi.services.views.statistics import CODES, Average
from wugeyi.talents import actions as talents
from wugeyi.talents.models import TalentCard

YEAR = Period.year(2026)


def values(unit, period=YEAR) -> dict:
    return {code: each.value for code, each in figures(CODES, unit, period).items()}


def test_nothing_on_record_is_not_zero(desk) -> None:
    found = values(desk.world.neighbour)
    assert set(found.values()) == {None}


def test_every_figure_of_a_window(desk) -> None:
    world = desk.world
    by = world["worker"]
    start = world.now()
    ticket, leaver = desk.ticket(start), desk.ticket(start)
    queue.serve(visit=ticket, by=by, at=start + timedelta(minutes=4))
    desk.first(Result.DONE, desk.card, desk.photo, visit=ticket)
    queue.leave(visit=leaver, by=by, at=start + timedelta(minutes=5))
    told = desk.first(Result.TOLD, desk.card)
    desk.next(told, Result.TOLD, desk.card, desk.photo, extra="证明")
    other = desk.first(Result.TOLD)
    again = desk.next(other, Result.DONE, desk.card, desk.photo)
    found = values(desk.unit)
    assert found["service_visits"] == 5
    assert found["service_left"] == 1
    assert (found["service_waited"], found["service_waiting_seconds"]) == (1, 240)
    assert found["service_matters"] == 3
    assert found["service_matters_done"] == 2
    assert found["service_matters_on_the_spot"] == 1
    assert found["service_trips_of_done"] == 3
    assert found["services_offered"] == 1
    shares = figures(CODES, desk.unit, YEAR)
    first_time = shares["service_first_time_share"]
    assert (first_time.numerator, first_time.denominator) == (1, 2)
    assert first_time.percent is None
    at_once = shares["service_told_at_once_share"]
    assert (at_once.numerator, at_once.denominator) == (1, 2)
    trips = Average(shares["service_trips_of_done"], shares["service_matters_done"])
    assert trips.value == 1.5
    # Coming once more for the result is a trip too.
    desk.next(again, Result.ASKED)
    assert values(desk.unit)["service_trips_of_done"] == 4
    # The same upwards, and nothing beside.
    assert values(world.city)["service_visits"] == 6
    assert values(world.other_county)["service_visits"] is None


def test_late_matters_stand_where_they_got_stuck(desk) -> None:
    visit = desk.first(Result.ACCEPTED, desk.card, desk.photo)
    late = visit.finished_at + timedelta(days=9)
    following.follow_changed(at=late)
    assert values(desk.unit)["service_matters_late"] == 1
    found = parts("service_matters_late", desk.unit, YEAR)
    assert [(p.dimension, p.records) for p in found] == [
        (desk.world.department.code, 1)
    ]
    world = desk.world
    case = handling.accept(case=visit.matter.case, by=world["department"], at=late)
    handling.answer(case=case, text="好了", by=world["department"], at=late)
    following.follow_changed(at=late)
    found = values(desk.unit)
    assert (found["service_matters_late"], found["service_matters_done"]) == (1, 1)


def test_the_page_draws_the_bars_and_opens_the_figures(client, desk) -> None:
    visit = desk.first(Result.ACCEPTED, desk.card, desk.photo)
    following.follow_changed(at=visit.finished_at + timedelta(days=9))
    client.force_login(hire("reader", Role.DISPATCHER, desk.world.other_county))
    url = reverse("services:statistics", args=[desk.unit.code])
    page = client.get(url).content.decode()
    assert '<rect width="100"' in page
    assert desk.world.department.name in page
    assert reverse("figures:open", args=["service_visits", desk.unit.code]) in page


def test_records_open_within_reach_only(desk) -> None:
    world = desk.world
    desk.first(Result.TOLD)
    today = date(2026, 3, 18)
    for who, opened in (("worker", 1), ("neighbour", 0)):
        reach = reach_of(world[who], on=today)
        page = records("service_matters", desk.unit, YEAR, reach=reach, today=today)
        assert (len(page.shown), page.hidden) == (opened, 1 - opened), who


def test_talents_by_kind_stand_on_the_last_day(desk) -> None:
    world = desk.world
    talents.install_defaults(by=None, at=world.now())
    came(world, 5)
    came(world, 4, kind=kind("stay"))
    came(world, 2, change="left", on=date(2026, 3, 10))
    wrong = came(world, 90)
    talents.take_back(row=wrong, by=None, at=world.now())
    codes = ("talents", "talents_came", "talents_left", "talent_cards")
    found = figures(codes, world.county, YEAR)
    assert [found[c].value for c in codes] == [7, 9, 2, None]
    before = figures(codes, world.county, Period(date(2026, 1, 1), date(2026, 3, 9)))
    assert before["talents"].value == 9
    split = {p.dimension: p.value for p in parts("talents", world.county, YEAR)}
    assert split == {"return": 3, "stay": 4}
    made = card(world)
    card(world)
    at = world.now()
    talents.withdraw(card=made, end=TalentCard.End.STAFF, by=None, at=at)
    assert figures(codes, world.county, YEAR)["talent_cards"].value == 1
    assert figures(codes, world.county, YEAR)["talents"].value == 7
