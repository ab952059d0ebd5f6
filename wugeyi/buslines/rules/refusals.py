"""Why an act is refused, as codes; the words for people are in ``buslines.forms``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason an act on a line may be refused for."""

    CHANGED = "changed"  # somebody wrote to it since the page was loaded
    CLOSED = "closed"  # the line, or the record, has ended
    NEEDS_TEXT = "needs_text"
    BAD_VALUE = "bad_value"
    BAD_DAYS = "bad_days"  # an end before its beginning, a day that cannot be
    CODE_TAKEN = "code_taken"
    IN_USE = "in_use"  # something still rests on it
    NEEDS_PLANNING = "needs_planning"  # the extra `planning` is not installed
    NO_INPUTS = "no_inputs"  # stops, ways or buses are missing
    NOT_READY = "not_ready"  # the plan is not worked out yet
    HAS_BREACHES = "has_breaches"  # the checker found what may not be
    NOT_NOTICED = "not_noticed"  # not announced, or not long enough before
    NOT_FILED = "not_filed"
    NO_FARES = "no_fares"
    NO_SUCH_DAY = "no_such_day"  # no trip runs that day
    TOO_LATE = "too_late"  # the bus has left
    TOO_EARLY = "too_early"  # farther ahead than may be booked
    FULL = "full"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


class Refused(Exception):
    """The act was refused and nothing was written.

    ``values`` are what the words for people name: a limit, a day, a code.
    """

    def __init__(self, why: Why, **values: str | int | float) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values
