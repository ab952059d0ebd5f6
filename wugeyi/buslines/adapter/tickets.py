"""Fares as people read them: what so many baskets cost, what a group pays."""

from dataclasses import dataclass

from wugeyi.buslines.models import FareTable
from wugeyi.engines.lineplanning.fares import Band, Fares, fare_fen, group_fen


@dataclass(frozen=True, slots=True)
class Price:
    """What one person with so many baskets pays; ``more``: or more of them."""

    baskets: int
    more: bool
    fen: int


def fares_of(table: FareTable) -> Fares:
    """Return a fare table as the engine's record; reads its bands."""
    bands = tuple(Band(each.from_baskets, each.fen) for each in table.bands.all())
    return Fares(table.base_fen, bands, table.cap_fen)


def prices(table: FareTable) -> tuple[Price, ...]:
    """Return the prices by baskets, from none to the last band's."""
    fares = fares_of(table)
    last = max((band.from_baskets for band in fares.bands), default=0)
    steps = sorted({0, *(band.from_baskets for band in fares.bands)})
    return tuple(
        Price(step, step == last and step > 0, fare_fen(fares, step)) for step in steps
    )


def by_baskets(table: FareTable) -> tuple[int, ...]:
    """Return the fen of one person by 0, 1, 2, … baskets; the last holds for more."""
    fares = fares_of(table)
    last = max((band.from_baskets for band in fares.bands), default=0)
    return tuple(fare_fen(fares, baskets) for baskets in range(last + 1))


def for_group(table: FareTable, persons: int, baskets: int) -> int:
    """Return what people who travel together pay, baskets shared as evenly as they go."""
    return group_fen(fares_of(table), persons, baskets)


def for_boarding(
    table: FareTable, *, without: int, with_one: int, with_more: int, baskets: int
) -> int:
    """Return what those who got on at a stop pay together.

    Parameters
    ----------
    baskets
        Of all of them; those who carry more than one share what the others do not.
    """
    fares = fares_of(table)
    heavy = max(2 * with_more, baskets - with_one)
    return (
        without * fare_fen(fares, 0)
        + with_one * fare_fen(fares, 1)
        + (group_fen(fares, with_more, heavy) if with_more else 0)
    )
