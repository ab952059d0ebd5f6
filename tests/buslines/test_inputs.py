from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.buslines.line import CODES, DAY, LAT, LON, matrix
from wugeyi.buslines.queries.inputs import Overrides, case_of
from wugeyi.engines.lineplanning.fares import Band, Fares
from wugeyi.engines.lineplanning.model import (
    Apart,
    Case,
    Departure,
    Depot,
    Market,
    Request,
    Rules,
    Stop,
    Vehicle,
    Ways,
)


def by_hand() -> Case:
    ways = matrix()
    stops = {
        "v1": ("上坝", 0.02, 0.02),
        "v2": ("中坝", 0.05, 0.03),
        "v3": ("下坝", 0.08, 0.02),
        "v4": ("石头寨", 0.02, -0.02),
        "v5": ("水井湾", 0.05, -0.03),
        "v6": ("大田", 0.08, -0.02),
    }
    riders = [
        ("r1", "v1", "m1", 3, 6, 360, 390, False),
        ("r2", "v2", "m1", 2, 4, 360, 390, False),
        ("r3", "v3", "m1", 4, 4, 360, 400, False),
        ("r4", "v4", "m1", 5, 10, 370, 400, False),
        ("r5", "v5", "m2", 2, 2, 375, 405, False),
        ("r6", "v6", "m1", 1, 0, 370, 410, False),
        ("r7", "v1", "m1", 3, 0, 690, 750, True),
    ]
    large = Vehicle(
        "large", "d0", 1, 42, 70, 1140, 260, 6000, 2000, 0, 2879, "11.4 米客车"
    )
    small = Vehicle("small", "d0", 1, 24, 40, 700, 260, 6000, 2000, 0, 2879, "小客车")
    return Case(
        stops=tuple(
            Stop(code, name, lat=LAT + north, lon=LON + east)
            for code, (name, north, east) in stops.items()
        ),
        markets=(
            Market("m1", "北门市场", lat=LAT + 0.14, lon=LON + 0.00),
            Market("m2", "南门市场", lat=LAT + 0.16, lon=LON - 0.01),
        ),
        depots=(Depot("d0", "车场", lat=LAT, lon=LON),),
        ways=Ways(
            CODES,
            tuple(tuple(row) for row in ways["minutes"]),
            tuple(tuple(row) for row in ways["metres"]),
        ),
        vehicles=(large, small),
        requests=tuple(
            Request(
                code, stop, market, persons, baskets, first, last, f"{code}的菜农", home
            )
            for code, stop, market, persons, baskets, first, last, home in riders
        ),
        departures=(Departure("v1", 370, "7"), Departure("m1", 384, "7")),
        rules=Rules(ride_limit_minutes=60, stops_limit=4, apart=Apart(hard_minutes=4)),
        name="252 路惠农专线",
    )


def test_the_case_is_the_one_made_by_hand(busline):
    found = case_of(busline.line, DAY)
    assert found.case == by_hand()
    assert found.fares == Fares(200, (Band(1, 300), Band(2, 500)), 700)
    assert found.missing == ()
    assert found.sound


def test_a_scenario_changes_what_it_says_and_nothing_else(busline):
    table = busline.line
    asked = Overrides(
        stops_limit=6,
        ride_limit_minutes=45,
        hard_minutes=0,
        soft_minutes=10,
        price_fen=50,
        fleet={busline.vehicles["large"].pk: 3},
    )
    found = case_of(table, DAY, overrides=asked).case
    usual = by_hand()
    assert found.rules.stops_limit == 6
    assert found.rules.ride_limit_minutes == 45
    assert found.rules.apart == Apart(0, 10, 50)
    assert [each.count for each in found.vehicles] == [3, 1]
    assert found.requests == usual.requests


def test_a_day_before_anything_holds_has_nothing(busline):
    found = case_of(busline.line, DAY - timedelta(days=1))
    assert found.case.requests == ()
    assert found.missing == ("ways", "fares", "timetable")
    assert {each.code for each in found.findings} == {"no-buses", "no-requests"}


def test_a_place_with_a_distance_of_its_own_takes_the_rest_from_the_line(busline):
    busline.spot("v7", hard_minutes=9)
    busline.rule("price_fen", 20)
    found = case_of(busline.line, DAY).case
    own = next(each for each in found.stops if each.code == "v7")
    assert own.apart == Apart(9, 0, 20)


def test_reading_takes_as_many_queries_for_many_rows_as_for_few(busline):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            case_of(busline.line, DAY)
        return len(queries)

    before = asked()
    for n in range(20):
        busline.demand(f"x{n}")
        busline.driver(f"y{n}")
    assert asked() == before <= 12


def test_what_is_wrong_is_found(busline):
    busline.spot("v9")
    found = case_of(busline.line, DAY)
    assert "ways-missing" in {each.code for each in found.findings}
    assert not found.sound
