"""Conflicts somebody may review."""

from urllib.parse import parse_qsl

from django.db.models import Q, QuerySet

from wugeyi.organisations.models import Installation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.submissions.models import Conflict
from wugeyi.submissions.rules import READS, REVIEWERS


def visible(reach: Reach) -> QuerySet[Conflict]:
    """Return the conflicts of one's reach; those of no organisation are the seat's."""
    mine = within("submission__organisation__path", reach.roots(READS))
    if _at_seat(reach, READS):
        mine |= Q(submission__organisation=None)
    return Conflict.objects.filter(mine).select_related("submission__organisation")


def may_review(reach: Reach, conflict: Conflict) -> bool:
    """Tell whether somebody may note what they found."""
    unit = conflict.submission.organisation
    if unit is None:
        return _at_seat(reach, REVIEWERS)
    return reach.covers(REVIEWERS, unit.path)


def _at_seat(reach: Reach, roles: tuple[str, ...]) -> bool:
    seat = Installation.objects.select_related("seat").first()
    path = seat.seat.path if seat and seat.seat else None
    return reach.covers(roles, path)  # type: ignore[arg-type]


def values_of(conflict: Conflict) -> list[tuple[str, str]]:
    """Return what was written, name by name; what was left empty is left out."""
    return [(name, value) for name, value in parse_qsl(conflict.content) if value]
