"""Reads of facilities."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.places.models import Facility, FacilityKind, Template
from wugeyi.places.queries.days import Bounds, inside, not_over, on_day
from wugeyi.places.rules import access


class FacilityPoint(NamedTuple):
    """What a computation needs of a facility; ``kind`` is the code of its kind."""

    key: int
    kind: str
    name: str
    lon: float
    lat: float
    capacity: int | None
    organisation_id: int


COLUMNS = (
    "pk",
    "kind__code",
    "name",
    "lon",
    "lat",
    "capacity",
    "organisation_id",
)


def facilities_in(
    bounds: Bounds, *, day: date, template: Template | None = None
) -> list[FacilityPoint]:
    """Return what stood inside bounds on a day, whoever keeps it, by key; one query.

    People walk to a clinic whether or not it lies in their own community. With a
    template: only what one of its kinds' codes names, recorded under whichever
    template.
    """
    rows = Facility.objects.filter(inside(bounds), on_day(day))
    return _points(_of_template(rows, template))


def facilities_of(
    unit: Organisation, *, day: date, template: Template | None = None
) -> list[FacilityPoint]:
    """Return what a unit and those below it kept on a day, by key; one query."""
    rows = Facility.objects.filter(
        within("organisation__path", [unit.path]), on_day(day)
    )
    return _points(_of_template(rows, template))


def _of_template(
    rows: QuerySet[Facility], template: Template | None
) -> QuerySet[Facility]:
    if template is None:
        return rows
    codes = FacilityKind.objects.filter(template=template, active=True).values("code")
    return rows.filter(kind__code__in=codes)


def _points(rows: QuerySet[Facility]) -> list[FacilityPoint]:
    return [
        FacilityPoint(*values) for values in rows.order_by("pk").values_list(*COLUMNS)
    ]


def page(
    unit: Organisation,
    *,
    day: date,
    kind: str = "",
    closed: bool = False,
    older: int = 0,
    limit: int = 50,
) -> list[Facility]:
    """Return a page of a unit's facilities and those below, newest first, one more if any.

    ``kind`` is a kind's code, "" all; ``closed`` shows only those that are no more.
    """
    rows = Facility.objects.filter(within("organisation__path", [unit.path]))
    rows = rows.filter(valid_to__lte=day) if closed else rows.filter(not_over(day))
    if kind:
        rows = rows.filter(kind__code=kind)
    if older:
        rows = rows.filter(pk__lt=older)
    rows = rows.select_related("kind", "organisation").order_by("-pk")
    return list(rows[: limit + 1])


def facility(key: int, reach: Reach) -> Facility | None:
    """Return a facility for somebody with a post; one query."""
    if not reach.holds(*access.READS):
        return None
    return (
        Facility.objects.select_related("kind__template", "organisation", "recorded_by")
        .filter(pk=key)
        .first()
    )


def known_osm(unit: Organisation, ids: Iterable[str]) -> set[tuple[str, int]]:
    """Return which of OpenStreetMap's things a unit has already, with their kind's key."""
    wanted = set(ids)
    rows = Facility.objects.filter(within("organisation__path", [unit.path])).exclude(
        osm_id=""
    )
    return {
        (osm_id, kind)
        for osm_id, kind in rows.values_list("osm_id", "kind_id")
        if osm_id in wanted
    }
