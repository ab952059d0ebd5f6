"""Lists of projects: newest first, by key, what one may read."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.projects.models import Project
from wugeyi.projects.queries.access import visible
from wugeyi.projects.rules import access
from wugeyi.ui.paging import Page, cut

UNITS = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty narrows nothing."""

    kind: str = ""
    other_kind: int | None = None
    state: str = ""
    below: str = ""
    text: str = ""


def units(reach: Reach, *, code: str = "") -> list[Organisation]:
    """Return one's own organisations, those right below, and the one of ``code``.

    One query, bounded. Nothing outside one's reach is among them.
    """
    own = {held.organisation_id for held in reach.holdings}
    wanted = Q(pk__in=own) | Q(parent__in=own, valid_to=None)
    if code:
        wanted |= Q(code=code)
    found = Organisation.objects.filter(
        wanted & within("path", reach.roots(access.READS))
    )
    return list(found.order_by("path")[:UNITS])


def page(
    filters: Filters, reach: Reach, *, older: int | None, newer: int | None
) -> Page[Project]:
    """Return one page in one query."""
    rows = _narrowed(visible(reach).filter(withdrawn_at=None), filters)
    rows = rows.select_related("organisation", "other_kind")
    return cut(rows, older=older, newer=newer)


def _narrowed(rows: QuerySet[Project], filters: Filters) -> QuerySet[Project]:
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.other_kind:
        rows = rows.filter(other_kind=filters.other_kind)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.below:
        rows = rows.filter(within("organisation__path", [filters.below]))
    if filters.text:
        words = Q(title__icontains=filters.text) | Q(number__iexact=filters.text)
        rows = rows.filter(words)
    return rows


def published(*, older: int | None, newer: int | None) -> Page[Project]:
    """Return a page of what everybody may read; one query."""
    rows = Project.objects.filter(
        published_at__isnull=False, withdrawn_at=None
    ).select_related("organisation", "other_kind")
    return cut(rows, older=older, newer=newer)


def published_one(key: int) -> Project | None:
    """Return a published project."""
    return (
        Project.objects.filter(pk=key, published_at__isnull=False, withdrawn_at=None)
        .select_related("organisation", "other_kind")
        .first()
    )
