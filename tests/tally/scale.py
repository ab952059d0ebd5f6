"""Small worlds of facts, made from a seed, and the slow obvious answer about them."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from wugeyi.engines.tally.definitions import Aggregate
from wugeyi.engines.tally.extract import Closing, Fact, KeyKind, Stay, write_month
from wugeyi.engines.tally.rollup import STEP, Asked, Month, Part, Question, months

PARTS = {
    name: Part(name, code, Aggregate(name), 2) for code, name in enumerate(Aggregate, 3)
}
OTHER = Part("answered", 2_000_000_011, Aggregate.COUNT)
MEASURES = (*PARTS.values(), OTHER)
SHARE = Asked("share", OTHER, PARTS["count"])
INDICATORS = (SHARE, *(Asked(name, part) for name, part in PARTS.items()))
MONTHS = months(Month(2025, 11), 4)
# Nothing happens in it.
EMPTY = MONTHS[2]
AFTERWARDS = datetime(2026, 5, 1, tzinfo=UTC)


@dataclass
class World:
    units: list[Stay]
    facts: list[Fact]

    def of(self, month: Month) -> list[Fact]:
        return [one for one in self.facts if first(one.day) == month]

    def write(self, folder, measures=MEASURES, kind=KeyKind.TEXT):
        for month in MONTHS:
            closing = Closing(month, measures, AFTERWARDS, AFTERWARDS, "1", kind)
            write_month(folder, closing, self.of(month), self.units)
        return folder


def first(day: date) -> Month:
    return Month(day.year, day.month)


def world(seed: int, facts: int = 3000, *, numbers: bool = False) -> World:
    """A tree of four levels, a street that moves to another district in mid-month."""
    dice = random.Random(seed)
    units = tree(dice)
    moved = date(2025, 12, 11)
    street = dice.choice([one for one in units if len(one.path) == 3 * STEP])
    other = dice.choice([one for one in units if len(one.path) == 2 * STEP])
    fresh = other.path + street.path[-STEP:]
    if not street.path.startswith(other.path):
        goers = [one for one in units if one.path.startswith(street.path)]
        units = [one for one in units if one not in goers]
        for one in goers:
            there = fresh + one.path[len(street.path) :]
            units += [
                one._replace(valid_until=moved),
                Stay(one.unit, there, moved, None),
            ]
    found: list[Fact] = []
    while len(found) < facts:
        day = date(2025, 11, 1) + timedelta(days=dice.randrange(120))
        if first(day) != EMPTY:
            found += entered(dice, units, day, numbers=numbers)
    dice.shuffle(found)
    return World(units, found)


def tree(dice: random.Random) -> list[Stay]:
    since = date(1949, 10, 1)
    paths = ["00001"]
    for _ in range(3):
        for path in [one for one in paths if len(one) == max(map(len, paths))]:
            numbers = dice.sample("123456789AKZ", dice.randint(1, 5))
            paths += [f"{path}000{one}{one}" for one in numbers]
    gone = date(2025, 12, 1)
    return [
        Stay(f"u{number}", path, since, gone if number % 11 == 10 else None)
        for number, path in enumerate(paths)
    ]


def entered(dice, units, day, *, numbers) -> list[Fact]:
    """A fact, and now and then that it left again."""
    standing = [
        one
        for one in units
        if one.valid_from <= day and (one.valid_until is None or one.valid_until > day)
    ]
    part = dice.choice([*PARTS.values(), OTHER])
    key: int | str | None = None
    if part.aggregate is Aggregate.DISTINCT and dice.random() < 0.95:
        number = dice.randrange(60) - 30
        key = number * 2**33 if numbers else f"人{number}"
    at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    at += timedelta(hours=dice.randrange(60), microseconds=dice.choice([0, 5]))
    value = dice.choice([0, 1, 7, 10**12, -3])
    unit = dice.choice(standing[: dice.choice([5, len(standing)])])
    one = Fact(part.code, unit.path, day, 1, value, key, "", at)
    if dice.random() > 0.15:
        return [one]
    late = at + timedelta(days=dice.randrange(40))
    back = -value if part.aggregate is Aggregate.SUM else value
    return [one, one._replace(records=-1, value=back, recorded_at=late)]


def question(as_of=None, depths=(0, 1, 2), indicators=INDICATORS) -> Question:
    return Question(tuple(indicators), MONTHS, depths, as_of)


def answered(units, facts, asked: Question) -> list[tuple]:
    """Look at every fact for every cell."""
    known = [f for f in facts if asked.as_of is None or f.recorded_at <= asked.as_of]
    rows = []
    for month in asked.months:
        paths = {
            one.path
            for one in units
            if len(one.path) // STEP - 1 in asked.depths
            and one.valid_from < month.next.first
            and (one.valid_until is None or one.valid_until > month.first)
        }
        inside = [fact for fact in known if first(fact.day) == month]
        for path in paths:
            below = [fact for fact in inside if fact.path.startswith(path)]
            numbers = [cell(below, part) for part in asked.taken]
            rows.append((str(month), path, *numbers))
    return rows


def cell(facts, part: Part) -> int:
    own = [fact for fact in facts if fact.measure == part.code]
    if part.aggregate is Aggregate.COUNT:
        return sum(fact.records for fact in own)
    if part.aggregate is Aggregate.SUM:
        return sum(fact.value for fact in own)
    if part.aggregate is Aggregate.DISTINCT:
        keys = {fact.key for fact in own} - {None}
        return sum(sum(f.records for f in own if f.key == key) > 0 for key in keys)
    own.sort(key=lambda fact: fact.path)
    return sum(last([*each]) for _, each in groupby(own, key=lambda fact: fact.path))


def last(facts) -> int:
    standing = [
        (fact.day, fact.recorded_at, fact.value)
        for fact in facts
        if fact.records > 0
        and sum(
            other.records
            for other in facts
            if (other.day, other.value) == (fact.day, fact.value)
        )
        > 0
    ]
    return max(standing)[2] if standing else 0
