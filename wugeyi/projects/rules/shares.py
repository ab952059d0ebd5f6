"""Shares of a whole, in hundredths of a percent, that always sum to the whole.

Contributions are integer fen; nothing here is ever a float.
"""

from collections.abc import Sequence
from enum import StrEnum

WHOLE = 10_000
"""Hundredths of a percent in 100 %."""


class PartnerKind(StrEnum):
    """Who contributes to a company of the "1+1" kind."""

    COLLECTIVE = "collective"
    STATE = "state"
    PRIVATE = "private"
    VILLAGERS = "villagers"
    OTHER = "other"


def shares(parts: Sequence[int], whole: int = WHOLE) -> list[int]:
    """Divide ``whole`` in proportion to ``parts`` by the largest remainder.

    The shares sum to ``whole`` exactly; of two equal remainders the earlier part gets
    the odd unit. Without any positive part there is nothing to divide: all are 0.

    Raises
    ------
    ValueError
        A part is negative.

    >>> shares([115, 100, 10])
    [5111, 4445, 444]
    """
    if any(part < 0 for part in parts):
        raise ValueError("A share of a negative contribution.")
    total = sum(parts)
    if not total:
        return [0] * len(parts)
    found = [part * whole // total for part in parts]
    rest = [part * whole % total for part in parts]
    odd = whole - sum(found)
    for place in sorted(range(len(parts)), key=lambda n: (-rest[n], n))[:odd]:
        found[place] += 1
    return found


def is_majority(part: int, total: int) -> bool:
    """Tell whether a part is more than half of the total; exact, before any rounding."""
    return 2 * part > total
