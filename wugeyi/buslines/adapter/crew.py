"""Drivers, regular duties and roster rules → the engine's records."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any

from wugeyi.buslines.models import Driver, OtherDuty
from wugeyi.buslines.rules.minutes import spans
from wugeyi.buslines.rules.rulenames import ROSTER

READY = find_spec("wugeyi.engines.lineplanning.roster") is not None
if READY:
    from wugeyi.engines.lineplanning.roster import Driver as RosterDriver
    from wugeyi.engines.lineplanning.roster import Duty, RosterRules
else:
    RosterDriver = Duty = RosterRules = Any

MOST_ABSENT_DAYS = 400


def drivers_of(rows: Iterable[Driver]) -> tuple[RosterDriver, ...]:
    """Return the engine's drivers; days off are read with the rows."""
    if not READY:
        return ()
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
    if not READY:
        return ()
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
    if not READY:
        return None
    known = {field.name for field in fields(RosterRules)}
    given: dict[str, Any] = {
        name.removeprefix(ROSTER): number
        for name, number in numbers.items()
        if name.startswith(ROSTER) and name.removeprefix(ROSTER) in known
    }
    return RosterRules(**given)
