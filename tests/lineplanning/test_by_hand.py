from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lineplanning.test_checker import CASE, PLAN
from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.by_hand import handed, moved, withing, without
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.model import Case, Departure, Request
from wugeyi.engines.lineplanning.packing import solve
from wugeyi.engines.lineplanning.plan import Plan


def codes(case: Case, plan: Plan) -> set[str]:
    return {each.code for each in check(case, plan)}


def large(trip: int, minute: int, case: Case = CASE) -> Plan:
    return moved(case, PLAN, vehicle="large", number=1, trip=trip, market_minute=minute)


def test_moved_to_where_it_was_nothing_changes() -> None:
    assert large(0, 407) == PLAN
    assert large(1, 454) == PLAN


def test_an_innocent_move_breaks_nothing_and_all_follows() -> None:
    plan = large(1, 460)

    assert check(CASE, plan) == ()
    trip = plan.blocks[0].trips[1]
    assert (trip.calls[0].arrive_minute, trip.market_minute) == (436, 460)
    assert plan.blocks[0].back_minute == 475
    assert plan.bound_milli == PLAN.bound_milli
    sooner = large(0, 406)
    assert check(CASE, sooner) == ()
    assert sooner.blocks[0].leave_minute == 350
    third = moved(CASE, PLAN, vehicle="small", number=1, trip=0, market_minute=407)
    assert check(CASE, third) == ()
    assert third.money.near_milli == PLAN.money.near_milli - 50_000


@pytest.mark.parametrize(
    ("trip", "minute", "breach"),
    [
        (0, 416, "market-too-near"),
        (0, 399, "stop-too-near"),
        (0, 416, "arrives-too-late"),
        (0, 384, "arrives-too-early"),
        (0, 379, "market-not-open"),
        (0, 441, "market-closed"),
        (0, 385, "leaves-too-early"),
        (1, 436, "next-trip-too-soon"),
        (1, 429, "trips-overlap"),
        (1, 491, "arrives-too-late"),
        (1, 501, "market-closed"),
        (1, 506, "back-too-late"),
    ],
)
def test_what_a_bad_move_breaks_is_said(trip: int, minute: int, breach: str) -> None:
    assert breach in codes(CASE, large(trip, minute))


def test_handed_to_an_idle_bus_only_empty_ways_change() -> None:
    case = replace(
        CASE, vehicles=(replace(CASE.vehicles[0], count=2), CASE.vehicles[1])
    )
    plan = handed(
        case, PLAN, vehicle="large", number=1, trip=1, to_vehicle="large", to_number=2
    )

    assert check(case, plan) == ()
    assert [(each.vehicle, each.number) for each in plan.blocks] == [
        ("large", 1),
        ("large", 2),
        ("small", 1),
    ]
    back = handed(
        case, plan, vehicle="large", number=2, trip=0, to_vehicle="large", to_number=1
    )
    assert back.blocks == PLAN.blocks
    assert back.money == PLAN.money
    assert "bus-missing" in codes(CASE, plan)


def test_handed_to_a_bus_that_is_too_small_too_long_or_busy() -> None:
    to_small = handed(
        CASE, PLAN, vehicle="large", number=1, trip=0, to_vehicle="small", to_number=1
    )
    assert codes(CASE, to_small) >= {
        "seats-exceeded",
        "baskets-exceeded",
        "trips-overlap",
    }
    to_large = handed(
        CASE, PLAN, vehicle="small", number=1, trip=0, to_vehicle="large", to_number=1
    )
    assert codes(CASE, to_large) >= {"bus-too-long", "trips-overlap"}
    assert len(to_large.blocks) == 1


def test_without_a_request_its_call_trip_and_bus_go() -> None:
    plan = without(CASE, PLAN, "r2")
    assert check(CASE, plan) == ()
    assert [call.stop for call in plan.blocks[0].trips[0].calls] == ["a"]
    assert plan.left_out == ("r2", "r5")

    gone = without(CASE, PLAN, "r3")
    assert check(CASE, gone) == ()
    assert [block.vehicle for block in gone.blocks] == ["large"]
    assert without(CASE, gone, "r3") == gone


def test_withing_brings_it_back() -> None:
    less = without(CASE, PLAN, "r2")
    again = withing(
        CASE, less, "r2", vehicle="large", number=1, trip=0, place_in_trip=0
    )
    assert again == PLAN
    wrong = withing(
        CASE, less, "r2", vehicle="large", number=1, trip=0, place_in_trip=1
    )
    assert wrong.blocks[0].trips[0].calls[1].stop == "b"
    assert wrong != PLAN


def test_withing_shares_a_call_or_makes_a_trip_or_moves() -> None:
    shared = withing(
        CASE, PLAN, "r5", vehicle="small", number=1, trip=0, place_in_trip=0
    )
    assert shared.blocks[1].trips[0].calls[0].requests == ("r3", "r5")
    assert codes(CASE, shared) >= {"seats-exceeded", "baskets-exceeded"}

    anew = withing(CASE, PLAN, "r5", vehicle="small", number=1, trip=1, place_in_trip=0)
    assert len(anew.blocks[1].trips) == 2
    assert anew.left_out == ()
    idle = withing(CASE, PLAN, "r5", vehicle="small", number=2, trip=0, place_in_trip=0)
    assert "bus-missing" in codes(CASE, idle)

    elsewhere = withing(
        CASE, PLAN, "r2", vehicle="large", number=1, trip=1, place_in_trip=0
    )
    assert codes(CASE, elsewhere) >= {"wrong-market"}
    assert "request-twice" not in codes(CASE, elsewhere)


