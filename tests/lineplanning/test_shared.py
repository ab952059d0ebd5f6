"""Buses that have regular duties of their own, around which trips are planned."""

from hypothesis import HealthCheck, given, settings

from tests.lineplanning.cases import shared_cases
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing import solve
from wugeyi.engines.lineplanning.reference import best_value_milli


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
