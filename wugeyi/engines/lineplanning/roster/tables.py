"""Drivers, duties and rules as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.crew import (
    Assignment,
    Driver,
    Duty,
    RosterRules,
)

Array = NDArray[Any]

DAY = 1440
MANY = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """What the search and the bound look at.

    Parameters
    ----------
    days
        Those before the roster's first day included, as far as rules look back.
    first
        Number of the roster's first day.
    runs
        [days, duties]
    away
        [drivers, days]: absent or not yet qualified.
    past
        [drivers, first]: duties before, -1 for none.
    low, high
        [drivers, 3]: of duties, early ones, those of weekends.
    clash
        [duties, duties]: whether the second may not follow on the next day.
    """

    drivers: tuple[Driver, ...]
    duties: tuple[Duty, ...]
    rules: RosterRules
    days: tuple[date, ...]
    first: int
    runs: Array
    away: Array
    past: Array
    low: Array
    high: Array
    clash: Array

    @property
    def weekend(self) -> Array:
        """Return which days are Saturdays and Sundays."""
        return np.array([day.weekday() >= 5 for day in self.days])

    @property
    def early(self) -> Array:
        """Return which duties are early."""
        before = self.rules.early_before_minute
        return np.array([duty.begin_minute < before for duty in self.duties])

    @property
    def limits(self) -> Array:
        """Return minutes driven in 7 days, working days in 7."""
        rules = self.rules
        return np.array([rules.driving_7d_minutes, 7 - rules.rest_days_in_7])

    def figures(self) -> Array:
        """Return minutes driven, 1 if early, the bus's number, by duty."""
        buses = sorted({duty.bus for duty in self.duties if duty.bus})
        return np.array(
            [
                (
                    duty.driving_minutes,
                    early,
                    buses.index(duty.bus) if duty.bus else -1,
                )
                for duty, early in zip(self.duties, self.early, strict=True)
            ],
            dtype=np.int64,
        ).reshape(-1, 3)


def tables(
    drivers: Sequence[Driver],
    duties: Sequence[Duty],
    rules: RosterRules,
    first_day: date,
    days: int,
    before: Sequence[Assignment] = (),
) -> Tables:
    """Reckon them."""
    back = 7 if before else 0
    calendar = tuple(first_day + timedelta(n - back) for n in range(back + days))
    runs = np.array(
        [[duty.weekdays[day.weekday()] for duty in duties] for day in calendar],
        dtype=bool,
    ).reshape(len(calendar), len(duties))
    away = np.array(
        [
            [day in each.absent or bool(unfit(each, rules, day)) for day in calendar]
            for each in drivers
        ],
        dtype=bool,
    ).reshape(len(drivers), len(calendar))
    past = _past(drivers, duties, calendar[:back], before)
    low, high = _quotas(duties, rules, calendar, back, runs, away)
    return Tables(
        drivers=tuple(drivers),
        duties=tuple(duties),
        rules=rules,
        days=calendar,
        first=back,
        runs=runs,
        away=away,
        past=past,
        low=low,
        high=high,
        clash=clashes(duties, rules),
    )


def unfit(driver: Driver, rules: RosterRules, day: date) -> str:
    """Return the rule that keeps a driver from the line on a day, "" if none does."""
    since = driver.licensed_on
    try:
        from_day = since.replace(year=since.year + rules.years)
    except ValueError:  # a leap day
        from_day = date(since.year + rules.years, 3, 1)
    if driver.stars < rules.stars:
        return "stars"
    return "years" if day < from_day else ""


def _past(
    drivers: Sequence[Driver],
    duties: Sequence[Duty],
    calendar: Sequence[date],
    before: Sequence[Assignment],
) -> Array:
    row = {each.code: number for number, each in enumerate(drivers)}
    column = {each: number for number, each in enumerate(calendar)}
    duty = {each.code: number for number, each in enumerate(duties)}
    past = np.full((len(drivers), len(calendar)), -1, dtype=np.int64)
    for each in before:
        if each.driver in row and each.day in column and each.duty in duty:
            past[row[each.driver], column[each.day]] = duty[each.duty]
    return past


