"""The levels of the tree as rows, by the length of a path."""

from collections.abc import Iterable

from wugeyi.figures.adapter import Measure
from wugeyi.figures.rules.pieces import DAILY
from wugeyi.organisations.rules import MAX_PATH, SEGMENT


def _lengths(longest: int) -> str:
    rows = ", ".join(f"({length})" for length in range(SEGMENT, longest + 1, SEGMENT))
    return f"SELECT column1 AS len FROM (VALUES {rows}) l"


LENGTHS = _lengths(MAX_PATH)
# The topmost ones, for which days are kept.
HIGH = _lengths(DAILY)
# After every day and month there is.
NEVER = "9999-12-01"


def numbers(measures: Iterable[Measure]) -> str:
    """Return keys of measures as a list for IN; a key no measure has if there is none."""
    return ", ".join(str(each.number) for each in measures) or "0"
