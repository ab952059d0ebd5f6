"""What the duty desk sees at once, and how long it took until somebody saw it."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.ui.paging import Page, cut
from wugeyi.volunteering.models import DutyTerm, Emergency, Told
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.rules.duty import DEFAULT_MINUTES, SOURCE

SIZE = 25
# More open ones than this are not shown at once; the oldest come first.
MOST_OPEN = 100
# A median is worked out of the newest so many.
MOST_WAITS = 2000


def _told() -> "Prefetch[str, QuerySet[Told], str]":
    rows = Told.objects.select_related("organisation").order_by("pk")
    return Prefetch("told", rows)


def waiting(reach: Reach) -> list[Emergency]:
    """Return what is not settled within reach, unseen ones first, the longest wait first."""
    rows = (
        Emergency.objects.filter(
            within("organisation__path", reach.roots(access.DUTY)), settled_at=None
        )
        .select_related("organisation", "noticed_by")
        .prefetch_related(_told())
        .order_by("received_at")[:MOST_OPEN]
    )
    return sorted(rows, key=lambda row: row.noticed_at is not None)


def in_reach(pk: int, reach: Reach) -> Emergency | None:
    """Return one within reach; two queries."""
    return (
        Emergency.objects.filter(
            within("organisation__path", reach.roots(access.READS)), pk=pk
        )
        .select_related("organisation", "noticed_by", "case")
        .prefetch_related(_told())
        .first()
    )


def of_client(client_id: UUID) -> Emergency | None:
    """Return one for the device that sent it; two queries."""
    return (
        Emergency.objects.filter(client_id=client_id)
        .select_related("organisation")
        .prefetch_related(_told())
        .first()
    )


def at_unit(unit: Organisation, *, older: int = 0) -> Page[Emergency]:
    """Return all of a unit and below, newest first."""
    rows = Emergency.objects.filter(
        within("organisation__path", [unit.path])
    ).select_related("organisation", "noticed_by")
    return cut(rows, older=older, size=SIZE)


@dataclass(frozen=True, slots=True)
class Waits:
    """How many were told, how many seen, and the middle wait in seconds."""

    told: int
    seen: int
    median_seconds: int | None

    @property
    def minutes(self) -> float | None:
        """Return the middle wait in minutes, one digit after the point."""
        if self.median_seconds is None:
            return None
        return round(self.median_seconds / 60, 1)


def waits(unit: Organisation, first: date, last: date) -> Waits:
    """Return the waits of some days at and below a unit; one query."""
    rows = (
        Emergency.objects.filter(
            within("organisation__path", [unit.path]),
            received_on__range=(first, last),
        )
        .order_by("-pk")
        .values_list("received_at", "noticed_at")[:MOST_WAITS]
    )
    pairs = list(rows)
    seconds = [_seconds(told, seen) for told, seen in pairs if seen is not None]
    return Waits(len(pairs), len(seconds), round(median(seconds)) if seconds else None)


def _seconds(told: datetime, seen: datetime) -> float:
    return (seen - told).total_seconds()


@dataclass(frozen=True, slots=True)
class Term:
    """Minutes of a level, as people read them."""

    kind: str
    minutes: int
    source: str
    verified: bool


def terms() -> list[Term]:
    """Return the minutes of every level; one query."""
    rows = {row.kind: row for row in DutyTerm.objects.all()}
    kinds = [*DEFAULT_MINUTES, *(kind for kind in rows if kind not in DEFAULT_MINUTES)]
    return [
        Term(kind, rows[kind].minutes, rows[kind].source, rows[kind].verified)
        if kind in rows
        else Term(kind, DEFAULT_MINUTES[kind], SOURCE, verified=False)
        for kind in kinds
    ]
