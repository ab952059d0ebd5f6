"""When a case may end, and how long things are kept after."""

from datetime import date, datetime, timedelta

# Inferred, not found in a source: three tries on two different days before a case may
# be closed as "not reached".
TRIES_NEEDED = 3
TRY_DAYS_NEEDED = 2
# Inferred: a resident may say "it is not solved" for this long after the end.
REOPEN_WITHIN = timedelta(days=30)


def enough_tries(days: list[date]) -> bool:
    """Tell whether somebody who was not reached on these local days was tried enough."""
    return len(days) >= TRIES_NEEDED and len(set(days)) >= TRY_DAYS_NEEDED


def may_reopen(closed_at: datetime | None, at: datetime) -> bool:
    """Tell whether the case, closed then, may still be reopened now."""
    return closed_at is None or at - closed_at <= REOPEN_WITHIN
