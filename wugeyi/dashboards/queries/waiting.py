"""What waits now, by how far it is and how old it is.

The moment, not the ledger: a case changes its state many times a day, and what counts
here is what lies on somebody's desk this minute.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.queries import rates
from wugeyi.casework.rules.states import State
from wugeyi.organisations.models import Organisation

# Days since the need was registered; the last band has no end.
AGES = (7, 30, 90)
# In the order in which a case goes through them.
STATES = (
    State.NEW,
    State.ASSIGNED,
    State.OBJECTED,
    State.WORKING,
    State.ANSWERED,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many open cases there are by state and age band, and how many are late."""

    counts: Mapping[State, tuple[int, ...]]
    late: int
    # Whether any case was ever placed there: else nothing is known, not 0.
    known: bool

    @property
    def total(self) -> int:
        """Return how many are open."""
        return sum(sum(each) for each in self.counts.values())


def waiting(organisation: Organisation, *, now: datetime, today: date) -> Waiting:
    """Count the open cases placed at or below an organisation.

    One query, and a second one where none is open.
    """
    below = rates.below(organisation)
    bands = [
        When(registered_on__gt=today - timedelta(days=days), then=Value(band))
        for band, days in enumerate(AGES)
    ]
    rows = (
        below.filter(state__in=OPEN_STATES)
        .annotate(
            band=Case(*bands, default=Value(len(AGES)), output_field=IntegerField())
        )
        .values("state", "band")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=Q(due_at__lt=now) & ~Q(state=State.ANSWERED.value)),
        )
        .order_by(F("state"), F("band"))
    )
    counts = {state: [0] * (len(AGES) + 1) for state in STATES}
    late = 0
    for row in rows:
        counts[State(row["state"])][row["band"]] += row["count"]
        late += row["late"]
    known = bool(late or any(map(any, counts.values()))) or below.exists()
    return Waiting({state: tuple(each) for state, each in counts.items()}, late, known)