def _quotas(
    duties: Sequence[Duty],
    rules: RosterRules,
    calendar: Sequence[date],
    first: int,
    runs: Array,
    away: Array,
) -> tuple[Array, Array]:
    low = np.zeros((len(away), 3), dtype=np.int64)
    high = np.full((len(away), 3), MANY, dtype=np.int64)
    early = [duty.begin_minute < rules.early_before_minute for duty in duties]
    spreads = (rules.spread_duties, rules.spread_early, rules.spread_weekends)
    for kind, spread in enumerate(spreads):
        if spread < 0:
            continue
        shares = [Fraction(0)] * len(away)
        for day in range(first, len(calendar)):
            if kind == 2 and calendar[day].weekday() < 5:
                continue
            many = sum(
                1
                for duty, runs_today in enumerate(runs[day])
                if runs_today and (kind != 1 or early[duty])
            )
            there = [driver for driver, row in enumerate(away) if not row[day]]
            for driver in there:
                shares[driver] += Fraction(many, len(there))
        for driver, share in enumerate(shares):
            low[driver, kind] = max(share.__floor__() - spread, 0)
            high[driver, kind] = share.__ceil__() + spread
    return low, high


def clashes(duties: Sequence[Duty], rules: RosterRules) -> Array:
    """Return which duties may not follow each other on two days."""
    return np.array(
        [[_clash(one, other, rules) for other in duties] for one in duties],
        dtype=bool,
    ).reshape(len(duties), len(duties))


def _clash(one: Duty, other: Duty, rules: RosterRules) -> bool:
    if other.begin_minute + DAY - one.end_minute < rules.rest_minutes:
        return True
    driven = [*one.driving, *((a + DAY, b + DAY) for a, b in other.driving)]
    return most_in_a_day(driven) > rules.driving_24h_minutes


def most_in_a_day(driven: Sequence[tuple[int, int]]) -> int:
    """Return the most minutes driven in any 24 hours; ``driven`` is in order."""
    # The most begins where some driving does, or ends where some does.
    starts = [begin for begin, _ in driven] + [until - DAY for _, until in driven]
    return max(
        (
            sum(max(min(b, at + DAY) - max(a, at), 0) for a, b in driven)
            for at in starts
        ),
        default=0,
    )


def stretches(
    driving: Sequence[tuple[int, int]], break_minutes: int
) -> list[list[tuple[int, int]]]:
    """Return driving in order, parted where the bus stands long enough for a break."""
    parted: list[list[tuple[int, int]]] = []
    for begin, until in driving:
        if parted and begin - parted[-1][-1][1] < break_minutes:
            parted[-1].append((begin, until))
        else:
            parted.append([(begin, until)])
    return parted


def night_minutes(begin: int, until: int, rules: RosterRules) -> int:
    """Return how much of a time lies in the night."""
    inside = 0
    for day in range(-1, until // DAY + 1):
        night = (day * DAY + rules.night_from_minute, (day + 1) * DAY)
        morning = (day * DAY, day * DAY + rules.night_until_minute)
        for a, b in (night, morning):
            inside += max(min(until, b) - max(begin, a), 0)
    return inside


def broken_alone(duty: Duty, rules: RosterRules) -> tuple[str, ...]:
    """Return the rules a duty breaks whoever drives it."""
    broken = []
    for stretch in stretches(duty.driving, rules.break_minutes):
        if sum(b - a for a, b in stretch) > rules.day_driving_minutes:
            broken.append("day_driving_minutes")
        if sum(night_minutes(a, b, rules) for a, b in stretch) > (
            rules.night_driving_minutes
        ):
            broken.append("night_driving_minutes")
    if most_in_a_day(duty.driving) > rules.driving_24h_minutes:
        broken.append("driving_24h_minutes")
    return tuple(dict.fromkeys(broken))
