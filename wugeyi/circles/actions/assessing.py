"""A circle is looked at on a day, and what was found is kept."""

from datetime import date, datetime

from wugeyi.circles.actions.writing import By
from wugeyi.circles.models import Assessment, Circle
from wugeyi.circles.rules.paces import Pace


def assess(
    *,
    circle: Circle,
    on: date,
    paces: tuple[Pace, ...] = (Pace.ADULT, Pace.ELDER),
    by: By,
    at: datetime,
    version: int | None = None,
) -> list[Assessment]:
    """Find who is inside and outside on a day, at each pace, and keep it.

    What stood for a pace is superseded, never changed. If nothing changed since the
    one that stands (the same digest), that one is returned and nothing is written.
    Computing happens before the transaction, so that writers do not wait for it.

    Raises
    ------
    Refused
        As ``queries.seen.seen``; NO_HOMES; CHANGED, CLOSED.
    """
    raise NotImplementedError
