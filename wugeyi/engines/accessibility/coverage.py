"""Who is within reach and who is not: is there one, is it enough, which home is worst."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.graph import UNREACHED
from wugeyi.engines.accessibility.siting.sets import Sets

Array = NDArray[Any]

UNKNOWN = -1
"""In a home's numbers: nobody has counted."""
EVERYWHERE = -1
"""The area of the row over all areas."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Homes, and the people in those of them where people were counted.

    ``None`` is a figure that may not be shown (``disclosure.public``).
    """

    homes: int | None = 0
    residents: int | None = 0
    elderly: int | None = 0


@dataclass(frozen=True, slots=True)
class Worst:
    """The home that is farthest from any facility of a category.

    Parameters
    ----------
    home
        Its number.
    ms
        Milliseconds to the nearest facility; None: none within the time searched.
    """

    home: int
    ms: int | None


@dataclass(frozen=True, slots=True)
class Supply:
    """Places against people.

    Parameters
    ----------
    places
        Of all facilities counted.
    demand
        People with at least one of them within the limit.
    served
        How many of these find a place within the limit when each takes the one that
        leaves the most for others. Places at the wrong end of town serve nobody.
    """

    places: int
    demand: int
    served: int

    @property
    def enough(self) -> bool:
        """Tell whether everybody within the limit finds a place."""
        return self.served == self.demand


@dataclass(frozen=True, slots=True)
class Row:
    """A category in an area.

    Parameters
    ----------
    category
        The category's place in the array of times.
    area
        The number of the area, ``EVERYWHERE`` for all homes together.
    inside, outside
        Homes within the limit, and those from which it takes longer.
    nowhere
        Homes of which nobody can say: they stand on no street of the network.
    uncounted
        Homes, wherever, whose residents nobody has counted.
    worst
        The worst home outside or inside; None without a home on a street.
    """

    category: int
    area: int
    inside: Counts
    outside: Counts
    nowhere: Counts
    uncounted: int | None
    worst: Worst | None


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """What is known of homes; the arrays are as long as there are homes.

    Parameters
    ----------
    residents, elderly
        int64, ``UNKNOWN`` where not counted.
    area
        int32, the number of the area a home lies in, from 0; ``EVERYWHERE`` for a home
        in none: it counts only in the row of all.
    placed
        bool, whether the home stands on a street of the network.
    """

    residents: Array
    elderly: Array
    area: Array
    placed: Array

    @classmethod
    def of(
        cls,
        residents: Sequence[int] | Array,
        elderly: Sequence[int] | Array | None = None,
        *,
        area: Sequence[int] | Array | None = None,
        placed: Sequence[bool] | Array | None = None,
    ) -> "Homes":
        """Return homes; what is left out is unknown, one area, and placed.

        Raises
        ------
        ValueError
            The arrays differ in length, or a number is below ``UNKNOWN``.
        """
        people = np.asarray(residents, np.int64)
        many = len(people)
        old = np.full(many, UNKNOWN) if elderly is None else elderly
        made = cls(
            people,
            np.asarray(old, np.int64),
            np.asarray(np.zeros(many) if area is None else area, np.int32),
            np.asarray(np.ones(many) if placed is None else placed, np.bool_),
        )
        if {len(made.elderly), len(made.area), len(made.placed)} != {many}:
            raise ValueError("arrays of homes differ in length")
        for numbers in (made.residents, made.elderly, made.area):
            if many and numbers.min() < UNKNOWN:
                raise ValueError("a number of homes is negative")
        return made


