"""A sound roster of a handmade week, spoiled in one way after another."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.lineplanning.test_checker import CASE, PLAN
from wugeyi.engines.lineplanning import checker
from wugeyi.engines.lineplanning.checker import check_fares, check_roster
from wugeyi.engines.lineplanning.fares import STANDARD, revenue, subsidy
from wugeyi.engines.lineplanning.findings import Finding, say
from wugeyi.engines.lineplanning.roster import (
    Assignment,
    Driver,
    Duty,
    Roster,
    RosterRules,
)
from wugeyi.engines.lineplanning.tariff import Band, Fares
from wugeyi.engines.lineplanning.texts_roster import FARES, ROSTER

MONDAY = date(2026, 3, 2)
DAYS = tuple(MONDAY + timedelta(each) for each in range(7))
ANNE = Driver("anne", "甲", date(2010, 5, 1), 4)
BO = Driver("bo", "乙", date(2016, 3, 2), 3, (DAYS[6],))
EARLY = Duty("early", 330, 660, ((330, 480), (510, 660)), bus="1")
LATE = Duty(
    "late", 700, 1100, ((700, 760), (1000, 1100)), (True,) * 5 + (False,) * 2, "2"
)
LOOSE = RosterRules(spread_duties=-1, spread_early=-1, spread_weekends=-1)


def on(day: int, driver: str, duty: str) -> Assignment:
    return Assignment(driver, DAYS[day], duty)


# Early:  a a a b b b a      late: b b . runs Monday to Friday
WORK = (
    on(0, "anne", "early"), on(0, "bo", "late"),
    on(1, "anne", "early"), on(1, "bo", "late"),
    on(2, "anne", "early"), on(2, "bo", "late"),
    on(3, "bo", "late"), on(3, "anne", "early"),
    on(4, "bo", "late"), on(4, "anne", "early"),
    on(5, "bo", "early"),
    on(6, "anne", "early"),
)  # fmt: skip
ROSTER_ = Roster(WORK, 0, 1, 1, 0)


def found(
    roster: Roster = ROSTER_,
    drivers: tuple[Driver, ...] = (ANNE, BO),
    duties: tuple[Duty, ...] = (EARLY, LATE),
    rules: RosterRules = LOOSE,
    **more: Any,
) -> tuple[Finding, ...]:
    return check_roster(
        drivers, duties, rules, roster, first_day=MONDAY, days=7, **more
    )


def test_the_sound_roster_has_no_breach() -> None:
    assert found() == ()


def work(*gone: int, more: tuple[Assignment, ...] = ()) -> Roster:
    kept = tuple(each for n, each in enumerate(WORK) if n not in gone)
    return replace(ROSTER_, assignments=kept + more)


def rule(**changes: Any) -> RosterRules:
    return replace(LOOSE, **changes)


BREACHES: list[tuple[str, Callable[[], tuple[Finding, ...]]]] = [
    ("roster-driver-unknown", lambda: found(drivers=(ANNE,))),
    ("roster-duty-unknown", lambda: found(duties=(EARLY,))),
    (
        "roster-day-outside",
        lambda: found(work(more=(Assignment("bo", MONDAY - timedelta(1), "early"),))),
    ),
    (
        "roster-day-outside",
        lambda: found(work(more=(Assignment("bo", MONDAY + timedelta(7), "early"),))),
    ),
    ("roster-duty-not-then", lambda: found(work(more=(on(5, "anne", "late"),)))),
    ("roster-duty-undriven", lambda: found(work(10))),
    ("roster-duty-twice", lambda: found(work(more=(on(5, "anne", "early"),)))),
    ("roster-duty-twice", lambda: found(work(more=(WORK[0],)))),
    ("roster-two-at-once", lambda: found(work(more=(WORK[0],)))),
    ("roster-no-break", lambda: found(rules=rule(day_driving_minutes=149))),
    ("roster-no-break", lambda: found(rules=rule(day_driving_minutes=299, break_minutes=31))),
    ("roster-no-break-night", lambda: found(rules=rule(night_driving_minutes=29))),
    ("roster-driver-absent", lambda: found(drivers=(ANNE, replace(BO, absent=DAYS[4:5])))),
    (
        "roster-licence-too-new",
        lambda: found(drivers=(ANNE, replace(BO, licensed_on=date(2016, 3, 3)))),
    ),
    ("roster-stars-too-few", lambda: found(drivers=(ANNE, replace(BO, stars=2)))),
    (
        "roster-two-at-once",
        lambda: found(duties=(EARLY, replace(LATE, end_minute=330 + 1440 + 1))),
    ),
    ("roster-rest-short", lambda: found(rules=rule(rest_minutes=671))),
    ("roster-no-rest-day", lambda: found(rules=rule(rest_days_in_7=2))),
    ("roster-24h-exceeded", lambda: found(rules=rule(driving_24h_minutes=459))),
    ("roster-24h-exceeded", lambda: found(rules=rule(driving_24h_minutes=300))),
    ("roster-7d-exceeded", lambda: found(rules=rule(driving_7d_minutes=1799))),
    ("roster-share-duties", lambda: found(work(1, 3), rules=rule(spread_duties=0))),
    ("roster-share-early", lambda: found(rules=rule(spread_early=0))),
    ("roster-share-weekends", lambda: found(work(11), rules=rule(spread_weekends=0))),
    ("roster-working-wrong", lambda: found(replace(ROSTER_, single_working_days=1))),
    ("roster-rest-wrong", lambda: found(replace(ROSTER_, single_rest_days=0))),
    ("roster-changes-wrong", lambda: found(replace(ROSTER_, bus_changes=0))),
    ("roster-bound-wrong", lambda: found(replace(ROSTER_, bound=2))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "breach"), BREACHES, ids=[f"{n}-{c}" for n, (c, _) in enumerate(BREACHES)]
)
def test_every_breach_is_caught(
    code: str, breach: Callable[[], tuple[Finding, ...]]
) -> None:
    told = breach()
    assert code in {each.code for each in told}
    for each in told:
        assert "{" not in say(each, "zh") + say(each, "en")


def test_at_the_very_limit_nothing_is_wrong() -> None:
    edges = [
        rule(day_driving_minutes=150),
        rule(day_driving_minutes=150, break_minutes=30),
        rule(night_driving_minutes=30),
        rule(rest_minutes=670),
        rule(rest_days_in_7=1),
        rule(driving_24h_minutes=460),
        rule(driving_7d_minutes=1800),
        rule(spread_duties=0),
        rule(spread_weekends=0),
        rule(spread_early=3),
    ]
    assert [found(rules=edge) for edge in edges] == [()] * len(edges)


def test_the_days_before_bind_too() -> None:
    week = [MONDAY - timedelta(back) for back in range(1, 7)]
    before = [Assignment("anne", day, "early") for day in week]
    codes = {each.code for each in found(before=before)}
    assert codes == {"roster-no-rest-day"}
    late = [Assignment("anne", MONDAY - timedelta(1), "late")]
    codes = {each.code for each in found(before=late, rules=rule(rest_minutes=671))}
    assert "roster-rest-short" in codes
    assert {"roster-changes-wrong"} <= {each.code for each in found(before=late)}


REVENUE = revenue(CASE, PLAN, STANDARD)
SUBSIDY = subsidy(CASE, PLAN, STANDARD)


def fares(
    table: Fares = STANDARD, said: Any = REVENUE, rest: Any = SUBSIDY
) -> tuple[Finding, ...]:
    return check_fares(CASE, PLAN, table, said, rest)


def test_sound_fares_have_no_breach() -> None:
    assert fares() == ()


def trips(change: int) -> tuple[Any, ...]:
    (trip, fen), *rest = REVENUE.trips
    return ((trip, fen + change), *rest)


WRONG_FARES: list[tuple[str, Callable[[], tuple[Finding, ...]]]] = [
    ("fare-absurd", lambda: fares(replace(STANDARD, base_fen=-1))),
    ("fare-absurd", lambda: fares(replace(STANDARD, cap_fen=100_001))),
    ("fare-band-unclear", lambda: fares(Fares(200, (Band(1, 3), Band(1, 5))))),
    ("fare-falls", lambda: fares(Fares(200, (Band(1, 300), Band(2, 100))))),
    ("fare-cap-below-base", lambda: fares(replace(STANDARD, cap_fen=199))),
    ("fare-trips-wrong", lambda: fares(said=replace(REVENUE, trips=REVENUE.trips[1:]))),
    ("fare-trip-wrong", lambda: fares(said=replace(REVENUE, trips=trips(-1)))),
    ("fare-trip-wrong", lambda: fares(replace(STANDARD, bands=STANDARD.bands[:1]))),
    ("fare-trip-wrong", lambda: fares(replace(STANDARD, cap_fen=650))),
    ("fare-cap-exceeded", lambda: fares(said=replace(REVENUE, trips=trips(10_000)))),
    ("fare-sum-wrong", lambda: fares(said=replace(REVENUE, fen=REVENUE.fen + 1))),
    ("fare-baskets-wrong", lambda: fares(said=replace(REVENUE, by_baskets={0: 23}))),
    ("subsidy-cost-wrong", lambda: fares(rest=replace(SUBSIDY, cost_fen=1))),
    ("subsidy-revenue-wrong", lambda: fares(rest=replace(SUBSIDY, revenue_fen=1))),
    ("subsidy-subsidy-wrong", lambda: fares(rest=replace(SUBSIDY, subsidy_fen=1))),
]


@pytest.mark.parametrize(
    ("code", "breach"),
    WRONG_FARES,
    ids=[f"{n}-{c}" for n, (c, _) in enumerate(WRONG_FARES)],
)
def test_every_wrong_fare_is_caught(
    code: str, breach: Callable[[], tuple[Finding, ...]]
) -> None:
    told = breach()
    assert code in {each.code for each in told}
    for each in told:
        assert "{" not in say(each, "zh") + say(each, "en")


def test_all_kinds_are_tried() -> None:
    assert {code for code, _ in BREACHES} == set(ROSTER)
    assert {code for code, _ in WRONG_FARES} == set(FARES)
    assert len(ROSTER) + len(FARES) >= 30


def test_the_checkers_share_records_only() -> None:
    folder = Path(checker.__file__).parent
    home = "wugeyi.engines.lineplanning."
    records = {"model", "plan", "findings", "tariff", "crew"}
    for name in ("roster.py", "fares.py"):
        for node in ast.walk(ast.parse((folder / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                module = str(node.module)
                assert not module.startswith(home) or (
                    module.removeprefix(home) in records
                )
