"""What differs between two timetables of a line: derived, so that nobody types it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stand:
    """A timetable as passengers see it.

    Parameters
    ----------
    times
        By stop (its key), way home or not: minutes of the day, in order.
    names
        Of the stops.
    fares
        Fen of one person by how many baskets; the last one holds for more.
    weekdays
        Digits, Monday is 1.
    """

    times: Mapping[tuple[int, bool], tuple[int, ...]]
    names: Mapping[int, str]
    fares: Sequence[int] = ()
    weekdays: str = "1234567"

    @property
    def stops(self) -> frozenset[int]:
        """Return the stops served at all."""
        return frozenset(stop for stop, _home in self.times)


@dataclass(frozen=True, slots=True)
class Moved:
    """The times at a stop, before and after."""

    stop: int
    name: str
    home: bool
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FareMoved:
    """What so many baskets cost one person, before and after; ``more``: or more."""

    baskets: int
    more: bool
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs. ``first`` tells that there is nothing to compare with."""

    first: bool = False
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    fares: tuple[FareMoved, ...] = ()
    weekdays: tuple[str, str] | None = None
    touched: frozenset[int] = field(default_factory=frozenset)

    @property
    def none(self) -> bool:
        """Tell whether passengers notice nothing."""
        return not (
            self.first
            or self.dropped
            or self.added
            or self.moved
            or self.fares
            or self.weekdays
        )


def changes(before: Stand | None, after: Stand) -> Changes:
    """Return what differs; stops in the order of their names."""
    if before is None:
        return Changes(first=True)
    both = before.stops & after.stops
    moved = [
        Moved(stop, after.names[stop], home, old, new)
        for stop in both
        for home in (False, True)
        if (old := before.times.get((stop, home), ()))
        != (new := after.times.get((stop, home), ()))
    ]
    gone, come = before.stops - after.stops, after.stops - before.stops
    return Changes(
        dropped=tuple(sorted(before.names[stop] for stop in gone)),
        added=tuple(sorted(after.names[stop] for stop in come)),
        moved=tuple(sorted(moved, key=lambda each: (each.name, each.home))),
        fares=tuple(_fares(before.fares, after.fares)),
        weekdays=(
            (before.weekdays, after.weekdays)
            if before.weekdays != after.weekdays
            else None
        ),
        touched=frozenset(gone | come | {each.stop for each in moved}),
    )


def _fares(before: Sequence[int], after: Sequence[int]) -> list[FareMoved]:
    if not before or not after:
        return []
    most = max(len(before), len(after))
    pairs = [
        (before[min(k, len(before) - 1)], after[min(k, len(after) - 1)])
        for k in range(most)
    ]
    return [
        FareMoved(baskets, baskets == most - 1, old, new)
        for baskets, (old, new) in enumerate(pairs)
        if old != new
    ]
