"""Who got on at a stop, as a driver counts."""

from dataclasses import dataclass

MOST_AT_A_CALL = 200


@dataclass(frozen=True, slots=True)
class Count:
    """Who got on, by how many baskets each carried; ``baskets`` of all of them.

    Without a number of baskets, whoever has two or more counts as two.
    """

    without: int = 0
    with_one: int = 0
    with_more: int = 0
    baskets: int | None = None

    @property
    def all_baskets(self) -> int:
        """Return the baskets of everybody."""
        if self.baskets is None:
            return self.with_one + 2 * self.with_more
        return self.baskets

    def sound(self) -> bool:
        """Tell whether the numbers can be: the baskets fit those who carry them."""
        people = (self.without, self.with_one, self.with_more)
        if min(people) < 0 or max(people) > MOST_AT_A_CALL:
            return False
        least = self.with_one + 2 * self.with_more
        if not self.with_more:
            return self.all_baskets == least
        return least <= self.all_baskets <= 20 * MOST_AT_A_CALL
