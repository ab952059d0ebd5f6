"""Lists of circles, scenarios and searches: newest first, by key."""

from django.db.models import Prefetch, QuerySet

from wugeyi.circles.models import Assessment, Circle, Outcome, Scenario, Siting
from wugeyi.circles.queries.access import visible
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.ui.paging import Page, cut


def circles(
    reach: Reach,
    *,
    below: str = "",
    older: int | None = None,
    newer: int | None = None,
) -> Page[Circle]:
    """Return one page of open circles, each with ``standing``: its valid assessments.

    ``below`` narrows to a subtree's path. Two queries.
    """
    rows = visible(reach).filter(closed_at=None).select_related("organisation")
    if below:
        rows = rows.filter(within("organisation__path", [below]))
    standing = Assessment.objects.filter(superseded_at=None).order_by("pace")
    return cut(
        rows.prefetch_related(
            Prefetch("assessments", queryset=standing, to_attr="standing")
        ),
        older=older,
        newer=newer,
    )


def published(*, older: int | None = None, newer: int | None = None) -> Page[Circle]:
    """Return one page of the circles that were opened to everybody; one query."""
    rows = Circle.objects.filter(closed_at=None, published_at__isnull=False)
    return cut(rows.select_related("organisation"), older=older, newer=newer)


def scenarios(
    circle: Circle, *, older: int | None = None, newer: int | None = None
) -> Page[Scenario]:
    """Return one page of a circle's scenarios with changes and outcomes; four queries."""
    rows = circle.scenarios.filter(withdrawn_at=None).select_related("network")
    return cut(_whole(rows), older=older, newer=newer)


def compared(circle: Circle, keys: list[int]) -> list[Scenario]:
    """Return scenarios of a circle in the order asked, with changes and outcomes."""
    rows = _whole(circle.scenarios.filter(pk__in=keys, withdrawn_at=None))
    found = {row.pk: row for row in rows}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def sitings(
    circle: Circle, *, older: int | None = None, newer: int | None = None
) -> Page[Siting]:
    """Return one page of a circle's searches for sites, with work and what was found."""
    rows = circle.sitings.select_related("kind", "work").prefetch_related("found")
    return cut(rows, older=older, newer=newer)


def _whole(rows: QuerySet[Scenario]) -> QuerySet[Scenario]:
    outcomes = Outcome.objects.select_related("kind").order_by(
        "pace", "kind__position", "kind_id"
    )
    return rows.prefetch_related(
        "changes__kind", "changes__facility", Prefetch("outcomes", queryset=outcomes)
    )
