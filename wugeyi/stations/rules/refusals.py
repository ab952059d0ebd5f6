"""Why an act is refused, as codes; the words for people are in ``stations.forms``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason an act on a station may be refused for."""

    CHANGED = "changed"  # somebody wrote to it since the page was loaded
    ENDED = "ended"  # the station is no more
    BAD_VALUE = "bad_value"
    BAD_DAYS = "bad_days"
    IN_WORK = "in_work"  # a case for it is still open
    CODE_TAKEN = "code_taken"
    TWIN = "twin"  # the same name stands within some metres
    FULL = "full"  # so many in an hour that somebody leans on the button


class Refused(Exception):
    """The act was refused and nothing was written; ``values`` fill the sentence."""

    def __init__(self, why: Why, **values: str | int) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values
