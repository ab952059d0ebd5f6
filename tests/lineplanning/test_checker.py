"""A sound plan of a handmade case, spoiled in one way after another."""

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from wugeyi.engines.lineplanning import checker, inputs
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.findings import say
from wugeyi.engines.lineplanning.model import (
    NO_ROAD,
    Apart,
    Case,
    Departure,
    Depot,
    Market,
    RegularDuty,
    Request,
    Rules,
    Stop,
    Vehicle,
    Ways,
)
from wugeyi.engines.lineplanning.plan import Block, Call, Money, Plan, Trip
from wugeyi.engines.lineplanning.texts_plans import PLANS

# From:  depot  m   n   a   b   c
MINUTES = (
    (0, 10, 12, 20, 25, 15),
    (10, 0, 5, 20, 26, 14),
    (12, 5, 0, 22, 28, 16),
    (20, 20, 22, 0, 6, 9),
    (25, 26, 28, 6, 0, 12),
    (15, 14, 16, 9, 12, 0),
)
CODES = ("depot", "m", "n", "a", "b", "c")

CASE = Case(
    stops=(Stop("a"), Stop("b", longest_cm=1200), Stop("c", longest_cm=900)),
    markets=(
        Market("m", opens_minute=380, closes_minute=440),
        Market("n", closes_minute=500),
    ),
    depots=(Depot("depot"),),
    ways=Ways(
        CODES, MINUTES, tuple(tuple(600 * each for each in row) for row in MINUTES)
    ),
    vehicles=(
        Vehicle("large", "depot", 1, 20, 30, 1140, 260, 6000, 1000, 330, 520),
        Vehicle("small", "depot", 1, 10, 12, 850, 180, 4500, 0, 330, 520),
    ),
    requests=(
        Request("r1", "a", "m", 8, 13, 390, 420),
        Request("r2", "b", "m", 5, 4, 385, 415),
        Request("r3", "c", "m", 4, 6, 400, 470),
        Request("r4", "a", "n", 6, 5, 440, 490),
        Request("r5", "c", "m", 7, 9, 400, 430),
    ),
    departures=(
        Departure("a", 365),
        Departure("m", 418),
        Departure("b", 371),
        Departure("c", 417),
    ),
    rules=Rules(
        ride_limit_minutes=40,
        stops_limit=2,
        turnaround_minutes=3,
        apart=Apart(hard_minutes=4, soft_minutes=12, price_fen=50),
    ),
)

# b at 376 stands 2 (4 baskets), a at 384 stands 3 (13 baskets), m at 407; free at 410,
# a at 430 stands 2, n at 454; free at 457, home at 469.
FIRST = Trip(
    "m",
    (Call("b", 376, 378, ("r2",), 5, 4), Call("a", 384, 387, ("r1",), 13, 17)),
    407,
    600 * 26,
)
SECOND = Trip("n", (Call("a", 430, 432, ("r4",), 6, 5),), 454, 600 * 22)
# c at 392 stands 2, m at 408.
THIRD = Trip("m", (Call("c", 392, 394, ("r3",), 4, 6),), 408, 600 * 14)
LARGE = Block("large", 1, (FIRST, SECOND), 351, 469, 600 * (25 + 20 + 12))
SMALL = Block("small", 1, (THIRD,), 377, 421, 600 * (15 + 10))
# b: 5 minutes from 371, m twice: 11 and 10 from 418.
MONEY = Money(
    served_milli=1000 * (600 * 23 + 300 * 28),
    driven_milli=600 * (26 + 22 + 57) * 260 + 600 * (14 + 25) * 180,
    buses_milli=10_500_000,
    near_milli=1000 * 50 * (7 + 1 + 2),
)
PLAN = Plan((LARGE, SMALL), ("r5",), MONEY, MONEY.value_milli + 5)


def test_the_sound_plan_has_no_breach() -> None:
    assert check(CASE, PLAN) == ()


def block(**changes: object) -> Plan:
    return replace(PLAN, blocks=(replace(LARGE, **changes), SMALL))


def small(**changes: object) -> Plan:
    return replace(PLAN, blocks=(LARGE, replace(SMALL, **changes)))


