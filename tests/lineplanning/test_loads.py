from dataclasses import replace

from tests.lineplanning.test_checker import CASE, PLAN
from wugeyi.engines.lineplanning.loads import loads
from wugeyi.engines.lineplanning.model import Request
from wugeyi.engines.lineplanning.plan import Block, Call, Plan, Trip


def test_loads_along_every_trip() -> None:
    found = loads(CASE, PLAN)

    told = [
        (e.vehicle, e.trip, e.place, e.minute, e.persons, e.baskets, e.floor_dm2)
        for e in found
    ]
    assert told == [
        ("large", 0, "b", 378, 5, 4, 200),
        ("large", 0, "a", 387, 13, 17, 685),
        ("large", 0, "m", 407, 0, 0, 0),
        ("large", 1, "a", 432, 6, 5, 245),
        ("large", 1, "n", 454, 0, 0, 0),
        ("small", 0, "c", 394, 4, 6, 230),
        ("small", 0, "m", 408, 0, 0, 0),
    ]


def test_limits_stand_beside_and_the_fullest_is_told() -> None:
    by_place = {(each.vehicle, each.place): each for each in loads(CASE, PLAN)}
    large, small = by_place["large", "a"], by_place["small", "c"]
    vehicle = CASE.vehicles[0]
    assert (large.seats, large.basket_places, large.floor_limit_dm2) == (
        vehicle.seats,
        vehicle.basket_places,
        vehicle.floor_dm2,
    )
    assert small.floor_limit_dm2 == 0
    assert small.fullest == max(4 / small.seats, 6 / small.basket_places)


def test_wrong_figures_in_a_plan_are_not_repeated() -> None:
    block = PLAN.blocks[1]
    call = replace(block.trips[0].calls[0], persons_on=99)
    trip = replace(block.trips[0], calls=(call,))
    wrong = replace(PLAN, blocks=(PLAN.blocks[0], replace(block, trips=(trip,))))
    assert loads(CASE, wrong) == loads(CASE, PLAN)


def test_home_all_get_on_at_the_market_and_off_call_by_call() -> None:
    riders = (
        Request("h1", "a", "m", 3, 2, 700, 720, home=True),
        Request("h2", "b", "m", 4, 0, 700, 720, home=True),
    )
    calls = (
        Call("a", 720, 722, ("h1",), 4, 0),
        Call("b", 728, 729, ("h2",), 0, 0),
    )
    trip = Trip("m", calls, 700, 600 * 26, home=True)
    block = Block("large", 1, (trip,), 690, 760, 600 * 35)
    plan = Plan((block,), (), PLAN.money, PLAN.bound_milli)
    found = loads(replace(CASE, requests=riders), plan)
    assert [(e.place, e.minute, e.persons, e.baskets) for e in found] == [
        ("m", 700, 7, 2),
        ("a", 722, 4, 0),
        ("b", 729, 0, 0),
    ]
