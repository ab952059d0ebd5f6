"""Until when a service was promised, and what the case tells of its course."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from wugeyi.casework import adapter
from wugeyi.casework.models import Case
from wugeyi.casework.models.settings import Unit
from wugeyi.casework.queries.deadlines import days_off
from wugeyi.casework.rules.states import Outcome, State
from wugeyi.organisations.models import Organisation
from wugeyi.services.rules.trips import Holding, Span

DONE = frozenset({Outcome.RESOLVED.value, Outcome.UNREACHED.value})


def promised_at(*, start: datetime, days: int, desk: Organisation) -> datetime | None:
    """Return when ``days`` working days are over; 0 days end with the day itself."""
    if days == 0:
        tomorrow = timezone.localdate(start) + timedelta(days=1)
        return timezone.make_aware(datetime.combine(tomorrow, time()))
    calendar = adapter.calendar(days_off(desk, timezone.localdate(start)))
    return adapter.due(
        start=start, amount=days, unit=Unit.WORKING_DAYS.value, calendar=calendar
    )


@dataclass(frozen=True, slots=True)
class Course:
    """How far a case is, and who held it when."""

    done_at: datetime | None
    ended: bool
    holdings: list[Holding]
    pauses: list[Span]


def course(case: Case) -> Course:
    """Read the course of a case, or of the one it went into; three queries."""
    main = case.merged_into or case
    open_or_done = main.state == State.ANSWERED or main.outcome in DONE
    return Course(
        done_at=main.answered_at if open_or_done else None,
        ended=main.state == State.CLOSED and main.outcome not in DONE,
        holdings=[
            Holding(row.organisation_id, Span(row.at, row.ended_at))
            for row in main.assignments.order_by("at", "pk")
        ],
        pauses=[
            Span(row.started_at, row.ended_at)
            for row in main.pauses.order_by("started_at")
        ],
    )
