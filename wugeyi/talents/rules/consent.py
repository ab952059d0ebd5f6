"""How long a card may be kept, and the code on its slip.

Personal Information Protection Law: consent (art. 13), withdrawn as easily as given
(art. 15), told before (art. 17), kept no longer than needed (art. 19).
"""

from datetime import date, timedelta
from enum import IntEnum

LONGEST_DAYS = 3 * 366


class Months(IntEnum):
    """For how long somebody may agree."""

    HALF_A_YEAR = 6
    YEAR = 12
    TWO_YEARS = 24


def keep_until(agreed: date, months: int) -> date:
    """Return the last day a card is kept: the same day ``months`` later, or the last.

    Raises
    ------
    ValueError
        Longer than three years, or not at all.
    """
    index = agreed.month - 1 + months
    year, month = agreed.year + index // 12, index % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    day = date(year, month, min(agreed.day, last))
    if not agreed < day <= agreed + timedelta(days=LONGEST_DAYS):
        raise ValueError(months)
    return day


def expired(until: date, today: date) -> bool:
    """Tell whether the time is over; the last day still counts."""
    return until < today
