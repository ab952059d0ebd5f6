"""Drivers, regular duties and roster rules → the engine's records."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from wugeyi.buslines.models import Driver, OtherDuty, Rule
from wugeyi.buslines.rules.minutes import spans
from wugeyi.buslines.rules.rulenames import ROSTER, ROSTER_RULES
from wugeyi.engines.lineplanning.crew import Driver as RosterDriver
from wugeyi.engines.lineplanning.crew import Duty, Origin, RosterRules
from wugeyi.engines.lineplanning.reading.crew import Crew

__all__ = [
    "Crew",
    "Duty",
    "RosterDriver",
    "RosterRules",
    "drivers_of",
    "duties_of",
    "roster_rules_of",
    "told_rules",
]

MOST_ABSENT_DAYS = 400


def drivers_of(rows: Iterable[Driver]) -> tuple[RosterDriver, ...]:
    """Return the engine's drivers; days off are read with the rows."""
    return tuple(
        RosterDriver(
            code=row.code,
            name=row.name,
            licensed_on=row.licensed_on,
            stars=row.stars,
            absent=_days(row),
        )
        for row in rows
    )


def _days(row: Driver) -> tuple[date, ...]:
    days = {
        each.first_day + timedelta(days=n)
        for each in row.absences.all()
        for n in range(min((each.last_day - each.first_day).days + 1, MOST_ABSENT_DAYS))
    }
    return tuple(sorted(days))


def duties_of(rows: Iterable[OtherDuty]) -> tuple[Duty, ...]:
    """Return the regular duties; one without spans is driven all the time."""
    return tuple(
        Duty(
            code=row.code,
            begin_minute=row.begin_minute,
            end_minute=row.end_minute,
            driving=spans(row.driving) or ((row.begin_minute, row.end_minute),),
            weekdays=tuple(day in row.weekdays for day in OtherDuty.WEEKDAYS),
        )
        for row in rows
    )


def roster_rules_of(numbers: Mapping[str, int]) -> RosterRules:
    """Return what a roster keeps to; a rule nobody wrote down is the engine's own."""
    given: dict[str, Any] = {
        rule.name.removeprefix(ROSTER): numbers[rule.name]
        for rule in ROSTER_RULES
        if rule.name in numbers
    }
    return RosterRules(**given)


def told_rules(rules: RosterRules, rows: Iterable[Rule]) -> RosterRules:
    """Return rules with what the line's own rows say of where they are from."""
    own = {
        row.name.removeprefix(ROSTER): Origin(row.source, row.verified)
        for row in rows
        if row.name.startswith(ROSTER)
    }
    return replace(rules, origins={**rules.origins, **own})
