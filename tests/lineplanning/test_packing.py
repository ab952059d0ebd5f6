from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.lineplanning.cases import cases
from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing import Work, solve
from wugeyi.engines.lineplanning.reference import best_value_milli

SMALL = instance.Size(villages=18, markets=2, large=1, small=1)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_no_plan_is_worth_more_than_the_one_found(case: Case) -> None:
    plan = solve(case)

    assert check(case, plan) == ()
    assert plan.money.value_milli == best_value_milli(case)
    assert plan.proven


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(returns=True))
def test_trips_home_and_to_market_are_planned_as_one(case: Case) -> None:
    plan = solve(case)

    assert check(case, plan) == ()
    assert plan.money.value_milli == best_value_milli(case)
    assert plan.proven


@pytest.fixture(scope="module")
def case() -> Case:
    return instance.case(2, SMALL)


def test_a_plan_is_proven_keeps_all_rules_and_comes_again(case: Case) -> None:
    plan = solve(case)

    assert check(case, plan) == ()
    assert plan.proven
    assert plan.gap == 0.0
    assert plan.blocks
    assert plan.left_out
    assert solve(case) == plan


def test_progress_may_stop_the_work_and_the_best_is_kept(case: Case) -> None:
    best = solve(case).money.value_milli
    told = []

    def progress(value_milli: int, bound_milli: int) -> bool:
        told.append((value_milli, bound_milli))
        return value_milli == 0

    plan = solve(case, progress=progress)

    assert plan.stopped
    assert check(case, plan) == ()
    assert 0 < plan.money.value_milli <= best <= plan.bound_milli
    bounds = [bound for _, bound in told]
    assert bounds == sorted(bounds, reverse=True)
    assert min(bounds) >= best


def test_stopped_at_once_leaves_everybody_out_with_a_valid_bound(case: Case) -> None:
    best = solve(case).money.value_milli

    plan = solve(case, progress=lambda _value, _bound: False)

    assert plan.stopped
    assert plan.blocks == ()
    assert len(plan.left_out) == len(case.requests)
    assert plan.bound_milli >= best


def test_too_little_work_gives_a_plan_and_says_what_may_be_missing() -> None:
    case = instance.case(1, SMALL)
    best = solve(case)

    plan = solve(case, work=Work(columns=30))

    assert check(case, plan) == ()
    assert plan.bound_milli >= best.money.value_milli
    assert plan.gap > 0
    assert not plan.proven


def test_steps_limit_the_work_and_the_same_steps_give_the_same_plan() -> None:
    case = instance.case(10)
    plans = [solve(case, work=Work(steps=6)) for _ in range(2)]

    assert plans[0] == plans[1]
    assert check(case, plans[0]) == ()
    assert not plans[0].stopped
    assert 1803.3322 <= plans[0].bound_milli / 100_000 < 1900
    assert plans[0].gap > 0


def test_one_bus_brings_growers_to_market_and_home_again() -> None:
    case = instance.case(3, replace(SMALL, returns=True))
    told = []

    def progress(value_milli: int, bound_milli: int) -> bool:
        told.append((value_milli, bound_milli))
        return True

    plan = solve(case, progress=progress)

    assert check(case, plan) == ()
    assert plan.proven
    ways = [[trip.home for trip in block.trips] for block in plan.blocks]
    assert any({True, False} == set(each) for each in ways)
    # A bus that is out already costs nothing more: both in one solve is worth more.
    there, home = (
        solve(replace(case, requests=tuple(r for r in case.requests if r.home == way)))
        for way in (False, True)
    )
    apart = there.money.value_milli + home.money.value_milli
    assert plan.money.value_milli > apart
    assert solve(case) == plan
    bounds = [bound for _, bound in told]
    assert bounds == sorted(bounds, reverse=True)
    assert min(bounds) >= plan.money.value_milli


def test_without_buses_to_spare_the_fleet_is_kept() -> None:
    case = instance.case(1, replace(SMALL, large=1, small=0, returns=True))
    plan = solve(case)

    assert check(case, plan) == ()
    assert plan.proven
    assert len(plan.blocks) == 1
    assert len(plan.another_bus_milli) == len(case.vehicles)
    assert all(price >= 0 for price in plan.another_bus_milli)