def first(**changes: object) -> Plan:
    return block(trips=(replace(FIRST, **changes), SECOND))


def at_b(**changes: object) -> Plan:
    return first(calls=(replace(FIRST.calls[0], **changes), FIRST.calls[1]))


def at_a(**changes: object) -> Plan:
    return first(calls=(FIRST.calls[0], replace(FIRST.calls[1], **changes)))


def at_c(**changes: object) -> Plan:
    return small(trips=(replace(THIRD, calls=(replace(THIRD.calls[0], **changes),)),))


def third(**changes: object) -> Plan:
    return small(trips=(replace(THIRD, **changes),))


def money(**changes: int) -> Plan:
    return replace(PLAN, money=replace(MONEY, **changes))


def rule(**changes: object) -> Case:
    return replace(CASE, rules=replace(CASE.rules, **changes))


def bus(number: int, **changes: object) -> Case:
    vehicles = list(CASE.vehicles)
    vehicles[number] = replace(vehicles[number], **changes)
    return replace(CASE, vehicles=tuple(vehicles))


def want(number: int, **changes: object) -> Case:
    requests = list(CASE.requests)
    requests[number] = replace(requests[number], **changes)
    return replace(CASE, requests=tuple(requests))


def regular(place: str, minute: int) -> Case:
    return replace(CASE, departures=(*CASE.departures, Departure(place, minute)))


def market(**changes: object) -> Case:
    return replace(CASE, markets=(replace(CASE.markets[0], **changes), CASE.markets[1]))


def shut(here: str, there: str) -> Case:
    minutes = [list(row) for row in MINUTES]
    minutes[CODES.index(here)][CODES.index(there)] = NO_ROAD
    table = tuple(map(tuple, minutes))
    return replace(CASE, ways=replace(CASE.ways, minutes=table))


# A day with trips home. The large bus, after FIRST: from m at 620, a at 640 stands 2 (3
# baskets), b at 648 stands 1 (none), n at 677, from n at 680, a at 702 stands 2, home at
# 724. The small bus: m at 617, from m at 620, c at 634 stands 2, and from there with
# others at 640 to m at 656; free at 659, home at 669.
NOON = replace(
    CASE,
    markets=(
        Market("m", opens_minute=380, closes_minute=700),
        Market("n", closes_minute=700),
    ),
    vehicles=tuple(replace(each, until_minute=740) for each in CASE.vehicles),
    requests=(
        *CASE.requests[:2],
        Request("h1", "a", "m", 8, 3, 600, 640, home=True),
        Request("h2", "b", "m", 5, 0, 610, 660, home=True),
        Request("h3", "a", "n", 6, 5, 660, 690, home=True),
        Request("h4", "c", "m", 3, 12, 615, 625, home=True),
        Request("r6", "c", "m", 4, 2, 640, 670),
        Request("h5", "b", "n", 2, 0, 600, 700, home=True),
    ),
    departures=(*CASE.departures, Departure("a", 632), Departure("m", 610)),
)
AT_A, AT_B = Call("a", 640, 642, ("h1",), 5, 0), Call("b", 648, 649, ("h2",), 0, 0)
OUT = Trip("m", (AT_A, AT_B), 620, 600 * 26, home=True)
AGAIN = Trip("n", (Call("a", 702, 704, ("h3",), 0, 0),), 680, 600 * 22, home=True)
SHORT = Trip("m", (Call("c", 634, 636, ("h4",), 0, 0),), 620, 600 * 14, home=True)
LATE = Trip("m", (Call("c", 640, 642, ("r6",), 4, 2),), 656, 600 * 14)
DAY = Block("large", 1, (FIRST, OUT, AGAIN), 351, 724, 600 * (25 + 28 + 20))
NOON_SMALL = Block("small", 1, (SHORT, LATE), 607, 669, 600 * (10 + 10))
# b and m in the morning as before, m at 620 twice, a at 640.
NOON_MONEY = Money(
    served_milli=1000 * (600 * 39 + 300 * 39),
    driven_milli=600 * (26 + 26 + 22 + 73) * 260 + 600 * (14 + 14 + 20) * 180,
    buses_milli=10_500_000,
    near_milli=1000 * 50 * (7 + 1 + 2 + 2 + 4),
)
NOON_PLAN = Plan((DAY, NOON_SMALL), ("h5",), NOON_MONEY, NOON_MONEY.value_milli)


