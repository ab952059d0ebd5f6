"""Why an act is refused, as codes; the words for people are in ``circles.forms``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason an act on a circle may be refused for."""

    CHANGED = "changed"  # somebody wrote to it since the page was loaded
    CLOSED = "closed"  # the circle or scenario was closed
    NO_NETWORK = "no_network"  # no streets were imported for this place
    NETWORK_LOST = "network_lost"  # the file of the network is not where it was
    NEEDS_PLANNING = "needs_planning"  # the extra `planning` is not installed
    NO_HOMES = "no_homes"
    NO_KINDS = "no_kinds"  # an empty category template
    OFF_NETWORK = "off_network"  # a point is farther from any way than people walk
    OUT_OF_BOUNDS = "out_of_bounds"  # a point outside the network altogether
    SAME_POINT = "same_point"  # both ends of a link fall together
    NOTHING_CHANGED = "nothing_changed"  # a scenario without changes
    TOO_MANY = "too_many"
    NO_HEIGHTS = "no_heights"  # slope asked of a network without heights
    OLD_NETWORK = "old_network"  # drawn on streets that were replaced since
    GONE = "gone"  # a facility or way the change names is no longer there
    NEEDS_TEXT = "needs_text"
    NOT_YOURS = "not_yours"
    BAD_VALUE = "bad_value"


class Refused(Exception):
    """The act was refused and nothing was written.

    ``values`` are what the words for people name: a position, a limit, a distance.
    """

    def __init__(self, why: Why, **values: str | int | float) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values
