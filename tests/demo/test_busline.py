"""The demo's line: what the article tells of it comes out of the inputs by planning."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from tests.casework.world import hire
from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.models import (
    Boarding,
    Booking,
    Edition,
    Line,
    LineSuggestion,
    Plan,
    Roster,
    Run,
    Spot,
    SurveyFinding,
)
from wugeyi.buslines.queries.editions import in_force
from wugeyi.buslines.queries.surveys import suggested, tally
from wugeyi.casework.actions.setup import install_defaults
from wugeyi.demo.busline import days, facts, line, units
from wugeyi.demo.busline.texts import CASES
from wugeyi.demo.city import CITY
from wugeyi.engines.lineplanning.archive import case_from_json
from wugeyi.figures.queries import Period, figures
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import perform
from wugeyi.organisations.actions.guiyang import load_guiyang
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role

UNTIL = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker) -> Iterator[Line]:
    """The line with three days driven, made once for the module."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(days, "DAYS", 3)
        begun = UNTIL - timedelta(days=400)
        load_guiyang(by=None, at=begun)
        install_defaults(valid_from=begun.date(), by=None, at=begun)
        city = Organisation.objects.get(code=CITY)
        company = units.build(parent=city, on=begun.date(), at=begun)
        hire(line.PLANNER, Role.WORKER, company)
        village = Organisation.objects.get(code=line.VILLAGE)
        hire("village", Role.WORKER, village)
        hire("dispatcher", Role.DISPATCHER, city)
        work = line.plan(at=UNTIL)
        assert work is not None
        assert perform(work).state == Work.State.DONE
        yield Line.objects.get()
        transaction.set_rollback(True)


@pytest.fixture
def made(once: Line, db: None) -> Line:
    return once


def test_begun_again_it_is_made_once(made: Line) -> None:
    counted = (Plan.objects.count(), Edition.objects.count(), Boarding.objects.count())
    again = line.plan(at=UNTIL)
    assert again is not None
    assert perform(again).state == Work.State.DONE
    assert counted == (
        Plan.objects.count(),
        Edition.objects.count(),
        Boarding.objects.count(),
    )
    assert made.invented
    assert "虚构" in made.name


def test_of_thirty_five_stops_six_are_served_in_forty_minutes(made: Line) -> None:
    assert Spot.objects.filter(kind=Spot.Kind.STOP).count() == 35
    edition = in_force(made, TODAY)
    assert edition is not None
    out = list(edition.trips.filter(home=False))
    assert [trip.market_minute for trip in out] == [6 * 60 + 40, 7 * 60]
    stops = {call.stop_id for trip in out for call in trip.calls.all()}
    assert len(stops) == 6
    for trip in out:
        first = trip.calls.order_by("position").first()
        assert trip.market_minute - first.arrive_minute == 40
    # The regular service takes seventy, by its timetable on record.
    departures = case_from_json(edition.plan.inputs).departures
    head = {
        each.minute for each in departures if (each.place, each.line) == ("S01", "252")
    }
    last = {
        each.minute for each in departures if (each.place, each.line) == ("S35", "252")
    }
    assert min(last) - min(head) == round(70 * 34 / 35)


def test_the_plan_is_proven_sound_and_explained(made: Line) -> None:
    best = Plan.objects.get(scenario__name="停六站")
    assert best.proven
    assert not best.breaches
    assert best.persons > 90
    assert not best.left_out.filter(reason__isnull=True).exists()
    assert best.left_out.count() == best.requests_left > 0
    four = Plan.objects.get(scenario__name="停四站")
    assert (four.persons, four.value_fen) < (best.persons, best.value_fen)
    # The same inputs again, from nothing, give the same plan.
    again = engine.work_out(best.inputs, best.fares, best.steps, lambda *_told: True)
    assert again.columns()["value_fen"] == best.value_fen


def test_fares_are_two_five_and_seven(made: Line) -> None:
    found = set()
    for row in Boarding.objects.filter(with_more__gt=0)[:20]:
        assert (
            row.fare_fen == 200 * row.without + 500 * row.with_one + 700 * row.with_more
        )
        found.add(row.pk)
    assert found


def test_eighteen_drivers_may_drive_and_share_four_weeks(made: Line) -> None:
    roster = Roster.objects.get()
    assert perform(roster.work).state == Work.State.DONE
    roster.refresh_from_db()
    assert roster.result is not None, roster.findings
    driving = {each["driver"] for each in roster.result["assignments"]}
    assert len(driving) == 18
    assert len(facts.drivers()) == 24


def test_the_articles_numbers_are_counted_from_records(made: Line) -> None:
    company = made.organisation
    period = Period(date(2026, 1, 1), TODAY)
    codes = ["line_surveys", "line_drivers_three_star", "lines_running", "line_riders"]
    told = figures(codes, company, period)
    assert [told[code].value for code in codes[:3]] == [18, 18, 1]
    assert told["line_riders"].value == sum(
        row.persons for row in Boarding.objects.filter(replaced_by=None)
    )
    assert tally(made).opened == len(CASES)
    assert suggested(made)["all"] == LineSuggestion.objects.count() == 28
    assert SurveyFinding.objects.count() == 18


def test_days_are_driven_and_tomorrow_is_booked(made: Line) -> None:
    assert Run.objects.count() == 3 * in_force(made, TODAY).trips.count()
    assert Run.objects.filter(cancelled=False, ended_at=None).count() == 0
    assert Booking.objects.filter(on=TODAY + timedelta(days=1)).count() == days.BOOKED


def test_without_the_extra_nothing_is_asked(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "NEEDED", ("no_such_package",))
    assert line.plan(at=UNTIL) is None
