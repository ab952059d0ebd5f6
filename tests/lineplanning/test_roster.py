"""Rosters are made by rules, proven where they say so, and refused with the reason."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from tests.lineplanning.test_checker import CASE, PLAN
from wugeyi.engines.lineplanning.checker import check_roster
from wugeyi.engines.lineplanning.findings import Finding, Refused, say
from wugeyi.engines.lineplanning.roster import (
    Assignment,
    Driver,
    Duty,
    Roster,
    RosterRules,
    Work,
    cut,
    duties,
    instance,
    rostered,
)
from wugeyi.engines.lineplanning.roster.inputs import require
from wugeyi.engines.lineplanning.roster.tables import night_minutes

MONDAY = date(2026, 3, 2)
SMALL = Work(steps=200_000, rounds=3)
LOOSE = RosterRules(spread_duties=-1, spread_early=-1, spread_weekends=-1)


def driver(number: int, **more: Any) -> Driver:
    given = {"licensed_on": date(2005, 1, 1), "stars": 4, **more}
    return Driver(f"d{number}", f"司机 {number}", **given)


def duty(code: str, begin: int = 420, hours: int = 6, **more: Any) -> Duty:
    half = 30 * hours
    spans = ((begin, begin + half), (begin + half + 30, begin + 2 * half + 30))
    return Duty(code, begin, spans[1][1], spans, bus=code, **more)


def breaches(
    drivers: tuple[Driver, ...],
    work: tuple[Duty, ...],
    rules: RosterRules,
    roster: Roster,
    days: int = 28,
    first_day: date = MONDAY,
    **more: Any,
) -> tuple[Finding, ...]:
    return check_roster(
        drivers, work, rules, roster, first_day=first_day, days=days, **more
    )


def test_a_realistic_month_is_proven_and_comes_again() -> None:
    drivers, work = instance.drivers(1), instance.duties(1)
    day = instance.FIRST_DAY
    roster = rostered(drivers, work, first_day=day)

    assert breaches(drivers, work, RosterRules(), roster, first_day=day) == ()
    assert roster.proven
    assert roster.single_days == 0
    assert len(roster.assignments) == 13 * 20 + 11 * 8
    assert rostered(drivers, work, first_day=day) == roster


def test_what_was_driven_before_binds() -> None:
    drivers, work = tuple(driver(n) for n in range(4)), (duty("a"), duty("b"))
    first = rostered(drivers, work, first_day=MONDAY, days=7, work=SMALL)
    then = MONDAY + timedelta(7)
    second = rostered(
        drivers, work, first_day=then, days=7, work=SMALL, before=first.assignments
    )
    assert (
        breaches(
            drivers,
            work,
            RosterRules(),
            second,
            days=7,
            first_day=then,
            before=first.assignments,
        )
        == ()
    )
    hard = tuple(Assignment("d0", MONDAY - timedelta(n), "a") for n in range(1, 7))
    rested = rostered(
        drivers, work, LOOSE, first_day=MONDAY, days=3, work=SMALL, before=hard
    )
    assert ("d0", MONDAY) not in {(a.driver, a.day) for a in rested.assignments}


def reference(drivers: tuple[Driver, ...], days: int, rules: RosterRules) -> int | None:
    """Return the fewest single days of one duty a day, everything tried."""
    work = (duty("a"),)
    best = None
    for who in product([each.code for each in drivers], repeat=days):
        made = tuple(
            Assignment(code, MONDAY + timedelta(n), "a") for n, code in enumerate(who)
        )
        told = breaches(drivers, work, rules, Roster(made, 0, 0, 0, 0), days=days)
        if any(not each.code.endswith("-wrong") for each in told):
            continue
        single = sum(
            int(each.values["right"])  # type: ignore[call-overload]
            for each in told
            if each.code in {"roster-working-wrong", "roster-rest-wrong"}
        )
        best = single if best is None else min(best, single)
    return best


@pytest.mark.parametrize("rest_days", [1, 3, 4])
@pytest.mark.parametrize("absent", [(), (2,), (1, 4)])
def test_as_good_as_trying_everything(rest_days: int, absent: tuple[int, ...]) -> None:
    away = tuple(MONDAY + timedelta(day) for day in absent)
    drivers = (driver(0, absent=away), driver(1))
    rules = replace(LOOSE, rest_days_in_7=rest_days, spread_duties=1)
    right = reference(drivers, 8, rules)
    if right is None:
        with pytest.raises(Refused):
            rostered(drivers, (duty("a"),), rules, first_day=MONDAY, days=8, work=SMALL)
        return
    roster = rostered(
        drivers, (duty("a"),), rules, first_day=MONDAY, days=8, work=SMALL
    )
    assert breaches(drivers, (duty("a"),), rules, roster, days=8) == ()
    assert roster.single_days == right
    assert roster.bound <= right


def refused(*given: Any, days: int = 14) -> Finding:
    with pytest.raises(Refused) as problem:
        rostered(*given, first_day=MONDAY, days=days, work=SMALL)
    (found,) = problem.value.findings
    assert "{" not in say(found, "zh") + say(found, "en")
    return found


def test_too_few_drivers_are_told_with_one_day_of_duties() -> None:
    drivers = tuple(driver(n) for n in range(2))
    work = tuple(duty(code) for code in "abcd")
    found = refused(drivers, work, LOOSE)
    assert found.code == "roster-impossible"
    assert sum(each.startswith("day ") for each in found.inputs) == 1
    assert sum(each.startswith("duty ") for each in found.inputs) == 3
    assert len(found.inputs) == 4


def test_absences_that_leave_nobody_are_named() -> None:
    away = (MONDAY + timedelta(3),)
    drivers = (driver(0, absent=away), driver(1, absent=away), driver(2, stars=2))
    found = refused(drivers, (duty("a"),), LOOSE)
    assert set(found.inputs) == {
        "absence d0",
        "absence d1",
        "rule stars",
        "day 2026-03-05",
        "duty a",
    }


def test_hours_of_seven_days_are_named() -> None:
    rules = replace(LOOSE, driving_7d_minutes=1000)
    found = refused((driver(0), driver(1)), (duty("a"),), rules)
    assert found.inputs[0] == "rule driving_7d_minutes"
    assert not any("rest" in each for each in found.inputs)


def test_whoever_gets_the_years_within_the_month_drives_from_then() -> None:
    soon = driver(0, licensed_on=date(2016, 3, 9))
    drivers = (soon, driver(1), driver(2))
    roster = rostered(drivers, (duty("a"),), first_day=MONDAY, days=14, work=SMALL)
    days = [a.day for a in roster.assignments if a.driver == "d0"]
    assert days
    assert min(days) >= date(2026, 3, 9)


@pytest.mark.parametrize(
    ("code", "drivers", "work", "rules"),
    [
        ("code-twice", (driver(0), driver(0)), (duty("a"),), LOOSE),
        ("code-twice", (driver(0),), (duty("a"), duty("a")), LOOSE),
        ("roster-no-drivers", (), (duty("a"),), LOOSE),
        ("roster-no-duties", (driver(0),), (), LOOSE),
        ("number-absurd", (driver(0, stars=9),), (duty("a"),), LOOSE),
        ("number-absurd", (driver(0),), (duty("a"),), replace(LOOSE, rest_minutes=-1)),
        ("number-absurd", (driver(0),), (duty("a"),), replace(LOOSE, rest_days_in_7=8)),
        ("times-turned", (driver(0),), (Duty("a", 500, 400, ()),), LOOSE),
        ("times-turned", (driver(0),), (Duty("a", 1500, 1600, ()),), LOOSE),
        ("driving-outside", (driver(0),), (Duty("a", 400, 500, ((390, 450),)),), LOOSE),
        ("duty-too-late", (driver(0),), (Duty("a", 400, 1841, ()),), LOOSE),
        ("duty-never", (driver(0),), (duty("a", weekdays=(False,) * 7),), LOOSE),
        ("duty-breaks-rule", (driver(0),), (duty("a", hours=10),), LOOSE),
    ],
)
def test_what_makes_no_sense_is_said_before(
    code: str, drivers: Any, work: Any, rules: RosterRules
) -> None:
    with pytest.raises(Refused) as problem:
        require(drivers, work, rules)
    assert code in {each.code for each in problem.value.findings}
    for each in problem.value.findings:
        assert "{" not in say(each, "zh") + say(each, "en")


def test_each_rule_says_where_it_is_from_and_none_claims_to_be_verified() -> None:
    rules = RosterRules()
    named = set(RosterRules.__dataclass_fields__) - {"origins"}
    assert set(rules.origins) == named
    assert all(each.source for each in rules.origins.values())
    assert not any(each.verified for each in rules.origins.values())


def test_the_night_goes_through_midnight() -> None:
    rules = RosterRules()
    assert night_minutes(300, 420, rules) == 60
    assert night_minutes(1300, 1500, rules) == 180
    assert night_minutes(1700, 1900, rules) == 100
    assert night_minutes(600, 700, rules) == 0


def test_duties_of_a_plan_say_when_the_bus_is_under_way() -> None:
    made = duties(PLAN, CASE)
    assert [each.code for each in made] == ["large 1", "small 1"]
    large = made[0]
    assert (large.begin_minute, large.end_minute) == (351, 469)
    # It waits at the market from 407 to 410, at the next one from 454 to 457.
    assert large.driving == ((351, 407), (410, 454), (457, 469))
    assert duties(PLAN)[0].driving == ((351, 469),)


def test_a_block_too_long_is_cut_where_the_bus_waits() -> None:
    rules = replace(RosterRules(), day_driving_minutes=60, break_minutes=20)
    parts, found = cut(PLAN, CASE, rules)
    assert found == ()
    assert [each.code for each in parts] == ["large 1/1", "large 1/2", "small 1"]
    assert {each.bus for each in parts} == {"large 1", "small 1"}
    whole, found = cut(PLAN, CASE, replace(rules, day_driving_minutes=50))
    assert [each.code for each in found] == ["block-uncuttable"]
    assert found[0].inputs == ("block large 1", "rule day_driving_minutes")
    assert len(whole) == 2
