"""One assessment with what it found, by kind and place by place."""

from dataclasses import dataclass

from wugeyi.circles.models import AreaCoverage, Assessment, Coverage
from wugeyi.organisations.models import Organisation

PLACES = 50


def load(key: int) -> Assessment | None:
    """Return an assessment with its circle and network; one query."""
    return (
        Assessment.objects.select_related("circle__organisation", "network", "by")
        .filter(pk=key)
        .first()
    )


def kinds(assessment: Assessment) -> list[Coverage]:
    """Return what was found of each kind, in the kinds' order; one query."""
    return list(
        Coverage.objects.filter(assessment=assessment)
        .select_related("kind", "worst_home")
        .order_by("kind__position", "kind_id")
    )


@dataclass(frozen=True, slots=True)
class Area:
    """The homes of one organisation: for all kinds at once, and for each kind."""

    organisation: Organisation
    whole: AreaCoverage
    kinds: list[AreaCoverage]


@dataclass(frozen=True, slots=True)
class Areas:
    """Places in the register's order; ``following`` begins the next page."""

    rows: list[Area]
    following: int | None


def areas(assessment: Assessment, *, first: int | None = None) -> Areas:
    """Return a page of places, from an organisation's on; three queries.

    An organisation that has no home here begins anew.
    """
    wholes = AreaCoverage.objects.filter(
        assessment=assessment, kind=None
    ).select_related("organisation")
    if first is not None:
        begin = wholes.filter(organisation=first).first()
        if begin is not None:
            wholes = wholes.filter(organisation__path__gte=begin.organisation.path)
    found = list(wholes.order_by("organisation__path")[: PLACES + 1])
    page = found[:PLACES]
    rows = (
        AreaCoverage.objects.filter(
            assessment=assessment,
            organisation__in=[row.organisation_id for row in page],
            kind__isnull=False,
        )
        .select_related("kind")
        .order_by("kind__position", "kind_id")
    )
    by_place: dict[int, list[AreaCoverage]] = {}
    for row in rows:
        by_place.setdefault(row.organisation_id, []).append(row)
    return Areas(
        [
            Area(row.organisation, row, by_place.get(row.organisation_id, []))
            for row in page
        ],
        found[PLACES].organisation_id if len(found) > PLACES else None,
    )