def test_the_sound_plan_with_trips_home_has_no_breach() -> None:
    assert check(NOON, NOON_PLAN) == ()


def noon(**changes: object) -> Plan:
    """The large bus's first trip home is another."""
    trips = (FIRST, replace(OUT, **changes), AGAIN)
    return replace(NOON_PLAN, blocks=(replace(DAY, trips=trips), NOON_SMALL))


def noon_block(**changes: object) -> Plan:
    return replace(NOON_PLAN, blocks=(DAY, replace(NOON_SMALL, **changes)))


def asks(number: int, **changes: object) -> Case:
    requests = list(NOON.requests)
    requests[number] = replace(requests[number], **changes)
    return replace(NOON, requests=tuple(requests))


def m_at_noon(**changes: object) -> Case:
    return replace(NOON, markets=(replace(NOON.markets[0], **changes), NOON.markets[1]))


def noon_shut(here: str, there: str) -> Case:
    return replace(NOON, ways=shut(here, there).ways)


def noon_rule(**changes: object) -> Case:
    return replace(NOON, rules=replace(NOON.rules, **changes))


TWICE_AT_A = (
    Call("b", 376, 378, ("r2",), 5, 4),
    Call("a", 384, 387, ("r1",), 13, 17),
    Call("a", 387, 387, (), 13, 17),
)

# The small bus comes from a regular duty, has one between its trips, and is out anyway.
EARLY = RegularDuty("早班", "small", 340, "depot", 376, "n")
LATER = RegularDuty("二班", "small", 411, "m", 430, "a")
SHARED = replace(CASE, regular_duties=(LATER, EARLY))
ALONE = Block("large", 1, (FIRST,), 351, 420, 600 * (25 + 10))
AROUND = Block(
    "small", 1, (THIRD, SECOND), 376, 469, 600 * (16 + 0 + 0 + 12), 600 * (5 + 20)
)
SHARED_MONEY = replace(
    MONEY,
    driven_milli=600 * (26 + 35) * 260 + 600 * (14 + 22 + 28 - 25) * 180,
    buses_milli=6_000_000,
)
SHARED_PLAN = Plan((ALONE, AROUND), ("r5",), SHARED_MONEY, SHARED_MONEY.value_milli + 5)


def around(**changes: object) -> Plan:
    return replace(SHARED_PLAN, blocks=(ALONE, replace(AROUND, **changes)))


def early(**changes: object) -> Case:
    return replace(SHARED, regular_duties=(replace(EARLY, **changes), LATER))


def later(**changes: object) -> Case:
    return replace(SHARED, regular_duties=(EARLY, replace(LATER, **changes)))


