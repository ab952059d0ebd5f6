"""What staff read: their own stations, what each lacks, what was counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, keys
from wugeyi.stations.models import (
    Checklist,
    Item,
    ItemState,
    OpenSpan,
    Station,
    VisitDay,
)
from wugeyi.stations.queries.shown import Had, had_by
from wugeyi.stations.rules import access
from wugeyi.ui.paging import Page, cut


def visible(reach: Reach) -> QuerySet[Station]:
    """Return the stations within somebody's reach."""
    return Station.objects.filter(
        within("organisation__path", reach.roots(access.READS))
    ).select_related("kind", "organisation")


def load(pk: int) -> Station | None:
    """Return a station with what its page shows; one query."""
    return (
        Station.objects.select_related("kind", "organisation", "keeper", "recorded_by")
        .filter(pk=pk)
        .first()
    )


def listed(
    reach: Reach,
    *,
    text: str = "",
    kind: str = "",
    state: str = "",
    today: date,
    older: int = 0,
    newer: int = 0,
) -> Page[Station]:
    """Return one page of one's stations; ``state``: ended, closed, broken; one query."""
    rows = visible(reach)
    over = Q(ended_on__isnull=False, ended_on__lte=today)
    rows = rows.filter(over) if state == "ended" else rows.exclude(over)
    if text:
        rows = rows.filter(
            Q(name_zh__icontains=text)
            | Q(organisation__name__icontains=text)
            | Q(address__icontains=text)
            | Q(code=text.upper())
        )
    if kind:
        rows = rows.filter(kind__code=kind)
    if state == "closed":
        rows = rows.filter(~Exists(_in_use(today)))
    if state == "broken":
        rows = rows.filter(
            Exists(
                ItemState.objects.filter(
                    station=OuterRef("pk"), until_on=None, state="broken"
                )
            )
        )
    return cut(rows, older=older, newer=newer)


