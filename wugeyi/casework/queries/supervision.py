"""What is late, stuck or returned below somebody; every number is a list's own condition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from wugeyi.casework.models import Case, Escalation, Exclusion
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.queries import rates
from wugeyi.casework.queries.desk import (
    MANY,
    Filters,
    Tab,
    cases,
    end_of_day,
    shown,
    unseen,
)
from wugeyi.casework.rules import access
from wugeyi.casework.rules.states import State
from wugeyi.figures import queries as figures
from wugeyi.figures.models import Mark
from wugeyi.organisations.models import Organisation, Placement
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import SEGMENT, STATUTORY, Reach

SHOWN = 20
UNITS = 200
# The worker's task that looks at passing terms: see actions.counting.
TASK = "casework-due"
COUNTED = ("working", "late", "today", "objected", "reopened", "paused")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What one organisation and those below it have in hand."""

    unit: Organisation
    counts: dict[str, int]
    # The organisation itself, without those below.
    own: bool = False


def measures(now: datetime) -> dict[str, Q]:
    """Return the condition of each number, the same as of the list it opens onto."""
    timed = Q(due_at__isnull=False) & ~Q(state=State.ANSWERED.value)
    return {
        "working": timed,
        "late": timed & Q(due_at__lt=now),
        "today": timed & Q(due_at__gte=now, due_at__lt=end_of_day(now)),
        "objected": timed & Q(state=State.OBJECTED.value),
        "reopened": timed & Q(reopened__gt=0),
        "paused": Q(due_at=None),
    }


def queries_of(name: str, code: str) -> dict[str, str]:
    """Return the address of the list behind a number."""
    base = {"tab": Tab.WORK.value, "below": code}
    extra: dict[str, dict[str, str]] = {
        "late": {"due": "late"},
        "today": {"due": "today"},
        "objected": {"state": State.OBJECTED.value},
        "reopened": {"reopened": "on"},
        "paused": {"tab": Tab.PAUSED.value},
    }
    return base | extra.get(name, {})


def units(root: Organisation, *, now: datetime) -> list[UnitRow]:
    """Return ``root`` in whole, then each organisation right below it; two queries.

    In the order of the tree, never by a number: this is no league table.
    """
    length = len(root.path) + SEGMENT
    rows = (
        Case.objects.filter(within("handler__path", [root.path]), state__in=OPEN_STATES)
        .annotate(branch=Substr("handler__path", 1, length))
        .values("branch")
        .annotate(
            **{
                name: Count("pk", filter=condition)
                for name, condition in measures(now).items()
            }
        )
        .order_by()
    )
    found: dict[str, dict[str, int]] = {
        row["branch"]: {name: row[name] for name in COUNTED}
        for row in cast(Iterable[dict[str, Any]], rows)
    }
    below = Organisation.objects.filter(parent=root, valid_to=None).order_by("path")
    nothing = dict.fromkeys(COUNTED, 0)
    whole = {name: sum(each[name] for each in found.values()) for name in COUNTED}
    return [
        UnitRow(root, whole, own=True),
        *(UnitRow(unit, found.get(unit.path, nothing)) for unit in below[:UNITS]),
    ]


def escalations(reach: Reach) -> list[Escalation]:
    """Return what was escalated to this person's organisations, newest first."""
    rows = unseen(reach).select_related(
        "case__category", "case__handler", "organisation"
    )
    return list(rows.order_by("-at", "-pk")[:SHOWN])


def exclusions(reach: Reach) -> list[Exclusion]:
    """Return the requests this person may approve, oldest first."""
    roots = reach.roots(access.APPROVES_EXCLUSION)
    rows = Exclusion.objects.filter(within("case__place__path", roots), decided_at=None)
    return list(
        rows.select_related("case__place", "requested_by").order_by("requested_at")[
            :SHOWN
        ]
    )


def stuck(root: Organisation, reach: Reach, *, now: datetime) -> tuple[list[Case], int]:
    """Return the first cases nobody touched for a week, and how many up to ``MANY``."""
    filters = Filters(tab=Tab.WORK, below=root.path, stuck=True)
    found = cases(filters, reach, now=now)
    first = list(shown(found, Tab.WORK).order_by("due_at", "id")[:5])
    return first, found[:MANY].count()


def roots(reach: Reach, roles: Sequence[Any]) -> list[Organisation]:
    """Return the organisations at which one supervises; one query."""
    wanted = frozenset(roles)
    ids = {h.organisation_id for h in reach.holdings if h.role in wanted}
    return list(Organisation.objects.filter(pk__in=ids).order_by("path"))


# What the page of rates shows, and the figure that counts it.
FIGURES = {
    "cases": rates.Figure.REGISTERED,
    "cases_merged": rates.Figure.MERGED,
    "cases_excluded": rates.Figure.EXCLUDED,
    "contact_due": rates.Figure.CONTACT_DUE,
    "contacted_in_time": rates.Figure.CONTACTED_IN_TIME,
    "cases_reached": rates.Figure.REACHED,
    "cases_resolved": rates.Figure.RESOLVED,
    "satisfaction_said": rates.Figure.SATISFACTION_SAID,
    "cases_satisfied": rates.Figure.SATISFIED,
    "cases_unreached": rates.Figure.UNREACHED,
}


def counted(root: Organisation, period: rates.Period, *, now: datetime) -> rates.Rates:
    """Return the counts of ``FIGURES`` at and below a unit, from what is added up.

    The same as ``rates.rates``, at a cost that does not grow with the cases. Terms that
    passed since the worker looked are added here. Cases are counted one by one where
    that is not the same: until the worker looked at all of them, and where a unit came
    or went since the period began, which figures leave where it was.
    """
    since = looked_until()
    if since is None or not figures.filled(FIGURES) or _moved(root, period.first):
        return rates.rates(rates.below(root), period, now=now)
    # By the index of waiting contacts alone: most often there are none.
    passed = set(
        Case.objects.filter(
            contacted_at=None, contact_due_at__gt=since, contact_due_at__lte=now
        ).values_list("pk", flat=True)[:MANY]
    )
    if len(passed) == MANY:
        return rates.rates(rates.below(root), period, now=now)
    found = figures.figures(
        list(FIGURES), root, figures.Period(period.first, period.last)
    )
    counts = {count: found[code].value or 0 for code, count in FIGURES.items()}
    if passed:
        # A case somebody touched meanwhile was counted then.
        passed -= figures.counting("contact_due", passed)
        due = rates.cases_of(
            rates.below(root), period, rates.Figure.CONTACT_DUE, now=now
        )
        counts[rates.Figure.CONTACT_DUE] += due.filter(pk__in=passed).count()
    return rates.Rates(period, counts)


def _moved(root: Organisation, since: date) -> bool:
    """Tell whether a unit came to a place below another one, or left it, since a day."""
    if root.parent_id is None:
        return False
    return (
        Placement.objects.filter(within("path", [root.path]), view__code=STATUTORY)
        .filter(
            Q(valid_from__gt=since) & ~Q(valid_from=F("organisation__valid_from"))
            | Q(valid_to__gt=since) & ~Q(valid_to=F("organisation__valid_to"))
        )
        .exists()
    )


def looked_until() -> datetime | None:
    """Return until when the worker looked at passing terms; None: never."""
    return Mark.objects.filter(name=TASK).values_list("at", flat=True).first()
