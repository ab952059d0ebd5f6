"""Why an act is refused, as codes; the words for people are in ``holdings.forms``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason an act on holdings may be refused for."""

    CHANGED = "changed"  # somebody wrote to it since the page was loaded
    NOT_YOURS = "not_yours"  # it belongs to another collective
    TAKEN = "taken"  # a code or a number that is there already
    NOT_NOW = "not_now"  # the state does not follow from the present one
    ENDED = "ended"  # disposed of, terminated, left
    NEEDS_REASON = "needs_reason"
    BAD_DAYS = "bad_days"  # an end before its beginning, a change before the last one
    NEGATIVE = "negative"
    # Assets
    NO_VALUE = "no_value"  # a resource has an area and no value
    NEEDS_AREA = "needs_area"
    NO_WEAR = "no_wear"  # assets of this kind are not depreciated
    SALVAGE = "salvage"  # more than what it cost
    TOO_LATE = "too_late"  # months from that one on are charged already
    MONTH_DONE = "month_done"
    MONTH_ORDER = "month_order"  # a later month is charged already
    NOTHING_TO_CHARGE = "nothing_to_charge"
    NO_FUND = "no_fund"
    FUND_BOOKED = "fund_booked"
    REGIME = "regime"  # only books of the 2023 system
    # Contracts
    NOT_WRITTEN = "not_written"
    NOT_VALUED = "not_valued"
    GUARANTEE = "guarantee"
    TOO_MANY_DUES = "too_many_dues"
    DUES_BOOKED = "dues_booked"  # periods the change would take back have vouchers
    SETTLED = "settled"
    NO_PAYMENT = "no_payment"  # the voucher moved no money that way
    OVER_VOUCHER = "over_voucher"  # more than the voucher paid
    DRAFT_WAITS = "draft_waits"
    # Members
    ARTICLE = "article"  # the law forbids to remove a member for that
    SHARES_LEFT = "shares_left"
    NO_MEMBERS = "no_members"
    ERASED = "erased"
    STILL_MEMBER = "still_member"
    # Companies
    GENERAL_PARTNER = "general_partner"
    NO_PAID_IN = "no_paid_in"
    OVER_SUBSCRIBED = "over_subscribed"
    NO_COLLECTIVE = "no_collective"
    OF_YEAR = "of_year"  # there is one for that year already
    NOT_KEPT = "not_kept"  # books one does not keep
    # Distribution
    LOSSES = "losses"
    ENGINE = "engine"  # see the sentences
    NO_NOTICE = "no_notice"
    NOTICE_SHORT = "notice_short"
    NOT_DECIDED = "not_decided"
    OTHER_BOOK = "other_book"


class Refused(Exception):
    """The act was refused and nothing was written.

    ``values`` are what the words for people name: a day, an article, an amount.
    """

    def __init__(self, why: Why, **values: object) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values
