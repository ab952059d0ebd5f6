"""How many facilities of each kind an organisation has."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.places.models import Facility, FacilityKind, Template
from wugeyi.places.queries.days import on_day
from wugeyi.places.queries.kinds import kinds_of


@dataclass(frozen=True, slots=True)
class Line:
    """A kind and how many of it stand."""

    kind: FacilityKind
    facilities: int


def by_kind(unit: Organisation, template: Template, *, day: date) -> list[Line]:
    """Return every kind of a template with what a unit and those below have; two queries.

    It costs what the unit's facilities are: a community's, not a city's.
    """
    kinds = kinds_of(template)
    found = dict(
        Facility.objects.filter(within("organisation__path", [unit.path]), on_day(day))
        .order_by()
        .values_list("kind__code")
        .annotate(n=Count("pk"))
    )
    return [Line(kind, found.get(kind.code, 0)) for kind in kinds]


def others(unit: Organisation, template: Template, *, day: date) -> int:
    """Return how many stand that no kind of the template names; one query."""
    codes = FacilityKind.objects.filter(template=template, active=True).values("code")
    return (
        Facility.objects.filter(within("organisation__path", [unit.path]), on_day(day))
        .filter(~Q(kind__code__in=codes))
        .count()
    )
