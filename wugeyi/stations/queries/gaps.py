"""What a search for gaps is made of, and what came of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.places.models import FacilityKind
from wugeyi.stations.models import (
    GapCluster,
    GapSearch,
    Hours,
    OpenSpan,
    Station,
    WorkPoint,
)
from wugeyi.stations.rules import access
from wugeyi.stations.rules.gaps import Point
from wugeyi.stations.rules.hours import Span, Window, covers
from wugeyi.ui.paging import Page, cut

MOST_POINTS = 50_000


@dataclass(frozen=True, slots=True)
class Known:
    """Points of work of a unit and those below: how many, and of which days."""

    many: int
    first: date | None
    last: date | None
    kinds: dict[str, int]
    sources: list[tuple[str, date, int]]


def points_of(unit: Organisation) -> QuerySet[WorkPoint]:
    """Return the points of work of a unit and those below it."""
    return WorkPoint.objects.filter(
        within("organisation__path", [unit.path]), dropped_at=None
    )


def known(unit: Organisation) -> Known:
    """Tell what is known of where work gathers; three queries."""
    rows = points_of(unit)
    days = rows.aggregate(first=Min("data_on"), last=Max("data_on"))
    kinds = dict(rows.values_list("kind").annotate(Count("id")).order_by("kind"))
    sources = list(
        rows.values_list("source", "data_on")
        .annotate(Count("id"))
        .order_by("-data_on")[:20]
    )
    return Known(sum(kinds.values()), days["first"], days["last"], kinds, sources)


def points(unit: Organisation) -> tuple[list[Point], date | None, date | None]:
    """Return points of work with the oldest and newest day of their data; one query."""
    rows = list(
        points_of(unit)
        .order_by("pk")
        .values_list("lon", "lat", "kind", "data_on")[:MOST_POINTS]
    )
    days = [row[3] for row in rows]
    found = [Point(lon, lat, kind) for lon, lat, kind, _on in rows]
    return found, min(days, default=None), max(days, default=None)


def open_during(
    bounds: tuple[float, float, float, float],
    *,
    window: Window | None,
    weekday: int,
    on: date,
) -> list[Station]:
    """Return stations inside bounds that are open the whole of a window; two queries.

    Whoever keeps them: a rider does not ask whose a station is.
    """
    west, south, east, north = bounds
    rows = Station.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        lon__range=(west, east),
        lat__range=(south, north),
        pk__in=OpenSpan.objects.filter(
            Q(closes_on=None) | Q(closes_on__gt=on),
            opens_on__lte=on,
            withdrawn_at=None,
        ).values("station"),
    ).order_by("pk")
    found = list(rows)
    if window is None:
        return found
    week: dict[int, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for each in Hours.objects.filter(station__in=found):
        week[each.station_id][each.weekday].append(
            Span(each.opens_minute, each.closes_minute)
        )
    return [each for each in found if covers(week[each.pk], weekday, window)]


def searches(unit: Organisation, *, older: int = 0, newer: int = 0) -> Page[GapSearch]:
    """Return one page of a unit's searches; one query."""
    return cut(
        GapSearch.objects.filter(organisation=unit).select_related("by"),
        older=older,
        newer=newer,
    )


def load(pk: int, reach: Reach) -> GapSearch | None:
    """Return a search within somebody's reach; one query."""
    return (
        GapSearch.objects.filter(pk=pk)
        .filter(within("organisation__path", reach.roots(access.READS)))
        .select_related("organisation", "network", "work", "by")
        .first()
    )


def worst(search: GapSearch, *, most: int = 60) -> list[GapCluster]:
    """Return the gaps with most work first."""
    rows = search.found.filter(gap=True).select_related("nearest")
    return list(rows[:most])


def facility_kinds() -> list[FacilityKind]:
    """Return kinds of facilities in use, to take points of work from; one query."""
    rows = FacilityKind.objects.filter(active=True, template__active=True)
    seen: dict[str, FacilityKind] = {}
    for kind in rows.order_by("template__position", "position"):
        seen.setdefault(kind.code, kind)
    return list(seen.values())
