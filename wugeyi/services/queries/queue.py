"""Who waits at a window today, and the board that shows numbers only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from wugeyi.organisations.models import Organisation
from wugeyi.services.models import Visit
from wugeyi.services.rules.trips import Stage

# More than a room holds; nobody reads further.
MOST = 200
RECENT = 5


@dataclass(frozen=True, slots=True)
class Queue:
    """Today's visits that are not over, each list in the order of its numbers."""

    waiting: list[Visit]
    called: list[Visit]
    serving: list[Visit]


def queue(desk: Organisation, day: date) -> Queue:
    """Return who is at a window; one query."""
    rows = list(
        Visit.objects.filter(organisation=desk, day=day, result="", left_at=None)
        .select_related("service", "matter__case")
        .order_by("number", "id")[:MOST]
    )
    by_stage: dict[Stage, list[Visit]] = {stage: [] for stage in Stage}
    for row in rows:
        by_stage[row.stage].append(row)
    return Queue(
        by_stage[Stage.WAITING], by_stage[Stage.CALLED], by_stage[Stage.SERVING]
    )


@dataclass(frozen=True, slots=True)
class Board:
    """What hangs on the wall: numbers, the one called last first."""

    called: list[int]
    waiting: list[int]


def board(desk: Organisation, day: date) -> Board:
    """Return the numbers called and waiting; one query."""
    found = queue(desk, day)
    called = [each for each in found.called + found.serving if each.number]
    called.sort(key=lambda each: each.called_at or each.arrived_at, reverse=True)
    return Board(
        [each.number or 0 for each in called[:RECENT]],
        [each.number or 0 for each in found.waiting if each.number],
    )


def last_number(desk: Organisation, day: date) -> int:
    """Return the last number given out on a day, 0 if none was."""
    found = Visit.objects.filter(organisation=desk, day=day).aggregate(n=Max("number"))
    return found["n"] or 0
