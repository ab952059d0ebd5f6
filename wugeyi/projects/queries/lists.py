"""Lists of projects: newest first, by key, what one may read."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.projects.models import Project
from wugeyi.projects.queries.access import visible
from wugeyi.projects.rules import access

PAGE = 30
UNITS = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty narrows nothing."""

    kind: str = ""
    other_kind: int | None = None
    state: str = ""
    below: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the keys of the pages before and after."""

    rows: list[Project]
    newer: int | None
    older: int | None


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
) -> Page:
    """Return one page in one query."""
    rows = _narrowed(visible(reach).filter(withdrawn_at=None), filters)
    rows = rows.select_related("organisation", "other_kind")
    return _cut(rows, older=older, newer=newer)


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


def _cut(rows: QuerySet[Project], *, older: int | None, newer: int | None) -> Page:
    if newer is not None:
        found = list(rows.filter(pk__gt=newer).order_by("pk")[: PAGE + 1])
        more = len(found) > PAGE
        found = found[:PAGE][::-1]
        return Page(
            found,
            found[0].pk if more and found else None,
            found[-1].pk if found else None,
        )
    before = rows.filter(pk__lt=older) if older is not None else rows
    found = list(before.order_by("-pk")[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    return Page(
        found,
        found[0].pk if older is not None and found else None,
        found[-1].pk if more else None,
    )


def published(*, older: int | None, newer: int | None) -> Page:
    """Return a page of what everybody may read; one query."""
    rows = Project.objects.filter(
        published_at__isnull=False, withdrawn_at=None
    ).select_related("organisation", "other_kind")
    return _cut(rows, older=older, newer=newer)


def published_one(key: int) -> Project | None:
    """Return a published project."""
    return (
        Project.objects.filter(pk=key, published_at__isnull=False, withdrawn_at=None)
        .select_related("organisation", "other_kind")
        .first()
    )
