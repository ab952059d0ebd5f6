"""Opening the records behind figures: one query each."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.circles.models import AreaCoverage, Assessment, Circle, Scenario
from wugeyi.circles.rules import access
from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def _reachable(rows: QuerySet, path: str, reach: Reach) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(within(path, reach.roots(access.READS)))


def open_circles(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open circles."""
    rows = _reachable(
        Circle.objects.filter(pk__in=ids), "organisation__path", reach
    ).select_related("organisation")
    return {
        row.pk: Opened(row.name, _circle(row.pk), row.begun_on, row.organisation.name)
        for row in rows
    }


def open_assessments(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open assessments, on their own page."""
    rows = _reachable(
        Assessment.objects.filter(pk__in=ids), "circle__organisation__path", reach
    ).select_related("circle__organisation")
    return {
        row.pk: Opened(
            f"{row.circle.name} · {row.get_pace_display()}",
            _assessment(row.pk),
            row.on,
            row.circle.organisation.name,
        )
        for row in rows
    }


def open_areas(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open what an assessment found in one place, on the assessment's page."""
    rows = _reachable(
        AreaCoverage.objects.filter(pk__in=ids),
        "assessment__circle__organisation__path",
        reach,
    ).select_related("assessment__circle", "organisation", "kind")
    return {
        row.pk: Opened(
            _("%(circle)s · %(kind)s · %(pace)s")
            % {
                "circle": row.assessment.circle.name,
                "kind": row.kind or _("样样走得到"),
                "pace": row.get_pace_display(),
            },
            _area(row.assessment_id, row.organisation_id),
            row.since,
            row.organisation.name,
        )
        for row in rows
    }


def open_scenarios(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open scenarios."""
    rows = _reachable(
        Scenario.objects.filter(pk__in=ids), "circle__organisation__path", reach
    ).select_related("circle__organisation")
    return {
        row.pk: Opened(
            row.name,
            reverse("circles:scenario", args=[row.pk]),
            row.made_on,
            row.circle.organisation.name,
        )
        for row in rows
    }


def _circle(key: int) -> str:
    return reverse("circles:circle", args=[key])


def _assessment(key: int) -> str:
    return reverse("circles:assessment", args=[key])


def _area(assessment: int, place: int) -> str:
    return f"{_assessment(assessment)}?area={place}#area-{place}"


OPENERS: dict[str, Callable[..., dict[int, Opened]]] = {
    "circle": open_circles,
    "circle_assessment": open_assessments,
    "circle_people": open_areas,
    "circle_coverage": open_areas,
    "circle_scenario": open_scenarios,
}
