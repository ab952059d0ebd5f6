"""A pool divided by parts, to the fen."""

from collections.abc import Sequence
from fractions import Fraction

from wugeyi.engines.ledger.distribution import largest


def shared(pool_fen: int, parts: Sequence[int]) -> list[int]:
    """Return a pool's shares by largest remainder; they come to the pool exactly.

    Parameters
    ----------
    pool_fen
        0 or more.
    parts
        0 or more each; of equal remainders the earlier one comes first.

    >>> shared(100, [115, 100, 10])
    [51, 45, 4]
    """
    found = largest(pool_fen, [Fraction(part) for part in parts])
    return [whole + extra for whole, _rest, extra in found]
