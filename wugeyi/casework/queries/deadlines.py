"""Deadlines of a case: the rule that applies, the days off at its place, its pauses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from wugeyi.casework import adapter
from wugeyi.casework.models import (
    CalendarDay,
    Case,
    Category,
    DeadlineRule,
    Pause,
)
from wugeyi.casework.queries.routing import category_line, in_force
from wugeyi.casework.rules.deadlines import most_specific
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import ancestors

HORIZON = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When somebody must have called, and when there must be an answer."""

    contact_due_at: datetime | None
    due_at: datetime | None
    rule: DeadlineRule | None
    # False: the days off of a year it reaches into are not announced yet.
    covered: bool = True


def days_off(place: Organisation, start: date) -> list[CalendarDay]:
    """Return the days that differ from plain weeks, the country's first, then nearer ones."""
    paths = [*ancestors(place.path), place.path]
    rows = (
        # From New Year's Day, which says that its year has been announced.
        CalendarDay.objects.filter(
            day__range=(start.replace(month=1, day=1), start + HORIZON)
        )
        .filter(Q(organisation=None) | Q(organisation__path__in=paths))
        .select_related("organisation")
        .only("day", "working", "name", "organisation__path")
    )
    return sorted(
        rows, key=lambda row: len(row.organisation.path) if row.organisation else 0
    )


def rule_for(
    category: Category, urgency: str, kind: str, *, on: date
) -> DeadlineRule | None:
    """Return the deadline rule in force for a case of this sort."""
    rules = DeadlineRule.objects.filter(in_force(on), urgency=urgency).order_by("id")
    return most_specific(rules, categories=category_line(category), kind=kind)


def deadlines_from(
    *,
    start: datetime,
    place: Organisation,
    category: Category,
    urgency: str,
    kind: str,
    pauses: list[Pause] | None = None,
) -> Deadlines:
    """Compute both deadlines for a case that began to count at ``start``."""
    day = timezone.localdate(start)
    rule = rule_for(category, urgency, kind, on=day)
    if rule is None:
        return Deadlines(None, None, None)
    calendar = adapter.calendar(days_off(place, day))
    contact = adapter.due(
        start=start,
        amount=rule.contact_amount,
        unit=rule.contact_unit,
        calendar=calendar,
    )
    answer = adapter.due(
        start=start,
        amount=rule.answer_amount,
        unit=rule.answer_unit,
        calendar=calendar,
        pauses=pauses or (),
    )
    covered = answer is None or adapter.covered(
        start, answer, rule.answer_unit, calendar
    )
    return Deadlines(contact, answer, rule, covered)


def pauses_of(case: Case) -> list[Pause]:
    """Return the pauses of a case in their order."""
    return list(case.pauses.order_by("started_at"))