SHARED_BREACHES: list[tuple[str, Case, Plan]] = [
    ("leaves-during-regular-duty", SHARED, around(leave_minute=375)),
    ("during-regular-duty", early(ends_minute=393), SHARED_PLAN),
    ("during-regular-duty", later(ends_minute=431), SHARED_PLAN),
    # A trip that begins with the duty is taken for one after it.
    ("during-regular-duty", later(starts_minute=392), SHARED_PLAN),
    ("into-regular-duty", later(starts_minute=407), SHARED_PLAN),
    ("late-for-regular-duty", SHARED, around(trips=(THIRD,), back_minute=412)),
    ("regular-end-too-far", SHARED, around(leave_minute=377)),
    ("regular-end-too-far", early(ends_at="b"), around(leave_minute=381)),
    ("regular-end-too-far", later(ends_at="b"), SHARED_PLAN),
    ("regular-start-too-far", later(starts_minute=410), SHARED_PLAN),
    ("regular-start-too-far", later(starts_at="n"), SHARED_PLAN),
    ("back-too-soon", SHARED, around(back_minute=468)),
    ("back-too-soon", SHARED, around(trips=(THIRD,), back_minute=410)),
    ("back-too-late", SHARED, around(back_minute=521)),
    ("leaves-too-early", replace(SHARED, regular_duties=()), around(leave_minute=300)),
    (
        "depot-too-far",
        replace(SHARED, regular_duties=(LATER,)),
        around(leave_minute=378),
    ),
    ("next-trip-too-soon", replace(SHARED, regular_duties=(EARLY,)), SHARED_PLAN),
    ("empty-metres-wrong", SHARED, around(empty_metres=600 * (15 + 10 + 12 + 12))),
    ("empty-metres-wrong", early(ends_at="depot"), SHARED_PLAN),
    ("empty-metres-wrong", later(starts_at="n"), SHARED_PLAN),
    ("spared-metres-wrong", SHARED, around(spared_metres=0)),
    ("spared-metres-wrong", later(ends_at="n"), SHARED_PLAN),
    ("spared-metres-wrong", replace(SHARED, regular_duties=()), SHARED_PLAN),
    (
        "buses-money-wrong",
        SHARED,
        replace(SHARED_PLAN, money=replace(SHARED_MONEY, buses_milli=10_500_000)),
    ),
    (
        "driven-money-wrong",
        SHARED,
        replace(
            SHARED_PLAN,
            money=replace(
                SHARED_MONEY, driven_milli=600 * (61 * 260 + (14 + 22 + 28) * 180)
            ),
        ),
    ),
    ("no-road", replace(SHARED, ways=shut("n", "c").ways), SHARED_PLAN),
    ("trips-overlap", SHARED, around(trips=(SECOND, THIRD))),
]

