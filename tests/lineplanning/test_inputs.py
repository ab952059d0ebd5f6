from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lineplanning.cases import cases
from tests.lineplanning.test_checker import CASE, shut
from wugeyi.engines.lineplanning.alone import forbidding
from wugeyi.engines.lineplanning.findings import Refused, say
from wugeyi.engines.lineplanning.inputs import findings, require
from wugeyi.engines.lineplanning.model import (
    NO_ROAD,
    Apart,
    Case,
    Departure,
    Depot,
    Market,
    RegularDuty,
    Stop,
)
from wugeyi.engines.lineplanning.reference import best_value_milli
from wugeyi.engines.lineplanning.texts import INPUTS, TEXTS


def request(**changes: object) -> Case:
    return replace(CASE, requests=(replace(CASE.requests[0], **changes),))


def rule(**changes: object) -> Case:
    return replace(CASE, rules=replace(CASE.rules, **changes))


def way(minutes: int, metres: int) -> Case:
    times = [list(row) for row in CASE.ways.minutes]
    lengths = [list(row) for row in CASE.ways.metres]
    times[1][2], lengths[1][2] = minutes, metres
    return replace(
        CASE,
        ways=replace(
            CASE.ways,
            minutes=tuple(map(tuple, times)),
            metres=tuple(map(tuple, lengths)),
        ),
    )


def bus(**changes: object) -> Case:
    return replace(
        CASE, vehicles=(replace(CASE.vehicles[0], **changes), CASE.vehicles[1])
    )


DUTY = RegularDuty("d1", "large", 400, "depot", 450, "depot")


def shared(*duties: RegularDuty, **changes: object) -> Case:
    return replace(bus(**changes), regular_duties=duties)


def closed(*duties: RegularDuty) -> Case:
    return replace(shut("depot", "m"), regular_duties=duties)


def duty(code: str, starts: int, here: str, ends: int, there: str) -> RegularDuty:
    return RegularDuty(code, CASE.vehicles[0].code, starts, here, ends, there)


ERRORS: list[tuple[str, Case]] = [
    ("regular-bus-missing", shared(replace(DUTY, vehicle="tram"))),
    ("regular-number", shared(replace(DUTY, number=0))),
    ("regular-number", shared(replace(DUTY, number=99))),
    ("regular-place-missing", shared(replace(DUTY, ends_at="nowhere"))),
    ("regular-overlap", shared(DUTY, duty("d2", 440, "depot", 480, "depot"))),
    ("regular-overlap", shared(DUTY, replace(DUTY, code="d2"))),
    ("regular-too-far", shared(DUTY, duty("d2", 459, "m", 480, "depot"))),
    ("regular-no-way", closed(DUTY, duty("d2", 470, "m", 480, "depot"))),
    ("regular-cut-off", closed(replace(DUTY, starts_at="m"))),
    ("regular-before-hours", shared(replace(DUTY, starts_at="m"), from_minute=391)),
    ("regular-after-hours", shared(replace(DUTY, ends_at="m"), until_minute=459)),
    ("code-twice", shared(DUTY, duty("d1", 470, "depot", 471, "depot"))),
    ("code-empty", shared(replace(DUTY, code=" "))),
    ("times-turned", shared(duty("d1", 700, "depot", 600, "depot"))),
    ("number-absurd", shared(duty("d1", 700, "depot", 2900, "depot"))),
    ("code-twice", replace(CASE, requests=CASE.requests * 2)),
    ("code-twice", replace(CASE, stops=(*CASE.stops, Stop("m")))),
    ("code-empty", replace(CASE, stops=(*CASE.stops, Stop(" ")))),
    ("no-buses", replace(CASE, vehicles=())),
    ("no-buses", replace(CASE, vehicles=(replace(CASE.vehicles[0], count=0),))),
    ("no-requests", replace(CASE, requests=())),
    ("stop-missing", request(stop="x")),
    ("stop-missing", request(stop="m")),
    ("market-missing", request(market="a")),
    ("depot-missing", bus(depot="a")),
    ("ways-ragged", replace(CASE, ways=replace(CASE.ways, minutes=((0,),)))),
    ("ways-missing", replace(CASE, markets=(*CASE.markets, Market("new")))),
    ("way-half", way(NO_ROAD, 5)),
    ("way-absurd", way(-2, 5)),
    ("way-absurd", way(5, 3_000_000)),
    ("number-absurd", replace(CASE, depots=(Depot("depot", lat=91.0, lon=0.0),))),
    ("number-absurd", replace(CASE, depots=(Depot("depot", lat=26.0, lon=181.0),))),
    ("number-absurd", request(persons=0)),
    ("number-absurd", request(persons=-3)),
    ("number-absurd", request(baskets=-1)),
    ("number-absurd", request(baskets=100_000)),
    ("number-absurd", request(latest_minute=2880)),
    ("number-absurd", bus(seats=0)),
    ("number-absurd", bus(cost_fen_per_km=-1)),
    ("number-absurd", rule(stops_limit=0)),
    ("number-absurd", rule(ride_limit_minutes=-1)),
    ("number-absurd", rule(baskets_per_minute=0)),
    ("number-absurd", rule(apart=Apart(hard_minutes=-1))),
    ("number-absurd", replace(CASE, departures=(Departure("a", -1),))),
    ("times-turned", request(earliest_minute=430)),
    (
        "times-turned",
        replace(CASE, markets=(Market("m", "", None, 500, 400), Market("n"))),
    ),
    ("times-turned", bus(from_minute=600)),
]