def coverage(
    times_ms: Array, limits_ms: int | Sequence[int], homes: Homes
) -> list[Row]:
    """Count who is inside and outside, for each category and area.

    Parameters
    ----------
    times_ms
        int32[categories, homes], time to the nearest facility, ``UNREACHED`` where
        none was found (``reach.reach_points``).
    limits_ms
        One for all categories or one for each; the limit itself is inside.
    homes
        Who lives where.

    Returns
    -------
    list of Row
        For each category first the row of all homes, then one for each area that has
        a home, rising.

    Raises
    ------
    ValueError
        Times, limits and homes do not fit each other.
    """
    times = np.asarray(times_ms)
    if times.ndim != 2 or times.shape[1] != len(homes.residents):
        raise ValueError(f"times of shape {times.shape} for {len(homes.area)} homes")
    limits = np.broadcast_to(np.asarray(limits_ms, np.int64), (len(times),))
    areas = _Areas.of(homes)
    return [
        row
        for category in range(len(times))
        for row in areas.rows(times[category], int(limits[category]), category)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Areas:
    """Homes by area, so that a category is counted in one pass, however many areas.

    Parameters
    ----------
    homes
        All homes.
    number
        int32[a], the areas' numbers, rising.
    place
        int64[homes], the place of a home's area in ``number``; a for a home in none.
    """

    homes: Homes
    number: Array
    place: Array

    @classmethod
    def of(cls, homes: Homes) -> "_Areas":
        number = np.unique(homes.area[homes.area != EVERYWHERE])
        place = np.searchsorted(number, homes.area)
        return cls(
            homes, number, np.where(homes.area == EVERYWHERE, len(number), place)
        )

    def rows(self, times: Array, limit: int, category: int) -> list[Row]:
        """Return the rows of a category: of all homes, then of each area."""
        homes, inside = self.homes, times <= limit
        parts = [
            self._counts(these)
            for these in (
                homes.placed & inside,
                homes.placed & ~inside,
                ~homes.placed,
            )
        ]
        uncounted = self._sums(homes.residents == UNKNOWN)
        worst = self._worst(times)
        names = [EVERYWHERE, *self.number.tolist()]
        columns = (names, *parts, uncounted, worst)
        return [Row(category, *row) for row in zip(*columns, strict=True)]

    def _counts(self, these: Array) -> list[Counts]:
        residents = np.where(these, np.maximum(self.homes.residents, 0), 0)
        elderly = np.where(these, np.maximum(self.homes.elderly, 0), 0)
        figures = (self._sums(these), self._sums(residents), self._sums(elderly))
        return [Counts(*row) for row in zip(*figures, strict=True)]

    def _sums(self, values: Array) -> list[int]:
        """Return the sum over all homes, then that of each area."""
        many = len(self.number) + 1
        # Exact: sums of whole numbers below 2**53.
        by_area = np.bincount(self.place, values.astype(np.float64), many)
        found: list[int] = by_area[:-1].astype(np.int64).tolist()
        return [int(values.sum()), *found]

    def _worst(self, times: Array) -> list[Worst | None]:
        """Return the farthest homes; of equally far ones where most people live."""
        placed = np.flatnonzero(self.homes.placed)
        worse = np.lexsort((placed, -self.homes.residents[placed], -times[placed]))
        order = placed[worse]
        first = np.full(len(self.number) + 1, -1)
        # The last to be written is the worst.
        first[self.place[order[::-1]]] = order[::-1]
        every = int(order[0]) if len(order) else -1
        return [_told(times, home) for home in [every, *first[:-1].tolist()]]


def _told(times: Array, home: int) -> Worst | None:
    if home < 0:
        return None
    far = int(times[home])
    return Worst(home, None if far == UNREACHED else far)


def supply(sets: Sets, people: Array | Iterable[int], places: Iterable[int]) -> Supply:
    """Work out whether facilities have places enough for those who reach them.

    Parameters
    ----------
    sets
        Homes within the limit of each facility (``siting.cover``).
    people
        Who needs a place, for each home; ``UNKNOWN`` counts as nobody.
    places
        Places of each facility.

    Raises
    ------
    ValueError
        The arrays do not fit, or a number of places is negative.
    """
    from wugeyi.engines.accessibility.siting.asking import check_places
    from wugeyi.engines.accessibility.siting.capacity import served_by
    from wugeyi.engines.accessibility.siting.problem import problem

    room = check_places(sets, list(places))
    needed = np.maximum(np.asarray(list(people), np.int64), 0)
    known = problem(sets, needed)
    state = served_by(known, room, range(sets.sites))
    return Supply(int(room.sum()), known.people, state.people)
