"""Stations as everybody sees them now: open or not, their week, what they have."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from wugeyi.stations.models import (
    Breakage,
    DayOff,
    Hours,
    Item,
    ItemState,
    OpenSpan,
    Station,
)
from wugeyi.stations.queries.breakages import SOLVED, standing
from wugeyi.stations.rules.gaps import Place, metres
from wugeyi.stations.rules.hours import IDLE, NIGHT, Span, covers, open_at, shuts_at


@dataclass(frozen=True, slots=True)
class Had:
    """A facility at a station: its state, and what was reported of it."""

    item: Item
    state: str
    since: date
    breakage: Breakage | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the week that follow each other with the same times, 0 is Monday."""

    first: int
    last: int
    spans: list[Span]
    today: bool
    # Open all the idle hours; all night.
    idle: bool
    night: bool


def week_of(week: dict[int, list[Span]], today: int = -1) -> list[Days]:
    """Return a week, days in a row with the same times as one."""

    def told(day: int) -> tuple[list[Span], bool, bool]:
        return week.get(day, []), covers(week, day, IDLE), covers(week, day, NIGHT)

    found = []
    for (spans, idle, night), days in groupby(range(7), key=told):
        first, *more = days
        last = more[-1] if more else first
        found.append(Days(first, last, spans, first <= today <= last, idle, night))
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A station as everybody sees it now."""

    station: Station
    week: dict[int, list[Span]] = field(default_factory=dict)
    off: tuple[date, ...] = ()
    spans: tuple[OpenSpan, ...] = ()
    had: tuple[Had, ...] = ()
    now: datetime | None = None
    metres: int | None = None

    @property
    def today(self) -> date:
        """The day in the place's own calendar."""
        return timezone.localtime(self.now).date()

    @property
    def ended(self) -> bool:
        """Whether it is no more."""
        ended = self.station.ended_on
        return ended is not None and ended <= self.today

    @property
    def in_use(self) -> bool:
        """Whether it is neither ended nor closed for now."""
        return any(_holds(each, self.today) for each in self.spans)

    @property
    def closed(self) -> OpenSpan | None:
        """The span that ended with the present closing, for its reason."""
        if self.in_use:
            return None
        past = [each for each in self.spans if each.opens_on <= self.today]
        return past[-1] if past else None

    @property
    def opens_again(self) -> date | None:
        """When it opens, if that is known."""
        coming = [each.opens_on for each in self.spans if each.opens_on > self.today]
        return min(coming, default=None) if not self.in_use else None

    @property
    def open_now(self) -> bool:
        """Whether one can go in now."""
        here = timezone.localtime(self.now)
        minute = 60 * here.hour + here.minute
        return self.in_use and open_at(self.week, self.off, self.today, minute)

    @property
    def off_today(self) -> bool:
        """Whether it stays shut today, whatever weekday it is."""
        return self.today in self.off

    @property
    def todays(self) -> list[Span]:
        """When it is open today."""
        return self.week.get(self.today.weekday(), [])

    @property
    def shuts(self) -> int | None:
        """In how many minutes from today's midnight it shuts; None: it never does."""
        here = timezone.localtime(self.now)
        minute = 60 * here.hour + here.minute
        return shuts_at(self.week, self.off, self.today, minute)

    @property
    def days(self) -> list[Days]:
        """The week, days in a row with the same times as one."""
        return week_of(self.week, self.today.weekday())

    @property
    def has(self) -> list[Item]:
        """What is there and works."""
        return [each.item for each in self.had if each.state == "yes"]

    @property
    def inside(self) -> list[Had]:
        """What is there of things that can break, the broken ones first."""
        there = [each for each in self.had if each.item.breaks and each.state != "no"]
        return sorted(there, key=lambda each: each.state != "broken")

    @property
    def without(self) -> list[Item]:
        """What people look for and is not there."""
        return [
            each.item for each in self.had if each.item.asked and each.state == "no"
        ]

    @property
    def broken(self) -> list[Had]:
        """What is there and broken."""
        return [each for each in self.had if each.state == "broken"]


def _holds(span: OpenSpan, on: date) -> bool:
    return span.opens_on <= on and (span.closes_on is None or on < span.closes_on)


def shown(
    stations: Sequence[Station], *, now: datetime, near: Place | None = None
) -> list[Shown]:
    """Return stations with all that is shown of them; five queries for however many."""
    if not stations:
        return []
    week: dict[int, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for each in Hours.objects.filter(station__in=stations):
        week[each.station_id][each.weekday].append(
            Span(each.opens_minute, each.closes_minute)
        )
    today = timezone.localtime(now).date()
    off: dict[int, list[date]] = defaultdict(list)
    for shut in DayOff.objects.filter(
        station__in=stations, on__gte=today - timedelta(days=1)
    ):
        off[shut.station_id].append(shut.on)
    spans: dict[int, list[OpenSpan]] = defaultdict(list)
    for span in OpenSpan.objects.filter(station__in=stations, withdrawn_at=None):
        spans[span.station_id].append(span)
    had = had_by(stations)
    return [
        Shown(
            station=station,
            week=dict(week[station.pk]),
            off=tuple(off[station.pk]),
            spans=tuple(spans[station.pk]),
            had=tuple(had[station.pk]),
            now=now,
            metres=round(metres(near, (station.lon, station.lat))) if near else None,
        )
        for station in stations
    ]


def had_by(stations: Sequence[Station]) -> dict[int, list[Had]]:
    """Return what each station has now, in the order of the items; two queries.

    What is on record as broken works again as soon as its case is solved.
    """
    reported: dict[tuple[int, int], Breakage] = {}
    for row in standing(stations):
        if row.item_id is not None:
            reported.setdefault((row.station_id, row.item_id), row)
    solved = set(
        Breakage.objects.filter(
            SOLVED, station__in=stations, mended_on=None
        ).values_list("station_id", "item_id")
    )
    found: dict[int, list[Had]] = defaultdict(list)
    rows = (
        ItemState.objects.filter(station__in=stations, until_on=None, item__active=True)
        .select_related("item")
        .order_by("item__position", "item_id")
    )
    for state in rows:
        key = state.station_id, state.item_id
        breakage, now = reported.get(key), state.state
        if now == "broken" and breakage is None and key in solved:
            now = "yes"
        found[state.station_id].append(Had(state.item, now, state.from_on, breakage))
    return found
