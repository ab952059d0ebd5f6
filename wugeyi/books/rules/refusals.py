"""Why an act is refused, as codes; the words for people are in ``books.forms``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason an act on books may be refused for."""

    BAD_VOUCHER = "bad_voucher"  # see the findings
    GUARD = "guard"  # the database refused; ``word`` says for what
    CHANGED = "changed"  # somebody wrote to it since the page was loaded
    CLOSED = "closed"  # the books are no longer kept
    SAME_PERSON = "same_person"  # who wrote a voucher does not review it
    CODE_TAKEN = "code_taken"
    BAD_CODE = "bad_code"
    BAD_DAY = "bad_day"
    NEEDS_TEXT = "needs_text"
    NOT_NEXT = "not_next"  # another month is to be closed first
    NOTHING_CLOSED = "nothing_closed"
    DRAFTS_OPEN = "drafts_open"  # vouchers of the month wait for review
    NO_VOUCHERS = "no_vouchers"
    ALREADY_REVERSED = "already_reversed"
    NOT_WAITING = "not_waiting"
    NOT_DECIDED = "not_decided"  # a large matter without a standing decision
    TWICE = "twice"  # the same was done before
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    NOT_CLOSED = "not_closed"  # a month that must be closed is still open
    NOT_REVIEWED = "not_reviewed"  # villagers' finance group has not looked it over
    STALE = "stale"  # vouchers were posted since a sheet was drawn up


class Refused(Exception):
    """The act was refused and nothing was written.

    ``values`` are what the words for people name: a limit, a day, a code.
    """

    def __init__(self, why: Why, **values: str | int) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values
