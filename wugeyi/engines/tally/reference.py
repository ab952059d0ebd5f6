"""Figures the slow, obvious way, from a list of facts: what every faster way must equal.

Nothing here is indexed or added up beforehand; each figure reads all facts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wugeyi.engines.tally.definitions import Aggregate

SEGMENT = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """A record counts (+1) for a measure at a place on a day, or no longer does (-1).

    The last five digits of ``path`` are the unit itself, whatever stands above it.
    """

    measure: int
    path: str
    on: date
    records: int
    value: int
    key: str
    dimension: str
    recorded_at: datetime
    record: int = 0

    @property
    def unit(self) -> str:
        """Return the unit, wherever it stands."""
        return self.path[-SEGMENT:]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit stands at ``path`` from a day to a day, both included."""

    path: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What facts come to: standing records, the number, units with any record."""

    records: int = 0
    value: int = 0
    units: int = 0


def known(facts: Iterable[Fact], as_of: datetime | None) -> list[Fact]:
    """Return what had been recorded by a moment; None: everything."""
    return [each for each in facts if as_of is None or each.recorded_at <= as_of]


def happened(facts: Iterable[Fact], places: Sequence[Place]) -> list[Fact]:
    """Return the facts at or below one of the places on its days."""
    return [
        each
        for each in facts
        if any(
            each.path.startswith(place.path) and place.first <= each.on <= place.last
            for place in places
        )
    ]


def answer(
    facts: Iterable[Fact],
    places: Sequence[Place],
    aggregate: Aggregate,
    *,
    as_of: datetime | None = None,
) -> Answer:
    """Return the figure of one measure.

    Parameters
    ----------
    facts
        All facts of the measure.
    places
        Where the unit stood during the period. For a standing measure: where it
        stands on the last day, from the first day there is.
    aggregate
        ``count`` adds records, ``sum`` their values; ``distinct`` counts keys with any
        record; ``latest`` adds for each unit the value of its last record in the
        period (of two on one day, the one recorded later, then the greater).
    """
    found = happened(known(facts, as_of), places)
    records = sum(each.records for each in found)
    by_unit: Counter[str] = Counter()
    for each in found:
        by_unit[each.unit] += each.records
    units = sum(1 for count in by_unit.values() if count > 0)
    return Answer(records, _value(found, aggregate), units)


def _value(found: Sequence[Fact], aggregate: Aggregate) -> int:
    if aggregate is Aggregate.SUM:
        return sum(each.records * each.value for each in found)
    if aggregate is Aggregate.DISTINCT:
        by_key: Counter[str] = Counter()
        for each in found:
            by_key[each.key] += each.records
        return sum(1 for count in by_key.values() if count > 0)
    if aggregate is Aggregate.LATEST:
        return sum(_last(some) for some in _by_unit(found).values())
    return sum(each.records for each in found)


def _by_unit(found: Iterable[Fact]) -> dict[str, list[Fact]]:
    units: dict[str, list[Fact]] = defaultdict(list)
    for each in found:
        units[each.unit].append(each)
    return units


def _last(facts: Sequence[Fact]) -> int:
    """Return the value of the last record that stands; 0 if none does."""
    net: Counter[tuple[int, date, int]] = Counter()
    when: dict[tuple[int, date, int], datetime] = {}
    for each in facts:
        line = (each.record, each.on, each.value)
        net[line] += each.records
        when[line] = max(when.get(line, each.recorded_at), each.recorded_at)
    standing = [line for line, count in net.items() if count > 0]
    if not standing:
        return 0
    return max(standing, key=lambda line: (line[1], when[line], line[2]))[2]


def by_dimension(facts: Iterable[Fact], places: Sequence[Place]) -> dict[str, int]:
    """Return how many records stand for each value of the dimension."""
    found: Counter[str] = Counter()
    for each in happened(facts, places):
        found[each.dimension] += each.records
    return {name: count for name, count in sorted(found.items()) if count}