def _in_use(today: date) -> QuerySet[OpenSpan]:
    return OpenSpan.objects.filter(
        Q(closes_on=None) | Q(closes_on__gt=today),
        station=OuterRef("pk"),
        opens_on__lte=today,
        withdrawn_at=None,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A list held against a station: what it asks for, and what is there."""

    checklist: Checklist
    rows: list[tuple[Item, Had | None]]

    @property
    def there(self) -> list[Item]:
        """What is there and works."""
        return [item for item, had in self.rows if had and had.state == "yes"]

    @property
    def missing(self) -> list[tuple[Item, Had | None]]:
        """What is not there, broken, or not looked at yet (None)."""
        return [
            (item, had) for item, had in self.rows if had is None or had.state != "yes"
        ]

    @property
    def lacking(self) -> list[Item]:
        """What of it is missing, whatever the reason."""
        return [item for item, _had in self.missing]

    @property
    def whole(self) -> bool:
        """Whether all of it is there."""
        return bool(self.rows) and not self.lacking


def checklists(on: date) -> list[tuple[Checklist, list[Item]]]:
    """Return the lists in use with what they ask for on a day; three queries."""
    rows = Checklist.objects.filter(active=True).prefetch_related("wanted__item")
    return [
        (row, [each.item for each in row.wanted.all() if each.holds(on)])
        for row in rows
    ]


def held_against(
    lists: Sequence[tuple[Checklist, list[Item]]], had: Sequence[Had]
) -> list[Line]:
    """Hold what a station has against every list."""
    known = {each.item.pk: each for each in had}
    return [
        Line(row, [(item, known.get(item.pk)) for item in items])
        for row, items in lists
    ]


@dataclass(slots=True)
class Total:
    """Stations of a county (or a town) held against a list."""

    name: str
    stations: int = 0
    whole: int = 0
    lacking: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def lacks(self, items: Sequence[Item]) -> list[int]:
        """How many stations lack each of some items."""
        return [self.lacking.get(item.pk, 0) for item in items]


@dataclass(frozen=True, slots=True)
class Checked:
    """The page of a list: what it asks, totals by place, a page of stations."""

    checklist: Checklist
    items: list[Item]
    totals: list[Total]
    all: Total
    page: Page[Station]
    lines: list[tuple[Station, Line]]


def checked(
    reach: Reach,
    checklist: Checklist,
    items: list[Item],
    *,
    today: date,
    older: int = 0,
    newer: int = 0,
) -> Checked:
    """Hold one's stations against a list; a fixed number of queries."""
    rows = visible(reach).exclude(ended_on__isnull=False, ended_on__lte=today)
    counted = rows.filter(Exists(_in_use(today)))
    totals, whole = _totals(counted, items)
    page = cut(rows, older=older, newer=newer)
    had = had_by(page.rows)
    lines = [
        (each, held_against([(checklist, items)], had[each.pk])[0])
        for each in page.rows
    ]
    return Checked(checklist, items, totals, whole, page, lines)


def _totals(
    rows: QuerySet[Station], items: Sequence[Item]
) -> tuple[list[Total], Total]:
    """Count by the county a station lies in."""
    stations = list(rows.values_list("pk", "organisation__path"))
    there: dict[int, set[int]] = defaultdict(set)
    states = ItemState.objects.filter(
        station__in=rows.values("pk"), item__in=items, until_on=None, state="yes"
    )
    for station, item in states.values_list("station_id", "item_id"):
        there[station].add(item)
    counties = _counties({path for _pk, path in stations})
    whole = Total("")
    found: dict[str, Total] = {}
    for pk, path in stations:
        name = counties[path]
        total = found.setdefault(name, Total(name))
        for each in (total, whole):
            each.stations += 1
            missing = [item.pk for item in items if item.pk not in there[pk]]
            each.whole += not missing
            for key in missing:
                each.lacking[key] += 1
    return sorted(found.values(), key=lambda each: each.name), whole


def _counties(paths: set[str]) -> dict[str, str]:
    """Return the name of the county each path lies in; "" outside of all; one query."""
    above = {key for path in paths for key in keys(path)}
    names = dict(
        Organisation.objects.filter(pk__in=above, kind="county").values_list(
            "pk", "name"
        )
    )
    return {
        path: next((names[key] for key in keys(path) if key in names), "")
        for path in paths
    }


def last_days(
    station: Station, *, today: date, days: int = 7
) -> list[tuple[date, VisitDay | None]]:
    """Return the last days with what was counted, today last; one query."""
    first = today - timedelta(days=days - 1)
    known = {
        row.on: row
        for row in VisitDay.objects.filter(station=station, on__range=(first, today))
    }
    return [
        (day, known.get(day))
        for day in (first + timedelta(days=step) for step in range(days))
    ]


def by_month(station: Station, *, today: date) -> list[Any]:
    """Return visits of the last twelve months: days counted, and the sum; one query."""
    first = (today.replace(day=1) - timedelta(days=330)).replace(day=1)
    rows = (
        VisitDay.objects.filter(station=station, on__gte=first)
        .annotate(month=TruncMonth("on"))
        .values("month")
        .annotate(days=Count("id"), many=Sum("many"))
        .order_by("-month")
    )
    return list(rows)


def history(station: Station) -> list[ItemState]:
    """Return every dated state of a station, newest first, at most a few hundred."""
    return list(
        ItemState.objects.filter(station=station)
        .select_related("item", "recorded_by")
        .order_by("-from_on", "-id")[:300]
    )


def twins(
    name: str, lon: float, lat: float, *, today: date, but: int = 0
) -> Station | None:
    """Return a station of the same name, or one some metres from here."""
    near = 0.00025
    return (
        Station.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today))
        .filter(
            Q(lon__range=(lon - near, lon + near), lat__range=(lat - near, lat + near))
            | Q(
                name_zh=name,
                lon__range=(lon - 0.02, lon + 0.02),
                lat__range=(lat - 0.02, lat + 0.02),
            )
        )
        .exclude(pk=but)
        .first()
    )


def keepers(unit: Organisation) -> list[tuple[int, str]]:
    """Return who holds a post at a unit, to pick a keeper from; one query."""
    from wugeyi.organisations.models import Post

    rows = (
        Post.objects.filter(organisation=unit, valid_to=None, person__is_active=True)
        .select_related("person")
        .order_by("person__name")[:100]
    )
    return list(
        {row.person_id: (row.person_id, row.person.name) for row in rows}.values()
    )
