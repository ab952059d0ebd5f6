"""The three rates, and the cases behind every figure: one condition for both.

The cohort is what was registered in the period (stored local dates), so that a case is
counted in exactly one period and a rate of an old period only moves while its cases are
open. The rates follow art. 32 of the Beijing regulation of 2021 (response, resolution,
satisfaction) and common practice for numerator and denominator (recalled, not found in a
norm): in time ÷ had to be contacted; resolved ÷ reached; satisfied ÷ said so.

"Answered" is not "resolved": only who asked, or a verified check, resolves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet

from wugeyi.casework.models import Case
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.rules.states import Outcome, State
from wugeyi.organisations.models import Organisation, TreeView
from wugeyi.organisations.queries import within
from wugeyi.organisations.queries.views import counting_below, path_counting

DEFINITION_VERSION = 1
FEWEST_FOR_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates, both ends included."""

    first: date
    last: date

    @classmethod
    def ending(cls, last: date, *, days: int) -> "Period":
        """Return the period of ``days`` days that ends on ``last``."""
        return cls(last - timedelta(days=days - 1), last)


class Figure(StrEnum):
    """Everything that is counted; the value is what addresses carry."""

    REGISTERED = "registered"
    MERGED = "merged"
    EXCLUDED = "excluded"
    COUNTED = "counted"
    CONTACT_DUE = "contact_due"
    CONTACTED_IN_TIME = "contacted_in_time"
    CONTACT_PENDING = "contact_pending"
    NO_CONTACT_TERM = "no_contact_term"
    REACHED = "reached"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    UNREACHED = "unreached"
    ENDED_OTHERWISE = "ended_otherwise"
    PENDING = "pending"
    SATISFACTION_SAID = "satisfaction_said"
    SATISFIED = "satisfied"
    SATISFACTION_UNSAID = "satisfaction_unsaid"


def conditions(*, now: datetime) -> Mapping[Figure, Q]:
    """Return the condition of every figure within a cohort; ``now`` decides what is due.

    These partition the cohort: merged, excluded, counted. These partition what is
    counted: for the response, due, pending, without term; for the resolution, reached,
    unreached, ended otherwise, pending. Danger to life has no contact term: it never
    waits in a queue.
    """
    merged = Q(state=State.MERGED.value)
    excluded = Q(excluded=True) & ~merged
    counted = Q(excluded=False) & ~merged
    no_term = counted & (Q(contact_due_at=None) | Q(danger=True))
    with_term = counted & Q(contact_due_at__isnull=False, danger=False)
    contact_due = with_term & (
        Q(contacted_at__isnull=False) | Q(contact_due_at__lte=now)
    )
    resolved = counted & Q(outcome=Outcome.RESOLVED.value)
    unresolved = counted & Q(state__in=OPEN_STATES, reopened__gt=0)
    reached = resolved | unresolved
    return {
        Figure.REGISTERED: Q(),
        Figure.MERGED: merged,
        Figure.EXCLUDED: excluded,
        Figure.COUNTED: counted,
        Figure.CONTACT_DUE: contact_due,
        Figure.CONTACTED_IN_TIME: with_term & Q(contacted_at__lte=F("contact_due_at")),
        Figure.CONTACT_PENDING: with_term
        & Q(contacted_at=None, contact_due_at__gt=now),
        Figure.NO_CONTACT_TERM: no_term,
        Figure.REACHED: reached,
        Figure.RESOLVED: resolved,
        Figure.UNRESOLVED: unresolved,
        Figure.UNREACHED: counted & Q(outcome=Outcome.UNREACHED.value),
        Figure.ENDED_OTHERWISE: counted
        & Q(outcome__in=(Outcome.REFERRED.value, Outcome.WITHDRAWN.value)),
        Figure.PENDING: counted & Q(state__in=OPEN_STATES, reopened=0),
        Figure.SATISFACTION_SAID: reached & ~Q(satisfaction=""),
        Figure.SATISFIED: reached & Q(satisfaction__in=("yes", "mostly")),
        Figure.SATISFACTION_UNSAID: reached & Q(satisfaction=""),
    }


@dataclass(frozen=True, slots=True)
class Rate:
    """A numerator and a denominator, never without each other."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Return the percentage; None under ten, where it would say too much."""
        if self.whole < FEWEST_FOR_PERCENT:
            return None
        return 100 * self.part / self.whole


@dataclass(frozen=True, slots=True)
class Rates:
    """Every figure of a cohort."""

    period: Period
    counts: Mapping[Figure, int]

    def __getitem__(self, figure: Figure) -> int:
        return self.counts[figure]

    @property
    def response(self) -> Rate:
        """Return contacted in time ÷ had to be contacted by now."""
        return Rate(self[Figure.CONTACTED_IN_TIME], self[Figure.CONTACT_DUE])

    @property
    def resolution(self) -> Rate:
        """Return resolved ÷ reached by a call-back (or answered on the page)."""
        return Rate(self[Figure.RESOLVED], self[Figure.REACHED])

    @property
    def satisfaction(self) -> Rate:
        """Return satisfied or mostly satisfied ÷ those who said."""
        return Rate(self[Figure.SATISFIED], self[Figure.SATISFACTION_SAID])


def below(
    root: Organisation | None, *, view: TreeView | None = None, on: date | None = None
) -> QuerySet[Case]:
    """Return the cases placed at or below an organisation; None: everywhere.

    The top of the tree holds every case: no range is asked for then.

    Parameters
    ----------
    view
        Count by another arrangement of the tree (or by the statutory one, dated)
        instead of by where units stand today.
    on
        With a view: the day whose arrangement counts, the last of the period.
    """
    if root is not None and view is not None and on is not None:
        return Case.objects.filter(placed(root, view, on))
    if root is None or root.parent_id is None:
        return Case.objects.all()
    return Case.objects.filter(within("place__path", [root.path]))


def placed(root: Organisation, view: TreeView, on: date) -> Q:
    """Return the condition that a case lies below a unit as a view has it on a day.

    One range of the placements' index (view, path); nothing where the unit does not
    stand in the view. The parts of a view add up to its whole.
    """
    path = path_counting(root, view, on)
    if path is None:
        return Q(pk__in=[])
    return Q(place__in=counting_below(view, path, on).values("organisation"))


def cohort(cases: QuerySet[Case], period: Period) -> QuerySet[Case]:
    """Return the cases registered in the period."""
    return cases.filter(registered_on__range=(period.first, period.last))


def rates(cases: QuerySet[Case], period: Period, *, now: datetime) -> Rates:
    """Count every figure of the cohort in one query."""
    counts = cohort(cases, period).aggregate(
        **{
            # Not the bare name: it may be that of a column.
            f"n_{figure.value}": Count("pk", filter=condition or None)
            for figure, condition in conditions(now=now).items()
        }
    )
    return Rates(period, {figure: counts[f"n_{figure.value}"] for figure in Figure})


def cases_of(
    cases: QuerySet[Case], period: Period, figure: Figure, *, now: datetime
) -> QuerySet[Case]:
    """Return the cases a figure counts, by the same condition that counted them."""
    return cohort(cases, period).filter(conditions(now=now)[figure])
