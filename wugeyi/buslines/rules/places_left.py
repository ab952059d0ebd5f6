"""Whether a bus still takes people with baskets, segment by segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_PERSONS = 10
MOST_BASKETS = 30
WORD_LENGTH = 12
"""One booking is a family or neighbours; whoever needs more asks the line."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a bus takes, by its certificate and the rules it was planned with.

    ``floor_dm2`` of 0 means that persons and baskets do not share the floor.
    """

    persons: int
    baskets: int
    floor_dm2: int = 0
    person_dm2: int = 0
    basket_dm2: int = 0

    def takes(self, persons: int, baskets: int) -> bool:
        """Tell whether so many people and baskets fit aboard at once."""
        if persons > self.persons or baskets > self.baskets:
            return False
        taken = persons * self.person_dm2 + baskets * self.basket_dm2
        return not self.floor_dm2 or taken <= self.floor_dm2


@dataclass(frozen=True, slots=True)
class Group:
    """People with baskets who get on, or off, at one call."""

    persons: int
    baskets: int

    def __add__(self, other: "Group") -> "Group":
        return Group(self.persons + other.persons, self.baskets + other.baskets)


NOBODY = Group(0, 0)


def aboard(
    positions: Sequence[int], booked: Mapping[int, Group], *, home: bool
) -> list[Group]:
    """Return who is aboard on each segment of a trip, in the order it is driven.

    To a market, segment ``k`` begins at the ``k``-th call and all who got on so far are
    aboard. Home, segment ``k`` ends at the ``k``-th call and all who get off there or
    later are aboard.
    """
    groups = [booked.get(position, NOBODY) for position in positions]
    found, sum_so_far = [], NOBODY
    for group in reversed(groups) if home else groups:
        sum_so_far = sum_so_far + group
        found.append(sum_so_far)
    return found[::-1] if home else found


def left(
    room: Room,
    positions: Sequence[int],
    booked: Mapping[int, Group],
    position: int,
    *,
    home: bool,
) -> Group:
    """Return how many people could still book a ride, and how many baskets, each alone.

    Of the segments they would ride on, the fullest says it. ``fits`` answers for both
    at once.
    """
    persons, baskets = room.persons, room.baskets
    for group in _ridden(positions, booked, position, home=home):
        persons = min(persons, room.persons - group.persons)
        baskets = min(baskets, room.baskets - group.baskets)
        if room.floor_dm2:
            free = (
                room.floor_dm2
                - group.persons * room.person_dm2
                - group.baskets * room.basket_dm2
            )
            if room.person_dm2:
                persons = min(persons, free // room.person_dm2)
            if room.basket_dm2:
                baskets = min(baskets, free // room.basket_dm2)
    return Group(max(0, persons), max(0, baskets))


def fits(
    room: Room,
    positions: Sequence[int],
    booked: Mapping[int, Group],
    position: int,
    group: Group,
    *,
    home: bool,
) -> bool:
    """Tell whether a group fits in on every segment it rides, beside who is booked."""
    return all(
        room.takes(each.persons + group.persons, each.baskets + group.baskets)
        for each in _ridden(positions, booked, position, home=home)
    )


def _ridden(
    positions: Sequence[int],
    booked: Mapping[int, Group],
    position: int,
    *,
    home: bool,
) -> list[Group]:
    segments = aboard(positions, booked, home=home)
    at = positions.index(position)
    return segments[: at + 1] if home else segments[at:]