def test_where_there_is_no_road_it_is_the_checker_that_says_so() -> None:
    rows = [list(row) for row in CASE.ways.minutes]
    rows[3][1] = -1
    shut = replace(CASE, ways=replace(CASE.ways, minutes=tuple(map(tuple, rows))))
    assert "no-road" in codes(shut, large(0, 400, shut))


def test_names_that_are_nowhere_raise() -> None:
    place = {"vehicle": "large", "number": 1, "trip": 0}
    with pytest.raises(LookupError):
        moved(CASE, PLAN, **{**place, "number": 2}, market_minute=400)
    with pytest.raises(LookupError):
        moved(CASE, PLAN, **{**place, "trip": 2}, market_minute=400)
    with pytest.raises(LookupError):
        handed(CASE, PLAN, **place, to_vehicle="train", to_number=1)
    with pytest.raises(LookupError):
        without(CASE, PLAN, "r9")
    with pytest.raises(LookupError):
        withing(CASE, PLAN, "r9", **place, place_in_trip=0)
    with pytest.raises(LookupError):
        withing(CASE, PLAN, "r5", **{**place, "trip": 3}, place_in_trip=0)


def test_a_worth_above_the_bound_raises_the_bound() -> None:
    full = replace(PLAN, bound_milli=PLAN.money.value_milli)
    more = withing(CASE, full, "r5", vehicle="small", number=1, trip=0, place_in_trip=0)
    assert more.bound_milli == more.money.value_milli > full.bound_milli


def test_a_trip_home_goes_from_its_minute_on() -> None:
    riders = (
        *CASE.requests,
        Request("h1", "a", "m", 3, 2, 700, 720, home=True),
        Request("h2", "b", "m", 4, 0, 700, 720, home=True),
    )
    case = replace(CASE, requests=riders, departures=(Departure("b", 2000),))
    plan = withing(case, PLAN, "h1", vehicle="large", number=1, trip=2, place_in_trip=0)
    plan = withing(case, plan, "h2", vehicle="large", number=1, trip=2, place_in_trip=1)
    trip = plan.blocks[0].trips[2]
    assert (trip.home, trip.market_minute, trip.metres) == (True, 700, 600 * 26)
    assert [(c.stop, c.arrive_minute, c.depart_minute) for c in trip.calls] == [
        ("a", 720, 722),
        ("b", 728, 729),
    ]
    assert [(c.persons_on, c.baskets_on) for c in trip.calls] == [(4, 0), (0, 0)]
    assert plan.blocks[0].back_minute == 729 + 25
    assert plan.blocks[0].empty_metres == 600 * (25 + 20 + 5 + 25)


@pytest.fixture(scope="module", params=[False, True], ids=["there", "home"])
def solved(request: pytest.FixtureRequest) -> tuple[Case, Plan]:
    case = instance.case(4, instance.Size(10, 2, 1, 1, returns=request.param))
    return case, solve(case)


def test_what_the_solver_makes_is_what_is_reckoned(solved: tuple[Case, Plan]) -> None:
    case, plan = solved
    assert check(case, plan) == ()
    for block in plan.blocks:
        for number, trip in enumerate(block.trips):
            minute = trip.market_minute
            where = {"vehicle": block.vehicle, "number": block.number, "trip": number}
            assert moved(case, plan, **where, market_minute=minute) == plan


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_is_changed_sums_stay_right(
    solved: tuple[Case, Plan], data: st.DataObject
) -> None:
    """Only rules may break: every figure is what the checker reckons itself."""
    case, plan = solved
    for _ in range(data.draw(st.integers(1, 4))):
        block = data.draw(st.sampled_from(plan.blocks))
        trip = data.draw(st.integers(0, len(block.trips) - 1))
        where = {"vehicle": block.vehicle, "number": block.number, "trip": trip}
        rider = data.draw(st.sampled_from([each.code for each in case.requests]))
        change = data.draw(st.integers(0, 3))
        if change == 0:
            minute = data.draw(st.integers(300, 600))
            plan = moved(case, plan, **where, market_minute=minute)
        elif change == 1:
            to = data.draw(st.sampled_from(["large", "small"]))
            plan = handed(case, plan, **where, to_vehicle=to, to_number=1)
        elif change == 2 and len(plan.served) > 2:
            plan = without(case, plan, rider)
        else:
            plan = withing(case, plan, rider, **where, place_in_trip=0)
        wrong = {each.code for each in check(case, plan)}
        assert not {code for code in wrong if code.endswith("-wrong")}
        assert not wrong & {
            "call-too-short",
            "driven-too-fast",
            "depot-too-far",
            "market-too-far",
            "back-too-soon",
            "request-lost",
            "request-twice",
            "left-out-rides",
            "call-for-nobody",
            "stop-twice",
            "wrong-stop",
            "bound-too-low",
            "bus-twice",
        }
