"""Chains of fixed trips are the cheapest there are, and published optima are met."""

import os
import zipfile
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lineplanning.test_checker import CASE, PLAN
from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.by_hand import handed
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.packing import solve
from wugeyi.engines.lineplanning.scheduling import Fleet, rechained, schedule
from wugeyi.engines.lineplanning.scheduling.files import read_instance

DATA = os.environ.get("WUGEYI_LINEDATA")
OPTIMA = {"n50m2s0": 214_727, "n50m4s3": 193_722, "n100m4s3": 316_870}


@st.composite
def problems(draw: st.DrawFn) -> tuple[int, tuple[Fleet, ...]]:
    trips = draw(st.integers(1, 4))
    cost = st.integers(0, 20)
    follow = {
        (here, there): draw(cost)
        for here in range(trips)
        for there in range(here + 1, trips)
        if draw(st.booleans())
    }
    fleets = []
    for _ in range(draw(st.integers(1, 2))):
        able = [trip for trip in range(trips) if draw(st.integers(0, 4))]
        fleets.append(
            Fleet(
                draw(st.integers(0, 3)),
                {trip: 10 + draw(cost) for trip in able},
                {trip: draw(cost) for trip in able},
                follow,
            )
        )
    return trips, tuple(fleets)


def cheapest(trips: int, fleets: tuple[Fleet, ...]) -> int | None:
    """Try which fleet drives each trip, and which trip each one follows."""
    best = None
    for who in product(range(len(fleets)), repeat=trips):
        for last in product(range(-1, trips), repeat=trips):
            cost = _cost(fleets, who, last)
            if cost is not None and (best is None or cost < best):
                best = cost
    return best


def _cost(
    fleets: tuple[Fleet, ...], who: tuple[int, ...], last: tuple[int, ...]
) -> int | None:
    followed = [each for each in last if each >= 0]
    if len(set(followed)) < len(followed):
        return None
    total, out = 0, [0] * len(fleets)
    for trip, (fleet, before) in enumerate(zip(who, last, strict=True)):
        known = fleets[fleet]
        if trip not in known.out:
            return None
        if before < 0:
            out[fleet] += 1
            total += known.out[trip]
        elif who[before] == fleet and (before, trip) in known.follow:
            total += known.follow[before, trip]
        else:
            return None
        if trip not in followed:
            total += known.home[trip]
    if any(n > fleet.count for n, fleet in zip(out, fleets, strict=True)):
        return None
    return total


@settings(max_examples=80, deadline=None)
@given(problems())
def test_as_cheap_as_trying_everything(
    problem: tuple[int, tuple[Fleet, ...]],
) -> None:
    trips, fleets = problem
    right = cheapest(trips, fleets)
    found = schedule(trips, fleets)
    if right is None:
        assert found is None
        return
    assert found is not None
    assert found.cost == right
    assert found.proven
    driven = sorted(trip for _, chain in found.chains for trip in chain)
    assert driven == list(range(trips))


@pytest.mark.parametrize("returns", [False, True])
def test_a_plan_that_is_best_stays_as_it_is(returns: bool) -> None:
    case = instance.case(4, instance.Size(10, 2, 1, 1, returns=returns))
    plan = solve(case)
    assert rechained(case, plan) == plan


def test_trips_spread_over_too_many_buses_are_brought_together() -> None:
    case = replace(
        CASE, vehicles=(replace(CASE.vehicles[0], count=2), CASE.vehicles[1])
    )
    spread = handed(
        case, PLAN, vehicle="large", number=1, trip=1, to_vehicle="large", to_number=2
    )
    assert len(spread.blocks) == 3
    better = rechained(case, spread)
    assert check(case, better) == ()
    assert better.blocks == PLAN.blocks
    assert better.money == PLAN.money


def test_trips_nobody_can_drive_leave_the_plan_alone() -> None:
    small = replace(CASE, vehicles=(replace(CASE.vehicles[0], seats=1),))
    only = replace(PLAN, blocks=PLAN.blocks[:1])
    assert rechained(small, only) == only


def test_a_file_that_is_no_instance_is_refused() -> None:
    with pytest.raises(ValueError, match="3 rows"):
        read_instance("1 2 1\n-1 5 5\n")


@pytest.mark.skipif(DATA is None, reason="WUGEYI_LINEDATA names no folder of instances")
@pytest.mark.parametrize("name", OPTIMA)
def test_published_optima_are_met_and_proven(name: str) -> None:
    path = Path(str(DATA)) / "mdvsp" / f"{name}.zip"
    text = zipfile.ZipFile(path).read(f"{name}.inp").decode()
    trips, fleets = read_instance(text)
    found = schedule(trips, fleets)
    assert found is not None
    assert (found.cost, found.proven) == (OPTIMA[name], True)