@pytest.mark.parametrize(("code", "case"), ERRORS)
def test_an_error_is_told_in_both_languages_and_refused(code: str, case: Case) -> None:
    found = {each.code: each for each in findings(case)}

    assert found[code].severity == "error"
    assert found[code].inputs
    for each in found.values():
        assert "{" not in say(each, "zh") + say(each, "en")
    with pytest.raises(Refused):
        require(case)


WARNINGS: list[tuple[str, Case]] = [
    ("way-too-fast", way(2, 9_000)),
    ("price-never-paid", rule(apart=Apart(5, 5, 10))),
    ("floor-too-small", bus(floor_dm2=5)),
    ("departure-elsewhere", replace(CASE, departures=(Departure("far", 400),))),
    (
        "position-half",
        replace(CASE, stops=(replace(CASE.stops[0], lat=26.5), *CASE.stops[1:])),
    ),
    ("stop-unwanted", replace(CASE, requests=CASE.requests[:1])),
]


@pytest.mark.parametrize(("code", "case"), WARNINGS)
def test_a_warning_does_not_keep_a_case_from_being_planned(
    code: str, case: Case
) -> None:
    found = {each.code: each for each in require(case)}

    assert "{" not in say(found[code], "zh") + say(found[code], "en")


def test_a_sound_case_has_nothing_to_tell() -> None:
    assert findings(CASE) == ()
    # A duty may follow another at once, and begin when the bus can just be there.
    edge = duty("d2", 460, "m", 510, "m")
    late = replace(DUTY, starts_minute=340, starts_at="m")
    found = findings(shared(late, edge))
    # Who wanted that very bus cannot be taken any more; nothing is an error.
    assert {each.code for each in found} == {"request-impossible"}


def test_regular_duties_at_odds_are_named_both() -> None:
    case = shared(DUTY, duty("d2", 440, "depot", 480, "depot"))
    (found,) = findings(case)
    assert set(found.inputs) == {"regular d1", "regular d2"}


A_TO_M = "ways a m"
IMPOSSIBLE: list[tuple[tuple[str, ...], tuple[str, ...], Case]] = [
    (("seats",), ("request r1", "vehicles"), request(persons=21, baskets=0)),
    (("baskets",), ("request r1", "vehicles"), request(persons=1, baskets=31)),
    (
        ("floor",),
        ("request r1", "vehicles", "rule person_dm2", "rule basket_dm2"),
        replace(request(persons=20, baskets=25), vehicles=CASE.vehicles[:1]),
    ),
    (("ride",), (A_TO_M, "rule ride_limit_minutes"), rule(ride_limit_minutes=13)),
    (
        ("window", "hours"),
        ("request r1", "market m"),
        request(earliest_minute=300, latest_minute=379),
    ),
    (
        ("window", "early"),
        ("request r1", "vehicles"),
        replace(
            request(latest_minute=395),
            vehicles=(replace(CASE.vehicles[0], from_minute=353),),
        ),
    ),
    (
        ("window", "late"),
        ("request r1", "vehicles"),
        replace(request(), vehicles=(replace(CASE.vehicles[0], until_minute=402),)),
    ),
    (
        ("window", "apart-market"),
        ("request r1", "market m", "departures m", "rule apart"),
        request(earliest_minute=415, latest_minute=420),
    ),
    (
        ("window", "apart-stop"),
        ("request r1", "stop a", "departures a", "rule apart"),
        request(earliest_minute=386, latest_minute=390),
    ),
]


@pytest.mark.parametrize(("rules", "inputs", "case"), IMPOSSIBLE)
def test_the_smallest_set_of_conflicting_inputs_is_named(
    rules: tuple[str, ...], inputs: tuple[str, ...], case: Case
) -> None:
    found = [each for each in require(case) if each.subject == "r1"]

    assert [each.code for each in found] == ["request-impossible"]
    assert tuple(each.code for each in found[0].because) == tuple(
        f"rule-{rule}" for rule in rules
    )
    assert found[0].inputs == inputs
    assert "{" not in say(found[0], "zh") + say(found[0], "en")


