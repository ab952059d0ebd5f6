"""Why an act at the desk is refused, as codes; the words are in ``services.forms``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason of the desk itself; casework has its own."""

    STILL_MISSING = "still_missing"  # done, although something is missing
    NOTHING_MISSING = "nothing_missing"  # told, but nothing is missing
    ENDED = "ended"  # the matter is over; only asking is possible
    NOT_YOURS = "not_yours"  # a number of another desk
    GONE = "gone"  # the person left, or was served already


class DeskRefused(Exception):
    """The act was refused and nothing was written."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