BREACHES: list[tuple[str, Case, Plan]] = [
    ("vehicle-unknown", CASE, block(vehicle="tram")),
    ("block-empty", CASE, block(trips=())),
    ("trip-empty", CASE, first(calls=())),
    ("market-unknown", CASE, first(market="x")),
    ("stop-unknown", CASE, at_b(stop="x")),
    ("request-unknown", CASE, at_b(requests=("r9",))),
    ("bus-twice", CASE, replace(PLAN, blocks=(LARGE, LARGE, SMALL))),
    ("bus-missing", CASE, block(number=2)),
    ("bus-missing", CASE, block(number=0)),
    ("fleet-exceeded", CASE, replace(PLAN, blocks=(LARGE, replace(LARGE, number=2)))),
    ("leaves-too-early", bus(0, from_minute=352), PLAN),
    ("back-too-late", bus(0, until_minute=468), PLAN),
    ("depot-too-far", CASE, block(leave_minute=352)),
    ("trips-overlap", CASE, block(trips=(SECOND, FIRST))),
    ("next-trip-too-soon", rule(turnaround_minutes=4), PLAN),
    ("back-too-soon", CASE, block(back_minute=468)),
    ("empty-metres-wrong", CASE, block(empty_metres=1)),
    ("no-road", shut("depot", "b"), PLAN),
    ("no-road", shut("b", "a"), PLAN),
    ("no-road", shut("a", "m"), PLAN),
    ("no-road", shut("m", "a"), PLAN),
    ("no-road", shut("n", "depot"), PLAN),
    ("too-many-stops", rule(stops_limit=1), PLAN),
    ("stop-twice", CASE, first(calls=TWICE_AT_A)),
    ("call-for-nobody", CASE, first(calls=TWICE_AT_A)),
    ("driven-too-fast", CASE, at_a(arrive_minute=383)),
    ("driven-too-fast", CASE, first(market_minute=406)),
    ("trip-metres-wrong", CASE, first(metres=600 * 26 - 1)),
    ("persons-aboard-wrong", CASE, at_a(persons_on=12)),
    ("baskets-aboard-wrong", CASE, at_b(baskets_on=5)),
    ("seats-exceeded", bus(0, seats=12), PLAN),
    ("baskets-exceeded", bus(0, basket_places=16), PLAN),
    ("floor-exceeded", bus(0, floor_dm2=13 * 20 + 17 * 25 - 1), PLAN),
    ("market-not-open", market(opens_minute=408), PLAN),
    ("market-closed", market(closes_minute=406), PLAN),
    ("market-too-near", regular("m", 404), PLAN),
    ("bus-too-long", bus(1, length_cm=901), PLAN),
    ("bus-too-long", bus(0, length_cm=1201), PLAN),
    ("call-too-short", CASE, at_a(depart_minute=386)),
    ("call-too-short", CASE, at_b(depart_minute=375)),
    ("call-too-short", rule(baskets_per_minute=3), PLAN),
    ("stop-too-near", regular("c", 395), PLAN),
    ("wrong-stop", want(2, stop="a"), PLAN),
    ("wrong-market", want(2, market="n"), PLAN),
    ("arrives-too-early", want(1, earliest_minute=408), PLAN),
    ("arrives-too-late", want(1, latest_minute=406), PLAN),
    ("ride-too-long", rule(ride_limit_minutes=28), PLAN),
    ("request-twice", CASE, at_c(requests=("r3", "r1"))),
    ("left-out-unknown", CASE, replace(PLAN, left_out=("r5", "r9"))),
    ("left-out-rides", CASE, replace(PLAN, left_out=("r5", "r1"))),
    ("left-out-twice", CASE, replace(PLAN, left_out=("r5", "r5"))),
    ("request-lost", CASE, replace(PLAN, left_out=())),
    ("served-money-wrong", CASE, money(served_milli=MONEY.served_milli + 1)),
    ("served-money-wrong", rule(person_fen=601), PLAN),
    ("driven-money-wrong", bus(1, cost_fen_per_km=181), PLAN),
    ("buses-money-wrong", bus(1, fixed_fen=0), PLAN),
    ("near-money-wrong", CASE, money(near_milli=0)),
    ("near-money-wrong", regular("c", 382), PLAN),
    ("market-too-far", NOON, noon_block(leave_minute=608)),
    ("next-trip-home-too-soon", noon_rule(turnaround_minutes=4), NOON_PLAN),
    (
        "next-trip-home-too-soon",
        NOON,
        noon(calls=(AT_A, replace(AT_B, depart_minute=650))),
    ),
    ("trips-overlap", NOON, noon_block(trips=(LATE, SHORT))),
    (
        "next-trip-too-soon",
        NOON,
        noon_block(
            trips=(SHORT, replace(LATE, calls=(replace(AT_B, arrive_minute=647),)))
        ),
    ),
    (
        "back-too-soon",
        NOON,
        replace(NOON_PLAN, blocks=(replace(DAY, back_minute=723),)),
    ),
    ("empty-metres-wrong", NOON, noon_block(empty_metres=600 * 34)),
    ("no-road", noon_shut("depot", "m"), NOON_PLAN),
    ("no-road", noon_shut("m", "c"), NOON_PLAN),
    ("no-road", noon_shut("b", "n"), NOON_PLAN),
    ("no-road", noon_shut("a", "depot"), NOON_PLAN),
    ("wrong-direction", asks(2, home=False), NOON_PLAN),
    ("wrong-direction", asks(6, home=True), NOON_PLAN),
    ("driven-too-fast", NOON, noon(market_minute=621)),
    ("driven-too-fast", NOON, noon(calls=(AT_A, replace(AT_B, arrive_minute=647)))),
    ("trip-metres-wrong", NOON, noon(metres=600 * 20)),
    ("persons-aboard-wrong", NOON, noon(calls=(replace(AT_A, persons_on=13), AT_B))),
    ("baskets-aboard-wrong", NOON, noon(calls=(replace(AT_A, baskets_on=3), AT_B))),
    ("market-not-open-home", m_at_noon(opens_minute=621), NOON_PLAN),
    ("market-closed-home", m_at_noon(closes_minute=619), NOON_PLAN),
    (
        "market-too-near",
        replace(NOON, departures=(*NOON.departures, Departure("n", 683))),
        NOON_PLAN,
    ),
    (
        "stop-too-near",
        replace(NOON, departures=(*NOON.departures, Departure("b", 645))),
        NOON_PLAN,
    ),
    ("call-too-short", NOON, noon(calls=(replace(AT_A, depart_minute=641), AT_B))),
    ("call-for-nobody", NOON, noon(calls=(replace(AT_A, requests=()), AT_B))),
    ("wrong-stop-home", asks(2, stop="b"), NOON_PLAN),
    ("wrong-market-home", asks(2, market="n"), NOON_PLAN),
    ("leaves-market-too-early", asks(2, earliest_minute=621), NOON_PLAN),
    ("leaves-market-too-late", asks(2, latest_minute=619), NOON_PLAN),
    ("ride-too-long", NOON, noon(calls=(AT_A, replace(AT_B, arrive_minute=661)))),
    (
        "near-money-wrong",
        replace(NOON, departures=(*NOON.departures, Departure("c", 625))),
        NOON_PLAN,
    ),
    (
        "driven-money-wrong",
        NOON,
        replace(NOON_PLAN, money=replace(NOON_MONEY, driven_milli=0)),
    ),
    ("bound-too-low", CASE, replace(PLAN, bound_milli=MONEY.value_milli - 1)),
]


