import pytest

from benchmarks.linepeers.plans import Event, call_minutes, judged, numbers
from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing import solve
from wugeyi.engines.lineplanning.plan import Plan


@pytest.fixture(scope="module")
def case() -> Case:
    return instance.case(1, instance.Size(16, 2, 2, 1))


@pytest.fixture(scope="module")
def plan(case: Case) -> Plan:
    return solve(case)


def routes_of(case: Case, plan: Plan) -> list[list[Event]]:
    number = {request.code: i for i, request in enumerate(case.requests)}
    made = {(block.vehicle, block.number): block.trips for block in plan.blocks}
    routes = []
    for vehicle in case.vehicles:
        for bus in range(1, vehicle.count + 1):
            route: list[Event] = []
            for trip in made.get((vehicle.code, bus), ()):
                for call in trip.calls:
                    minute = call.arrive_minute
                    for code in call.requests:
                        route.append((number[code], minute, False))
                        minute += call_minutes(case, case.requests[number[code]])
                route[-1] = (*route[-1][:2], True)
            routes.append(route)
    return routes


def test_routes_of_a_plan_are_that_plan(case: Case, plan: Plan):
    again = judged(case, routes_of(case, plan))
    assert (again.dropped, again.breaches) == (0, 0)
    assert again.plan.money == plan.money
    assert again.plan.served == plan.served


def test_trip_that_breaks_a_rule_is_taken_out(case: Case, plan: Plan):
    routes = routes_of(case, plan)
    many = len(plan.blocks[0].trips)
    first = next(route for route in routes if route)
    first[:] = [(number, minute + 300, last) for number, minute, last in first]
    again = judged(case, routes)
    assert (again.dropped, again.breaches) == (many, 0)
    assert again.plan.money.value_milli < plan.money.value_milli


def test_bus_that_found_nothing_makes_no_block(case: Case):
    assert judged(case, []).plan.blocks == ()


def test_numbers_of_a_case_hold_windows_and_forbidden_minutes(case: Case):
    told = numbers(case)
    rows = {code: row for row, code in enumerate(case.ways.codes)}
    closes = {market.code: market.closes_minute for market in case.markets}
    for request, row in zip(case.requests, told["requests"], strict=True):
        assert row["from"] == request.earliest_minute
        assert row["until"] == min(request.latest_minute, closes[request.market])
    regular = next(each for each in case.departures if each.place[0] == "v")
    spans = told["forbidden"][rows[regular.place]]
    assert (regular.minute - 3, regular.minute + 3) in spans
    assert told["forbidden"][rows["m0"]] == []
