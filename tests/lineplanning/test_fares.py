from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lineplanning.test_checker import CASE, PLAN
from wugeyi.engines.lineplanning.fares import (
    STANDARD,
    Band,
    Fares,
    fare_fen,
    group_fen,
    revenue,
    subsidy,
)


@pytest.mark.parametrize(("baskets", "yuan"), [(0, 2), (1, 5), (2, 7), (3, 7), (40, 7)])
def test_the_fares_of_line_252(baskets: int, yuan: int) -> None:
    assert fare_fen(STANDARD, baskets) == 100 * yuan


def test_bands_hold_in_any_order_and_the_cap_cuts() -> None:
    turned = Fares(200, (Band(2, 500), Band(1, 300)))
    assert [fare_fen(turned, n) for n in range(4)] == [200, 500, 700, 700]
    assert fare_fen(replace(turned, cap_fen=650), 2) == 650
    assert fare_fen(Fares(150), 9) == 150


def test_a_band_from_no_basket_is_paid_by_all() -> None:
    assert fare_fen(Fares(200, (Band(0, 50), Band(3, 80))), 2) == 250


def test_baskets_of_a_group_are_spread_as_evenly_as_they_go() -> None:
    assert group_fen(STANDARD, 4, 0) == 4 * 200
    assert group_fen(STANDARD, 4, 3) == 3 * 500 + 200
    assert group_fen(STANDARD, 4, 5) == 700 + 3 * 500
    assert group_fen(STANDARD, 0, 5) == 0


@given(st.integers(1, 30), st.integers(0, 80))
def test_a_group_pays_between_base_and_cap_and_never_less_for_more(
    persons: int, baskets: int
) -> None:
    fen = group_fen(STANDARD, persons, baskets)
    assert persons * 200 <= fen <= persons * 700
    assert group_fen(STANDARD, persons, baskets + 1) >= fen


def test_revenue_of_a_plan_worked_by_hand() -> None:
    found = revenue(CASE, PLAN, STANDARD)

    # 8 persons share 13 baskets: 5 have two, 3 one; 5 share 4: 4 one, 1 none.
    first = 5 * 700 + 3 * 500 + 4 * 500 + 200
    second = 5 * 500 + 200  # 6 share 5
    third = 2 * 700 + 2 * 500  # 4 share 6
    assert [fen for _, fen in found.trips] == [first, second, third]
    assert found.fen == first + second + third
    assert found.by_baskets == {0: 2, 1: 14, 2: 7}
    assert sum(found.by_baskets.values()) == 8 + 5 + 6 + 4


def test_subsidy_is_cost_less_revenue_without_prices_of_separation() -> None:
    found = subsidy(CASE, PLAN, STANDARD)

    cost = PLAN.money.driven_milli + PLAN.money.buses_milli
    assert found.cost_fen == cost // 1000
    assert found.subsidy_fen == found.cost_fen - found.revenue_fen
    assert found.revenue_fen == revenue(CASE, PLAN, STANDARD).fen
    dear = replace(PLAN, money=replace(PLAN.money, near_milli=10**9))
    assert subsidy(CASE, dear, STANDARD) == found
    odd = replace(PLAN, money=replace(PLAN.money, driven_milli=1, buses_milli=0))
    assert subsidy(CASE, odd, STANDARD).cost_fen == 1
    assert subsidy(CASE, odd, Fares(0)).subsidy_fen == 1
