"""Holds a roster against drivers, duties and rules; shares only their records."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from wugeyi.engines.lineplanning.crew import (
    Assignment,
    Driver,
    Duty,
    Roster,
    RosterRules,
)
from wugeyi.engines.lineplanning.findings import Finding, Value

HOURS_24 = 24 * 60
SATURDAY = 5


class _Book:
    def __init__(
        self,
        drivers: Sequence[Driver],
        duties: Sequence[Duty],
        rules: RosterRules,
        days: tuple[date, ...],
        *,
        looks_back: bool,
    ) -> None:
        self.drivers = {each.code: each for each in drivers}
        self.duties = {each.code: each for each in duties}
        self.rules, self.days = rules, days
        # The day before the first counts where it is known what was done on it.
        self.looks_back = looks_back
        self.found: list[Finding] = []
        self.work: dict[str, dict[date, list[Duty]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.older: dict[str, dict[date, list[Duty]]] = defaultdict(dict)

    def tell(self, code: str, subject: str, **values: Value) -> None:
        self.found.append(Finding(code, "error", subject, values))


def check_roster(
    drivers: Sequence[Driver],
    duties: Sequence[Duty],
    rules: RosterRules,
    roster: Roster,
    *,
    first_day: date,
    days: int = 28,
    before: Sequence[Assignment] = (),
) -> tuple[Finding, ...]:
    """Return every breach of a roster; none means that it keeps all rules.

    A roster that names what is not there is not looked at any further.

    Parameters
    ----------
    before
        Who drove what before; what they break among themselves is past.
    """
    calendar = tuple(first_day + timedelta(each) for each in range(days))
    book = _Book(drivers, duties, rules, calendar, looks_back=bool(before))
    _names(book, roster)
    if book.found:
        return tuple(book.found)
    for each in before:
        if each.driver in book.drivers and each.duty in book.duties:
            book.older[each.driver].setdefault(each.day, []).append(
                book.duties[each.duty]
            )
    for each in roster.assignments:
        book.work[each.driver][each.day].append(book.duties[each.duty])
    _coverage(book, roster)
    for duty in book.duties.values():
        _stretches(book, duty)
    for driver in book.drivers.values():
        _fitness(book, driver)
        _rest(book, driver)
        _hours(book, driver)
    _shares(book)
    _figures(book, roster)
    return tuple(book.found)


def _names(book: _Book, roster: Roster) -> None:
    for each in roster.assignments:
        label = f"{each.driver} {each.day.isoformat()} {each.duty}"
        if each.driver not in book.drivers:
            book.tell("roster-driver-unknown", label, driver=each.driver)
        if each.duty not in book.duties:
            book.tell("roster-duty-unknown", label, duty=each.duty)
        if each.day not in book.days:
            book.tell("roster-day-outside", label)


def _coverage(book: _Book, roster: Roster) -> None:
    driven = Counter((each.day, each.duty) for each in roster.assignments)
    for day in book.days:
        for duty in book.duties.values():
            label, many = f"{duty.code} {day.isoformat()}", driven[day, duty.code]
            if many and not duty.weekdays[day.weekday()]:
                book.tell("roster-duty-not-then", label)
            elif not many and duty.weekdays[day.weekday()]:
                book.tell("roster-duty-undriven", label)
            if many > 1:
                book.tell("roster-duty-twice", label, many=many)


def _stretches(book: _Book, duty: Duty) -> None:
    """Check driving without a break, all of it and in the night."""
    rules, run, dark, last = book.rules, 0, 0, None
    longest = darkest = 0
    for begin, until in duty.driving:
        if last is not None and begin - last >= rules.break_minutes:
            run = dark = 0
        run += until - begin
        dark += sum(_is_night(rules, minute) for minute in range(begin, until))
        longest, darkest, last = max(longest, run), max(darkest, dark), until
    if longest > rules.day_driving_minutes:
        limit = rules.day_driving_minutes
        book.tell("roster-no-break", duty.code, minutes=longest, limit=limit)
    if darkest > rules.night_driving_minutes:
        limit = rules.night_driving_minutes
        book.tell("roster-no-break-night", duty.code, minutes=darkest, limit=limit)


def _is_night(rules: RosterRules, minute: int) -> bool:
    clock = minute % HOURS_24
    return clock >= rules.night_from_minute or clock < rules.night_until_minute


def _fitness(book: _Book, driver: Driver) -> None:
    rules = book.rules
    for day in sorted(book.work[driver.code]):
        label = f"{driver.code} {day.isoformat()}"
        if day in driver.absent:
            book.tell("roster-driver-absent", label)
        since = driver.licensed_on
        years = day.year - since.year
        if (day.month, day.day) < (since.month, since.day):
            years -= 1
        if years < rules.years:
            values: dict[str, Value] = {"years": years, "needs": rules.years}
            book.tell("roster-licence-too-new", label, **values)
    if book.work[driver.code] and driver.stars < rules.stars:
        values = {"stars": driver.stars, "needs": rules.stars}
        book.tell("roster-stars-too-few", driver.code, **values)


def _line(book: _Book, driver: Driver) -> list[tuple[int, Duty]]:
    """Return all duties of a driver with the minute their day begins, in order."""
    start = book.days[0]
    found = [
        ((day - start).days * HOURS_24, duty)
        for days in (book.older[driver.code], book.work[driver.code])
        for day, duties in days.items()
        for duty in duties
    ]
    return sorted(found, key=lambda each: each[0] + each[1].begin_minute)


def _rest(book: _Book, driver: Driver) -> None:
    line = _line(book, driver)
    for (one_at, one), (other_at, other) in itertools.pairwise(line):
        if other_at < 0:
            continue
        rest = other_at + other.begin_minute - one_at - one.end_minute
        values: dict[str, Value] = {"one": one.code, "other": other.code}
        if rest < 0:
            book.tell("roster-two-at-once", driver.code, **values)
        elif rest < book.rules.rest_minutes:
            needs = book.rules.rest_minutes
            book.tell(
                "roster-rest-short", driver.code, rest=rest, needs=needs, **values
            )
    limit = 7 - book.rules.rest_days_in_7
    for day, week in _weeks(book, driver):
        working = sum(bool(duties) for duties in week)
        if working > limit:
            values = {"day": day.isoformat(), "many": working, "limit": limit}
            book.tell("roster-no-rest-day", driver.code, **values)


def _weeks(book: _Book, driver: Driver) -> Iterator[tuple[date, list[list[Duty]]]]:
    """Yield each day with the duties of the seven days that end with it."""
    old, new = book.older[driver.code], book.work[driver.code]
    for day in book.days:
        week = [day - timedelta(back) for back in range(7)]
        yield day, [[*old.get(each, []), *new.get(each, [])] for each in week]


def _hours(book: _Book, driver: Driver) -> None:
    rules = book.rules
    driven = [
        (at + begin, at + until)
        for at, duty in _line(book, driver)
        for begin, until in duty.driving
    ]
    # The fullest 24 hours begin with some driving, or end with some.
    edges = {begin for begin, _ in driven} | {until - HOURS_24 for _, until in driven}
    most = 0
    for edge in edges:
        inside = [
            (max(begin, edge), min(until, edge + HOURS_24)) for begin, until in driven
        ]
        inside = [span for span in inside if span[0] < span[1]]
        if any(until > 0 for _, until in inside):
            most = max(most, sum(until - begin for begin, until in inside))
    if most > rules.driving_24h_minutes:
        limit = rules.driving_24h_minutes
        book.tell("roster-24h-exceeded", driver.code, minutes=most, limit=limit)
    for day, week in _weeks(book, driver):
        minutes = sum(
            until - begin
            for duties in week
            for duty in duties
            for begin, until in duty.driving
        )
        if minutes > rules.driving_7d_minutes:
            values: dict[str, Value] = {"day": day.isoformat(), "minutes": minutes}
            limit = rules.driving_7d_minutes
            book.tell("roster-7d-exceeded", driver.code, limit=limit, **values)


def _shares(book: _Book) -> None:
    rules = book.rules
    _share(book, "roster-share-duties", rules.spread_duties)
    _share(book, "roster-share-early", rules.spread_early, early=True)
    _share(book, "roster-share-weekends", rules.spread_weekends, weekends=True)


def _share(
    book: _Book, code: str, spread: int, *, early: bool = False, weekends: bool = False
) -> None:
    """Check that everybody has what everybody who is there has, but for so many."""
    if spread < 0:
        return
    before = book.rules.early_before_minute
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for day in book.days:
        if weekends and day.weekday() < SATURDAY:
            continue
        many = sum(
            duty.weekdays[day.weekday()] and (not early or duty.begin_minute < before)
            for duty in book.duties.values()
        )
        there = [d.code for d in book.drivers.values() if _there(book.rules, d, day)]
        for driver in there:
            shares[driver] += Fraction(many, len(there))
    for driver in book.drivers:
        has = sum(
            not early or duty.begin_minute < before
            for day, duties in book.work[driver].items()
            if not weekends or day.weekday() >= SATURDAY
            for duty in duties
        )
        low = max(floor(shares[driver]) - spread, 0)
        high = ceil(shares[driver]) + spread
        if not low <= has <= high:
            book.tell(code, driver, many=has, low=low, high=high)


def _there(rules: RosterRules, driver: Driver, day: date) -> bool:
    since = driver.licensed_on
    held = (day.year - since.year, day.month, day.day)
    long_enough = held >= (rules.years, since.month, since.day)
    return long_enough and driver.stars >= rules.stars and day not in driver.absent


def _figures(book: _Book, roster: Roster) -> None:
    """Count again what the roster says of itself."""
    right = {"working": 0, "rest": 0, "changes": 0}
    for driver in book.drivers.values():
        old, new = book.older[driver.code], book.work[driver.code]
        days = {day for day in (*old, *new) if old.get(day) or new.get(day)}
        right["working"] += sum(_single(book, days, d) for d in days)
        known = (book.days[0] - timedelta(1), *book.days)
        away = {d for d in known if not _there(book.rules, driver, d)}
        gaps = {d + timedelta(1) for d in days} - days - away
        right["rest"] += sum(
            d + timedelta(1) in days and _inside(book, d) for d in gaps
        )
        right["changes"] += _changes(book, driver)
    told = {
        "working": roster.single_working_days,
        "rest": roster.single_rest_days,
        "changes": roster.bus_changes,
    }
    for name, number in told.items():
        if number != right[name]:
            book.tell(f"roster-{name}-wrong", "", told=number, right=right[name])
    if roster.bound > right["working"] + right["rest"]:
        values: dict[str, Value] = {"bound": roster.bound}
        book.tell("roster-bound-wrong", "", **values)


def _inside(book: _Book, day: date) -> bool:
    """Tell whether both days beside a day are known, and one is in the roster."""
    first, last = book.days[0], book.days[-1]
    step = timedelta(1)
    return (first - step if book.looks_back else first + step) <= day < last


def _single(book: _Book, days: set[date], day: date) -> bool:
    step = timedelta(1)
    return _inside(book, day) and day - step not in days and day + step not in days


def _changes(book: _Book, driver: Driver) -> int:
    """Return how often the next day's bus is another."""
    old, new = book.older[driver.code], book.work[driver.code]
    changes = 0
    for day, duties in new.items():
        yesterday = day - timedelta(1)
        for duty in duties:
            for last in [*old.get(yesterday, []), *new.get(yesterday, [])]:
                changes += bool(last.bus and duty.bus and last.bus != duty.bus)
    return changes
