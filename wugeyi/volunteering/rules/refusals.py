"""Why an act is refused, as codes; the words for people are in ``volunteering.forms``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason an act of volunteering may be refused for."""

    TAKEN = "taken"  # somebody else was first
    NOT_OPEN = "not_open"  # not published, over, withdrawn
    NOT_YOURS = "not_yours"
    NOT_NOW = "not_now"  # the state does not allow it
    TOO_MANY = "too_many"
    RECALLED = "recalled"  # the community took it out of their hands
    NEEDS_NAME = "needs_name"
    NEEDS_INSURANCE = "needs_insurance"
    PAST = "past"
    FUTURE = "future"
    TOO_LONG = "too_long"
    BACKWARDS = "backwards"
    OVERLAPS = "overlaps"
    MORE_THAN_SPAN = "more_than_span"
    OWN = "own"  # nobody confirms their own hours
    NOTHING = "nothing"  # no hour to certify
    CLOSED = "closed"
    OTHER_CONTENT = "other_content"  # the same id with other words
    UNSAFE = "unsafe"


class Refused(Exception):
    """The act was refused and nothing was written."""

    def __init__(self, why: Why, **values: str | int) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values
