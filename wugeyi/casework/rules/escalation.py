"""When somebody above is told, and who."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

# Inferred: the last fifth of the time, but never less than two hours before.
SOON_SHARE = 5
SOON_LEAST = timedelta(hours=2)
# Inferred: three days late is "still not done", told one level higher.
LONG_AFTER = timedelta(days=3)


class Stage(StrEnum):
    """How late a case is."""

    SOON = "soon"
    EXPIRED = "expired"
    LONG = "long"


LEVELS = {Stage.SOON: 0, Stage.EXPIRED: 1, Stage.LONG: 2}


def stage(*, began: datetime, due: datetime, now: datetime) -> Stage | None:
    """Return the stage a case has reached; None while there is time."""
    if now >= due + LONG_AFTER:
        return Stage.LONG
    if now >= due:
        return Stage.EXPIRED
    notice = max(SOON_LEAST, (due - began) / SOON_SHARE)
    return Stage.SOON if now >= due - notice else None


def told(upwards: Sequence[int], reached: Stage) -> int:
    """Return who is told: the handler soon before, then its parent, then the next above.

    ``upwards`` runs from the handler to the root; short trees end at the root.
    """
    return upwards[min(LEVELS[reached], len(upwards) - 1)]
