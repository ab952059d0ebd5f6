"""Figures are what the records say, and open onto them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.casework.world import NOW
from tests.stations.place import BEGUN, DAY
from tests.stations.test_actions import report, solve
from wugeyi.figures.actions import fold, recount
from wugeyi.figures.queries import Period, figures
from wugeyi.organisations.queries import reach_of
from wugeyi.stations.actions import mending, status, visits
from wugeyi.stations.models import Breakage, Met, OpenSpan, VisitDay
from wugeyi.stations.queries.opening import OPENERS


def value(here, measure: str, on: date = DAY) -> int:
    fold(at=NOW)
    found = figures([measure], here.world.county, Period.month(on.year, on.month))
    return found[measure].value


def test_open_stations_and_closings(here) -> None:
    one = here.station()
    here.station("二号", lon=106.71, opens_on=BEGUN)
    assert value(here, "stations_open") == 2
    status.close(station=one, on=DAY, why="停电", **here.usual)
    assert value(here, "stations_open") == 1
    status.reopen(station=one, **here.usual)
    assert value(here, "stations_open") == 2
    status.end(station=one, on=DAY, why="拆了", **here.usual)
    assert value(here, "stations_open") == 1


def test_all_five_and_what_is_broken(here) -> None:
    station = here.station()
    here.station("缺的", lon=106.71, has=("sign",))
    assert value(here, "stations_five") == 1
    row = report(here, station)
    report(here, station)
    assert value(here, "stations_five") is None
    assert value(here, "station_broken") == 1
    solve(here, row.case)
    mending.settle(here.world.now())
    assert value(here, "station_broken") is None
    assert value(here, "stations_five") == 1


def test_visits(here) -> None:
    station = here.station()
    visits.count_days(
        station=station, days={DAY: 5, DAY - timedelta(days=1): 7}, **here.usual
    )
    assert value(here, "station_visits") == 12
    visits.count_days(station=station, days={DAY: 6}, **here.usual)
    assert value(here, "station_visits") == 13


def test_the_recount_finds_nothing(here) -> None:
    station = here.station()
    report(here, station)
    visits.tap(station=station, **here.usual)
    status.close(station=station, on=DAY, why="停电", **here.usual)
    fold(at=NOW)
    row, found = recount(at=NOW)
    assert found == []
    assert row.facts > 4


@pytest.mark.parametrize("person", ["worker", "outsider"])
def test_figures_open_onto_records(here, person) -> None:
    station = here.station()
    report(here, station)
    visits.tap(station=station, **here.usual)
    reach = reach_of(here.world[person], on=DAY)
    rows = {
        "station_span": OpenSpan,
        "station_met": Met,
        "station_visit_day": VisitDay,
        "station_breakage": Breakage,
    }
    for kind, model in rows.items():
        keys = list(model.objects.values_list("pk", flat=True))
        assert keys
        found = OPENERS[kind](keys, reach=reach, today=timezone.localdate(NOW))
        assert bool(found) is (person == "worker")
