"""Buses that have regular duties of their own, around which trips are planned."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.lineplanning.cases import shared_cases
from tests.lineplanning.gtfs_cases import ABOUT, JUDGES, opened, placed
from wugeyi.engines.lineplanning.alone import forbidding, impossible
from wugeyi.engines.lineplanning.archive import case_from_json, to_json
from wugeyi.engines.lineplanning.by_hand import moved
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.findings import say
from wugeyi.engines.lineplanning.gtfs import feed
from wugeyi.engines.lineplanning.model import (
    Apart,
    Case,
    Depot,
    Market,
    RegularDuty,
    Request,
    Rules,
    Stop,
    Vehicle,
    Ways,
)
from wugeyi.engines.lineplanning.packing import solve
from wugeyi.engines.lineplanning.plan import Block
from wugeyi.engines.lineplanning.reading import read_workbook
from wugeyi.engines.lineplanning.reasons import explain
from wugeyi.engines.lineplanning.reckoning import Reckoning
from wugeyi.engines.lineplanning.reference import best_value_milli
from wugeyi.engines.lineplanning.roster.cutting import duties
from wugeyi.engines.lineplanning.scheduling import rechained
from wugeyi.engines.lineplanning.stretches import part_of
from wugeyi.engines.lineplanning.workbook import case_workbook


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(shared_cases())
def test_nothing_is_worth_more_around_regular_duties(case: Case) -> None:
    plan = solve(case)

    assert check(case, plan) == ()
    assert plan.money.value_milli == best_value_milli(case)
    assert plan.proven


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(shared_cases(returns=True))
def test_both_directions_go_around_regular_duties(case: Case) -> None:
    plan = solve(case)

    assert check(case, plan) == ()
    assert plan.money.value_milli == best_value_milli(case)
    assert plan.proven


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(shared_cases(returns=True))
def test_reckoned_anew_a_plan_is_the_same_and_chained_anew_no_better(
    case: Case,
) -> None:
    plan = solve(case)
    reckoning = Reckoning(case)

    again = [reckoning.block(*bus_of(block), block.trips) for block in plan.blocks]

    assert tuple(again) == plan.blocks
    assert reckoning.money(again) == plan.money
    assert rechained(case, plan).money == plan.money


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(shared_cases(returns=True))
def test_who_can_ride_alone_is_told_around_regular_duties(case: Case) -> None:
    for request in case.requests:
        only = replace(
            case,
            requests=(request,),
            rules=replace(case.rules, person_fen=1_000_000),
        )
        assert bool(forbidding(only, request)) == (best_value_milli(only) == 0)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(shared_cases())
def test_regular_duties_are_written_and_read_again(case: Case) -> None:
    again, _ = read_workbook(case_workbook(case))
    assert again.regular_duties == case.regular_duties
    assert case_from_json(to_json(case)) == case


def bus_of(block: Block) -> tuple[str, int]:
    return block.vehicle, block.number


# One bus; the market is five minutes from everywhere, all else ten minutes apart.
PLACES = ("depot", "m", "a", "b", "t")
ROADS = Ways(
    PLACES,
    *(
        tuple(
            tuple(0 if i == j else each // (1 + ("m" in (i, j))) for j in PLACES)
            for i in PLACES
        )
        for each in (10, 6000)
    ),
)
BUS = Vehicle("bus", "depot", 1, 20, 30, 850, 200, 5000, 0, 360, 700)
LINE = Case(
    stops=(Stop("a"), Stop("b")),
    markets=(Market("m"),),
    depots=(Depot("depot"), Depot("t")),
    ways=ROADS,
    vehicles=(BUS,),
    requests=(
        Request("r1", "a", "m", 5, 2, 400, 420),
        Request("r2", "b", "m", 5, 2, 500, 520),
        Request("r3", "a", "m", 5, 2, 440, 450),
    ),
    rules=Rules(apart=Apart()),
    regular_duties=(
        RegularDuty("2", "bus", 530, "t", 600, "depot"),
        RegularDuty("1", "bus", 425, "t", 480, "a"),
    ),
)


def test_trips_go_before_between_and_after_what_a_bus_drives_anyway() -> None:
    plan = solve(LINE)

    assert check(LINE, plan) == ()
    # During the first duty nobody else gets a bus.
    assert plan.left_out == ("r3",)
    (block,) = plan.blocks
    assert [trip.requests for trip in block.trips] == [("r1",), ("r2",)]
    # From the depot to a, from m to t; from a to b, from m to t.
    assert block.empty_metres == 6000 + 3000 + 6000 + 3000
    # From the depot to t, from a to t.
    assert block.spared_metres == 6000 + 6000
    assert plan.money.buses_milli == 0
    assert plan.money.driven_milli == 200 * (18_000 + 6_000 - 12_000)
    assert block.leave_minute <= 408
    assert block.back_minute <= 530


def test_a_type_with_another_bus_keeps_it_free_of_regular_duties() -> None:
    case = replace(LINE, vehicles=(replace(BUS, count=2, fixed_fen=100),))
    case = replace(
        case,
        regular_duties=tuple(replace(each, number=2) for each in LINE.regular_duties),
    )

    plan = solve(case)

    assert check(case, plan) == ()
    assert plan.left_out == ()
    assert {block.number: block.spared_metres > 0 for block in plan.blocks} == {
        1: False,
        2: True,
    }
    assert len(plan.another_bus_milli) == 1


def test_a_driver_leaves_the_bus_for_a_regular_duty_or_stays() -> None:
    plan = solve(LINE)
    (duty,) = duties(plan, LINE)
    stays = replace(
        LINE,
        regular_duties=tuple(
            replace(each, same_driver=True) for each in LINE.regular_duties
        ),
    )
    (longer,) = duties(plan, stays)

    (block,) = plan.blocks
    assert duty.begin_minute == block.leave_minute
    assert duty.end_minute == block.back_minute
    assert not any(begin < 480 and end > 425 for begin, end in duty.driving)
    assert longer.begin_minute == block.leave_minute
    assert longer.end_minute == 600
    assert longer.driving_minutes == duty.driving_minutes + (480 - 425) + (600 - 530)


def test_somebody_nobody_can_take_is_told_of_the_regular_duties() -> None:
    finding = impossible(LINE, LINE.requests[2])

    assert finding is not None
    assert [each.code for each in finding.because] == ["rule-window", "rule-regular"]
    assert {"regular 1", "regular 2"} <= set(finding.inputs)
    for language in ("zh", "en"):
        assert "{" not in say(finding, language)


def test_a_price_is_found_around_regular_duties() -> None:
    case = replace(
        LINE, requests=(*LINE.requests[:2], Request("r4", "b", "m", 1, 0, 400, 408))
    )
    plan = solve(case)
    assert plan.left_out == ("r4",)

    (reason,) = explain(case, plan)

    assert reason.other is not None
    assert "r4" in reason.other.served
    assert check(case, reason.other) == ()


def test_by_hand_a_trip_into_a_regular_duty_is_told() -> None:
    plan = solve(LINE)

    worse = moved(LINE, plan, vehicle="bus", number=1, trip=0, market_minute=424)
    into = moved(LINE, plan, vehicle="bus", number=1, trip=1, market_minute=535)

    assert {each.code for each in check(LINE, worse)} == {
        "arrives-too-late",
        "regular-start-too-far",
    }
    assert "into-regular-duty" in {each.code for each in check(LINE, into)}


@pytest.mark.parametrize("judge", JUDGES, ids=lambda each: each.__name__)
def test_a_feed_has_the_trips_of_a_shared_bus_in_one_block(
    judge: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    case = placed(3)
    market = case.markets[0].code
    shared = tuple(
        RegularDuty(f"g{number}", "large", 530, market, 640, market, number)
        for number in (1, 2)
    )
    case = replace(case, regular_duties=shared)
    plan = solve(case)
    path = tmp_path / "feed.zip"
    path.write_bytes(feed(case, plan, None, ABOUT))

    rows = list(csv.DictReader(opened(path.read_bytes())["trips.txt"].splitlines()))

    parts = [part_of(shared[:1], t.begins[1]) for b in plan.blocks for t in b.trips]
    assert set(parts) == {0, 1}
    assert len({row["block_id"] for row in rows}) == len(plan.blocks)
    assert judge(path) == []
