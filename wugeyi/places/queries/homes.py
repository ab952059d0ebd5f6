"""Reads of homes."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.places.models import Home
from wugeyi.places.queries.days import Bounds, inside, not_over, on_day
from wugeyi.places.rules import access


class HomePoint(NamedTuple):
    """What a computation needs of a home; None: nobody wrote the figure down."""

    key: int
    organisation_id: int
    name: str
    lon: float
    lat: float
    households: int | None
    residents: int | None
    elderly: int | None


COLUMNS = (
    "pk",
    "organisation_id",
    "name",
    "lon",
    "lat",
    "households",
    "residents",
    "elderly",
)


def homes_of(unit: Organisation, *, day: date) -> list[HomePoint]:
    """Return the homes of a unit and those below it on a day, by key; one query."""
    return _points(
        Home.objects.filter(within("organisation__path", [unit.path]), on_day(day))
    )


def homes_in(bounds: Bounds, *, day: date) -> list[HomePoint]:
    """Return the homes inside bounds on a day, by key; one query."""
    return _points(Home.objects.filter(inside(bounds), on_day(day)))


def _points(rows: QuerySet[Home]) -> list[HomePoint]:
    return [HomePoint(*values) for values in rows.order_by("pk").values_list(*COLUMNS)]


def page(
    unit: Organisation,
    *,
    day: date,
    closed: bool = False,
    older: int = 0,
    limit: int = 50,
) -> list[Home]:
    """Return a page of a unit's homes and those below, newest first, one more if any."""
    rows = Home.objects.filter(within("organisation__path", [unit.path]))
    rows = rows.filter(valid_to__lte=day) if closed else rows.filter(not_over(day))
    if older:
        rows = rows.filter(pk__lt=older)
    return list(rows.select_related("organisation").order_by("-pk")[: limit + 1])


def home(key: int, reach: Reach) -> Home | None:
    """Return a home within reach; one query."""
    return (
        Home.objects.select_related("organisation", "recorded_by")
        .filter(within("organisation__path", reach.roots(access.READS_HOMES)), pk=key)
        .first()
    )


class Sums(NamedTuple):
    """What a unit's homes hold together; None: nobody wrote any such figure down."""

    homes: int
    households: int | None
    residents: int | None
    elderly: int | None
    without_residents: int


def sums(unit: Organisation, *, day: date) -> Sums:
    """Add up the homes of a unit and those below it on a day; one query.

    It costs what the unit's homes are: a community's, not a city's.
    """
    rows = Home.objects.filter(within("organisation__path", [unit.path]), on_day(day))
    # No alias may be a column's name: a later one would mean the sum.
    found = rows.aggregate(
        count=Count("pk"),
        households_sum=Sum("households"),
        residents_sum=Sum("residents"),
        elderly_sum=Sum("elderly"),
        without=Count("pk", filter=Q(residents=None)),
    )
    return Sums(*found.values())
