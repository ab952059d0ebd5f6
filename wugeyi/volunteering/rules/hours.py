"""Hours of service: a span in time, never more, never twice. Pure Python.

Regulation on volunteer service, art. 19: recorded truthfully, certified free of charge.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from wugeyi.volunteering.rules.refusals import Refused, Why

LONGEST = timedelta(hours=24)
SHORTEST = timedelta(minutes=1)
# How long after the day hours may still be written down; inferred.
LATE = timedelta(days=90)


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """Return the whole minutes of a span, rounded down."""
    return int((ends_at - starts_at).total_seconds() // 60)


def check_span(starts_at: datetime, ends_at: datetime, *, at: datetime) -> int:
    """Return the minutes of a span that may be claimed.

    Raises
    ------
    Refused
        BACKWARDS, TOO_LONG (over 24 hours), FUTURE, PAST (over 90 days ago).
    """
    if ends_at - starts_at < SHORTEST:
        raise Refused(Why.BACKWARDS)
    if ends_at - starts_at > LONGEST:
        raise Refused(Why.TOO_LONG)
    if ends_at > at:
        raise Refused(Why.FUTURE)
    if at - starts_at > LATE:
        raise Refused(Why.PAST, days=LATE.days)
    return minutes_between(starts_at, ends_at)


def overlaps(
    starts_at: datetime,
    ends_at: datetime,
    others: Iterable[tuple[datetime, datetime]],
) -> bool:
    """Tell whether a span shares a moment with another; touching ends do not."""
    return any(starts_at < end and start < ends_at for start, end in others)
