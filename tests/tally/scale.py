"""Small worlds of facts, made from a seed, and the slow obvious answer about them."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from wugeyi.engines.tally import reference
from wugeyi.engines.tally.definitions import Aggregate
from wugeyi.engines.tally.extract import Closing, Fact, KeyKind, Stay, write_month
from wugeyi.engines.tally.rollup import STEP, Asked, Month, Part, Question, months
from wugeyi.organisations.rules.paths import segment

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
    others = [one for one in units if len(one.path) == 2 * STEP]
    other = dice.choice([one for one in others if one.path != street.path[: 2 * STEP]])
    fresh = other.path + street.path[-STEP:]
    goers = [one for one in units if one.path.startswith(street.path)]
    units = [one for one in units if one not in goers]
    gone = [one._replace(valid_until=moved) for one in goers]
    come = [
        Stay(one.unit, fresh + one.path[len(street.path) :], moved, None)
        for one in goers
    ]
    units += gone + come
    # Each says how many beds it has, before and after the move.
    found = [
        Fact(
            PARTS["latest"].code,
            one.path,
            moved + timedelta(days=days),
            days + 100,
            1,
            40 + days,
            None,
            "",
            datetime(2025, 12, 12, tzinfo=UTC),
        )
        for some, days in ((gone, -1), (come, 0))
        for one in some
    ]
    while len(found) < facts:
        day = date(2025, 11, 1) + timedelta(days=dice.randrange(120))
        if first(day) != EMPTY:
            found += entered(dice, units, day, numbers=numbers)
    dice.shuffle(found)
    return World(units, found)


def tree(dice: random.Random) -> list[Stay]:
    since = date(1949, 10, 1)
    paths = [segment(1)]
    for _ in range(3):
        for path in [one for one in paths if len(one) == max(map(len, paths))]:
            number = len(paths)
            below = range(number + 1, number + 1 + dice.randint(2, 5))
            paths += [path + segment(one) for one in below]
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
    one = Fact(part.code, unit.path, day, dice.randrange(10**9), 1, value, key, "", at)
    if dice.random() > 0.15:
        return [one]
    late = at + timedelta(days=dice.randrange(40))
    return [one, one._replace(records=-1, recorded_at=late)]


def question(as_of=None, depths=(0, 1, 2), indicators=INDICATORS) -> Question:
    return Question(tuple(indicators), MONTHS, depths, as_of)


def answered(units, facts, asked: Question) -> list[tuple]:
    """Ask the slow reference for every cell."""
    named = [slow(fact) for fact in facts]
    rows = []
    for month in asked.months:
        end = month.next.first - timedelta(days=1)
        paths = {
            one.path
            for one in units
            if len(one.path) // STEP - 1 in asked.depths
            and one.valid_from < month.next.first
            and (one.valid_until is None or one.valid_until > month.first)
        }
        inside = [fact for fact in named if first(fact.on) == month]
        for path in paths:
            place = [reference.Place(path, month.first, end)]
            below = [fact for fact in inside if fact.path.startswith(path)]
            numbers = [cell(below, place, part, asked.as_of) for part in asked.taken]
            rows.append((str(month), path, *numbers))
    return rows


def cell(facts, place, part: Part, as_of) -> int:
    own = [
        fact
        for fact in facts
        if fact.measure == part.code
        and (part.aggregate is not Aggregate.DISTINCT or fact.key is not None)
    ]
    return reference.answer(own, place, part.aggregate, as_of=as_of).value


def slow(fact: Fact) -> reference.Fact:
    return reference.Fact(
        measure=fact.measure,
        path=fact.path,
        on=fact.day,
        records=fact.records,
        value=fact.value,
        key=fact.key,
        dimension=fact.dimension,
        recorded_at=fact.recorded_at,
        record=fact.record,
    )
