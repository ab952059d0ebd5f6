"""What riding costs: the fare table as data, and what a plan takes in by it."""

from dataclasses import dataclass

from wugeyi.engines.lineplanning.plan import Trip


@dataclass(frozen=True, slots=True)
class Band:
    """What is added for baskets.

    Parameters
    ----------
    from_baskets
        Of one person; the band with the most that is still reached holds.
    fen
        Added once to the fare of a person, not for each basket.
    """

    from_baskets: int
    fen: int


@dataclass(frozen=True, slots=True)
class Fares:
    """The fare of a person by the baskets carried.

    Parameters
    ----------
    base_fen
        Without a basket.
    bands
        In any order.
    cap_fen
        Nobody pays more; None for no limit.
    """

    base_fen: int
    bands: tuple[Band, ...] = ()
    cap_fen: int | None = None


STANDARD = Fares(200, (Band(1, 300), Band(2, 500)), 700)
"""Of the real line 252: 2 yuan, 5 with a basket, 7 with more."""


@dataclass(frozen=True, slots=True)
class Revenue:
    """What a plan takes in.

    Parameters
    ----------
    trips
        Each with its fen, block by block.
    fen
        All of them.
    by_baskets
        How many persons carry so many baskets.
    """

    trips: tuple[tuple[Trip, int], ...]
    fen: int
    by_baskets: dict[int, int]


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What is left for the public to pay.

    Parameters
    ----------
    cost_fen
        Of driving and of buses, to the next whole fen; what separation from regular
        buses is priced at is nobody's bill and stays out.
    subsidy_fen
        Cost less revenue; below 0 where the line earns.
    """

    cost_fen: int
    revenue_fen: int
    subsidy_fen: int
