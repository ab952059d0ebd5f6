"""Why an act is refused, as codes; the words for people are in ``forms.refusals``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason an act of sharing may be refused for."""

    CHANGED = "changed"  # somebody wrote to it since the page was loaded
    NOT_NOW = "not_now"  # the state does not follow from the present one
    BAD_VALUE = "bad_value"
    TAKEN = "taken"  # a code that is there already
    ENDED = "ended"  # the partner left, the thing is not shared any more
    # Days and hours
    BACKWARDS = "backwards"  # an end before its beginning
    PAST = "past"
    TOO_FAR = "too_far"
    TOO_LONG = "too_long"
    CLOSED = "closed"  # beyond the hours it is open
    FULL = "full"
    TOO_EARLY = "too_early"  # handed over long before, or missed before it began
    # Who
    NOT_FOR = "not_for"  # only for residents, or only for groups
    HELD = "held"  # pieces that are promised cannot be taken away


class Refused(Exception):
    """The act was refused and nothing was written.

    ``values`` are what the words for people name: a day, a number.
    """

    def __init__(self, why: Why, **values: object) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values
