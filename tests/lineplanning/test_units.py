from dataclasses import replace

import pytest

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.findings import say
from wugeyi.engines.lineplanning.model import Case, Ways
from wugeyi.engines.lineplanning.units import apart_metres, doubts

CASE = instance.case(3, instance.Size(4, 1, 1, 1))
RULES, BUS = CASE.rules, CASE.vehicles[0]
MANY = replace(CASE.requests[0], persons=2, baskets=21)
HERE = (26.65, 106.63)


def with_way(minutes: int, metres: int) -> Case:
    def put(
        table: tuple[tuple[int, ...], ...], number: int
    ) -> tuple[tuple[int, ...], ...]:
        return ((table[0][0], number, *table[0][2:]), *table[1:])

    ways = CASE.ways
    changed = Ways(ways.codes, put(ways.minutes, minutes), put(ways.metres, metres))
    return replace(CASE, ways=changed)


def placed(**lats: float) -> Case:
    stops = tuple(
        replace(each, lat=lats.get(each.code, HERE[0] + k / 100), lon=HERE[1])
        for k, each in enumerate(CASE.stops)
    )
    return replace(CASE, stops=stops)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (CASE, []),
        (with_way(20, 499), [("way-too-slow", "ways depot m0")]),
        (with_way(20, 500), []),
        (replace(CASE, requests=(MANY,)), [("baskets-many", f"request {MANY.code}")]),
        (
            replace(CASE, vehicles=(replace(BUS, cost_fen_per_km=3),)),
            [("like-yuan", f"vehicle {BUS.code}")],
        ),
        (
            replace(CASE, rules=replace(RULES, person_fen=6)),
            [("like-yuan", "rule person_fen")],
        ),
        (placed(), []),
        (placed(v3=30.0), [("place-astray", "place v3")]),
    ],
)
def test_slips_are_told(case: Case, told: list[tuple[str, str]]) -> None:
    found = [each for each in doubts(case) if each.code != "way-too-short"]
    assert [(each.code, each.subject) for each in found] == told
    for each in found:
        assert each.severity == "warning"
        assert "{" not in say(each, "zh") + say(each, "en")


def test_a_way_is_no_shorter_than_the_straight_line() -> None:
    here, there = CASE.ways.codes[1:3]
    assert (here, there) == ("m0", "v0")
    market = replace(CASE.markets[0], lat=26.65, lon=106.63)
    metres = CASE.ways.metres[1][2]
    north = 26.65 + (1.1 * metres + 1000) / 111_195
    stop = replace(CASE.stops[0], lat=north, lon=106.63)
    others = (replace(each, lat=None, lon=None) for each in CASE.stops[1:])
    depots = tuple(replace(each, lat=None, lon=None) for each in CASE.depots)
    places = {"markets": (market,), "stops": (stop, *others), "depots": depots}
    case = replace(CASE, **places)
    found = {each.subject for each in doubts(case)}
    assert found == {"ways m0 v0", "ways v0 m0"}


def test_a_degree_of_latitude_is_as_long_as_it_is() -> None:
    # 1/360 of a great circle of the sphere of 6,371 km.
    assert apart_metres((26, 106), (27, 106)) == pytest.approx(111_195, abs=1)
    assert apart_metres((0, 179.5), (0, -179.5)) == pytest.approx(111_195, abs=1)
