"""The way of a year's distribution, and what may become of a household's money."""

from datetime import date
from enum import StrEnum

NOTICE_DAYS = 10
"""So long before the assembly the plan lies open (农村集体经济组织法 46)."""
PAYABLE, BANK = "211", "102"


class State(StrEnum):
    """Where a plan stands."""

    PLANNED = "planned"
    NOTICED = "noticed"
    DECIDED = "decided"
    BOOKED = "booked"
    DROPPED = "dropped"


class Payout(StrEnum):
    """What became of a household's part."""

    TO_PAY = "to_pay"
    PAID = "paid"
    UNCLAIMED = "unclaimed"
    DIED = "died"
    DISPUTED = "disputed"


NEXT: dict[Payout, tuple[Payout, ...]] = {
    Payout.TO_PAY: (Payout.PAID, Payout.UNCLAIMED, Payout.DIED, Payout.DISPUTED),
    Payout.UNCLAIMED: (Payout.PAID, Payout.DIED, Payout.DISPUTED),
    Payout.DIED: (Payout.PAID, Payout.DISPUTED),
    Payout.DISPUTED: (Payout.TO_PAY, Payout.PAID),
    # A payment the bank sent back.
    Payout.PAID: (Payout.UNCLAIMED,),
}


def lay_long_enough(noticed_on: date, held_on: date) -> bool:
    """Tell whether a plan lay open long enough before the assembly.

    >>> lay_long_enough(date(2025, 1, 1), date(2025, 1, 11))
    True
    """
    return (held_on - noticed_on).days >= NOTICE_DAYS