def test_a_village_no_bus_can_reach() -> None:
    narrow = replace(CASE.stops[0], longest_cm=800)
    case = replace(request(), stops=(narrow, *CASE.stops[1:]))
    assert forbidding(case, case.requests[0]) == ("length",)
    lost = [list(row) for row in CASE.ways.minutes]
    lost[3] = [NO_ROAD] * 6
    times = tuple(map(tuple, lost))
    case = replace(request(), ways=replace(CASE.ways, minutes=times, metres=times))
    assert forbidding(case, case.requests[0]) == ("road",)


def test_two_buses_that_fail_for_two_reasons_need_both_named() -> None:
    buses = (replace(CASE.vehicles[0], seats=7), CASE.vehicles[1])
    case = replace(request(baskets=13), vehicles=buses)
    assert forbidding(case, case.requests[0]) == ("seats", "baskets")


HOME = replace(
    CASE.requests[0], home=True, earliest_minute=390, latest_minute=420, baskets=1
)


def homeward(**changes: object) -> Case:
    """Free to leave m from 370 (330 + 10 and 3, or so) on."""
    return replace(CASE, requests=(replace(HOME, **changes),))


IMPOSSIBLE_HOME: list[tuple[tuple[str, ...], tuple[str, ...], Case]] = [
    (("seats",), ("request r1", "vehicles"), homeward(persons=21)),
    (
        ("ride-home",),
        ("ways m a", "rule ride_limit_minutes"),
        replace(homeward(), rules=replace(CASE.rules, ride_limit_minutes=19)),
    ),
    (
        ("window-home", "hours"),
        ("request r1", "market m"),
        homeward(earliest_minute=441, latest_minute=600),
    ),
    (
        ("window-home", "early"),
        ("request r1", "vehicles"),
        replace(
            homeward(latest_minute=392),
            vehicles=(replace(CASE.vehicles[0], from_minute=380),),
        ),
    ),
    (
        ("window-home", "late"),
        ("request r1", "vehicles"),
        replace(homeward(), vehicles=(replace(CASE.vehicles[0], until_minute=431),)),
    ),
    (
        ("window-home", "apart-market"),
        ("request r1", "market m", "departures m", "rule apart"),
        homeward(earliest_minute=415, latest_minute=421),
    ),
    (
        ("window-home", "apart-stop"),
        ("request r1", "stop a", "departures a", "rule apart"),
        replace(
            homeward(earliest_minute=396, latest_minute=396),
            departures=(Departure("a", 419),),
        ),
    ),
]


@pytest.mark.parametrize(("rules", "inputs", "case"), IMPOSSIBLE_HOME)
def test_it_is_named_for_those_who_want_home(
    rules: tuple[str, ...], inputs: tuple[str, ...], case: Case
) -> None:
    test_the_smallest_set_of_conflicting_inputs_is_named(rules, inputs, case)


def test_one_minute_more_and_they_can_ride_home() -> None:
    cases = [
        replace(homeward(), rules=replace(CASE.rules, ride_limit_minutes=20)),
        homeward(earliest_minute=440, latest_minute=600),
        replace(
            homeward(latest_minute=393),
            vehicles=(replace(CASE.vehicles[0], from_minute=380),),
        ),
        replace(homeward(), vehicles=(replace(CASE.vehicles[0], until_minute=432),)),
        homeward(earliest_minute=415, latest_minute=422),
    ]
    assert [forbidding(case, case.requests[0]) for case in cases] == [()] * len(cases)


def test_a_market_with_no_road_home() -> None:
    times = [list(row) for row in CASE.ways.minutes]
    times[1][3] = NO_ROAD
    shut = tuple(map(tuple, times))
    case = replace(homeward(), ways=replace(CASE.ways, minutes=shut, metres=shut))
    assert forbidding(case, case.requests[0]) == ("road",)
    assert forbidding(case, replace(HOME, home=False)) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.booleans().flatmap(lambda returns: cases(returns=returns)))
def test_a_request_is_impossible_only_if_trying_everything_fails(case: Case) -> None:
    for each in case.requests:
        one = replace(
            case,
            requests=(replace(each),),
            rules=replace(case.rules, person_fen=1_000_000),
        )
        assert (forbidding(one, each) == ()) == (best_value_milli(one) > 0)


def test_every_sentence_has_both_languages() -> None:
    for chinese, english in TEXTS.values():
        assert chinese
        assert english
        assert not chinese.isascii()
    assert len(INPUTS) > 30


def test_times_after_midnight_are_said_as_people_read_them() -> None:
    late = request(earliest_minute=1450, latest_minute=1460)
    told = next(each for each in require(late) if each.code == "request-impossible")
    assert "24:10" in say(told, "zh")
