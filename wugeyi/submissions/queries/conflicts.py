"""Conflicts somebody may review."""

from urllib.parse import parse_qsl

from django.db.models import Q, QuerySet

from wugeyi.organisations.models import Installation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.submissions.models import Conflict
from wugeyi.submissions.phrases import SAID, YES
from wugeyi.submissions.rules import READS, REVIEWERS

# What pages tell themselves: which hints somebody has seen.
HIDDEN = frozenset({"seen", "join"})


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
    """Return what was written, by what the forms call it; the empty is left out.

    In the order of the words we know; other names come as they are, at the end.
    """
    order = {name: place for place, name in enumerate(SAID)}
    sent = parse_qsl(conflict.content)
    said = [(name, value) for name, value in sent if value and name not in HIDDEN]
    said.sort(key=lambda each: order.get(each[0], len(order)))
    return [
        (str(SAID.get(name, name)), str(YES) if value == "on" else value)
        for name, value in said
    ]
