"""What is missing, and whether all of it was told at once.

A material is known by its line: a correction of the list keeps the line, so that a
reworded material is not a new one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Papers:
    """What lay on the counter, by keys of materials; and what is asked beyond the list."""

    brought: frozenset[int] = frozenset()
    not_needed: frozenset[int] = frozenset()
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What one earlier trip brought and what its visitor was told to bring."""

    at: datetime
    brought: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()
    # Asked for beyond the list, in words.
    extra: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class New:
    """What is asked for now although an earlier trip could have been told."""

    lines: frozenset[int] = frozenset()
    extra: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.lines) + len(self.extra)


def missing(
    wanted: Iterable[int], brought: Iterable[int], not_needed: Iterable[int]
) -> frozenset[int]:
    """Return the lines still to be brought."""
    return frozenset(wanted) - frozenset(brought) - frozenset(not_needed)


def newly_told(
    lines: Iterable[int],
    extra: Iterable[str],
    before: Sequence[Told],
    added: Mapping[int, datetime],
) -> New:
    """Return what should have been told on an earlier trip and was not.

    Parameters
    ----------
    lines, extra
        What is missing on this trip.
    before
        The earlier trips of the same matter; without any, nothing is late.
    added
        When each line came onto the list. What came after the last trip could not have
        been told then and is nobody's failure; a line that is not here always stood on
        the list.
    """
    if not before:
        return New()
    known = frozenset[int]().union(*(t.brought | t.missing for t in before))
    said = frozenset[str]().union(*(t.extra for t in before))
    last = max(t.at for t in before)
    return New(
        frozenset(
            line
            for line in lines
            if line not in known and (line not in added or added[line] <= last)
        ),
        frozenset(extra) - said,
    )
