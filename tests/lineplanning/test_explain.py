from dataclasses import replace

import pytest

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.findings import say
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing import Work, solve
from wugeyi.engines.lineplanning.plan import Plan
from wugeyi.engines.lineplanning.reasons import Reason, explain

ALL = Work()


@pytest.fixture(scope="module")
def case() -> Case:
    drawn = instance.case(5, instance.Size(villages=11, markets=2, large=1, small=1))
    far = replace(drawn.requests[0], code="many", persons=99)
    return replace(drawn, requests=(*drawn.requests, far))


@pytest.fixture(scope="module")
def plan(case: Case) -> Plan:
    return solve(case)


@pytest.fixture(scope="module")
def reasons(case: Case, plan: Plan) -> tuple[Reason, ...]:
    return explain(case, plan, work=ALL)


def test_everybody_left_out_gets_a_reason(
    plan: Plan, reasons: tuple[Reason, ...]
) -> None:
    assert [each.request for each in reasons] == list(plan.left_out)
    assert len(reasons) > 3
    for each in reasons:
        assert "{" not in say(each.finding, "zh") + say(each.finding, "en")


def test_a_broken_rule_is_named(reasons: tuple[Reason, ...]) -> None:
    finding = reasons[-1].finding
    assert finding.code == "request-impossible"
    assert [each.code for each in finding.because] == ["rule-seats"]
    assert "99" in say(finding, "zh")
    assert reasons[-1].other is None


def test_the_price_is_that_of_a_plan_one_could_choose(
    case: Case, plan: Plan, reasons: tuple[Reason, ...]
) -> None:
    for each in reasons[:-1]:
        assert each.other is not None
        assert each.request in each.other.served
        assert check(case, each.other) == ()
        price = plan.money.value_milli - each.other.money.value_milli
        assert price >= 0
        assert each.finding.values["price"] == f"{price / 100_000:.2f}"


def test_with_enough_work_the_least_price_is_the_price(
    reasons: tuple[Reason, ...],
) -> None:
    for each in reasons[:-1]:
        assert each.finding.values["price"] == each.finding.values["least"]


def test_only_some_are_explained_when_asked(case: Case, plan: Plan) -> None:
    code = plan.left_out[1]
    found = explain(case, plan, only=[code, "nobody"])
    assert [each.request for each in found] == [code]


def test_it_stops_when_asked(case: Case, plan: Plan) -> None:
    told = []

    def progress(done: int, many: int) -> bool:
        told.append((done, many))
        return done < 2

    found = explain(case, plan, progress=progress)

    assert len(found) == 2
    assert told == [(0, len(plan.left_out)), (1, len(plan.left_out)), (2, told[0][1])]


def test_a_worse_plan_is_found_out(case: Case, plan: Plan) -> None:
    nothing = solve(case, progress=lambda _value, _bound: False)
    found = explain(case, nothing, only=[next(iter(plan.served))])
    assert found[0].finding.code == "left-out-better"