BREACHES += SHARED_BREACHES


def test_a_plan_around_regular_duties_has_no_breach_at_the_very_limit() -> None:
    # It leaves for c when the first duty ends, and is at m when the second starts.
    assert inputs.findings(SHARED) == ()
    assert check(SHARED, SHARED_PLAN) == ()


@pytest.mark.parametrize(
    ("code", "case", "plan"),
    BREACHES,
    ids=[f"{number}-{code}" for number, (code, *_) in enumerate(BREACHES)],
)
def test_every_breach_is_caught(code: str, case: Case, plan: Plan) -> None:
    found = check(case, plan)

    assert code in {each.code for each in found}
    for each in found:
        assert "{" not in say(each, "zh") + say(each, "en")


def test_at_the_very_limit_nothing_is_wrong() -> None:
    edges: list[Callable[[], Case]] = [
        lambda: bus(0, from_minute=351),
        lambda: bus(0, until_minute=469),
        lambda: rule(ride_limit_minutes=29),
        lambda: bus(0, seats=13),
        lambda: bus(0, basket_places=17),
        lambda: bus(0, floor_dm2=13 * 20 + 17 * 25),
        lambda: market(opens_minute=407, closes_minute=408),
        lambda: want(1, earliest_minute=407, latest_minute=407),
    ]
    assert [check(edge(), PLAN) for edge in edges] == [()] * len(edges)


FULL: list[tuple[str, dict[str, int]]] = [
    ("seats-exceeded", {"seats": 12}),
    ("baskets-exceeded", {"basket_places": 2}),
    ("floor-exceeded", {"floor_dm2": 13 * 20 + 3 * 25 - 1}),
]


@pytest.mark.parametrize(("code", "changes"), FULL)
def test_a_trip_home_is_full_when_it_leaves_the_market(
    code: str, changes: dict[str, int]
) -> None:
    large, other = NOON.vehicles
    case = replace(NOON, vehicles=(replace(large, **changes), other))
    found = [each for each in check(case, NOON_PLAN) if each.code == code]
    assert "m" in {
        each.values["stop"] for each in found if each.subject == "large 1 m 620 →"
    }


def test_at_the_very_limit_a_trip_home_is_not_wrong() -> None:
    edges = [
        asks(2, earliest_minute=620, latest_minute=620),
        m_at_noon(opens_minute=407, closes_minute=656),
        replace(
            NOON,
            vehicles=tuple(replace(each, until_minute=724) for each in NOON.vehicles),
        ),
        noon_rule(ride_limit_minutes=29),
    ]
    assert [check(edge, NOON_PLAN) for edge in edges] == [()] * len(edges)


def test_all_kinds_the_checker_knows_are_tried() -> None:
    assert {code for code, _, _ in BREACHES} == set(PLANS)
    assert len(PLANS) >= 40


def test_the_checker_shares_no_code_with_the_solver() -> None:
    folder = Path(checker.__file__).parent
    home = "wugeyi.engines.lineplanning."
    allowed = {"model", "plan", "findings", "checker", "tariff", "crew"}
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                home
            ):
                part = str(node.module).removeprefix(home).split(".")[0]
                assert part in allowed, path
