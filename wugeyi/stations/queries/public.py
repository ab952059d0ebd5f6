"""What everybody may read: stations, whether they are open, what they have."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
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
from wugeyi.stations.rules.hours import (
    DAY,
    IDLE,
    NIGHT,
    Span,
    covers,
    days_covering,
    open_at,
)
from wugeyi.ui.paging import Page, cut

PAGE = 100
MOST = 3_000
"""How many stations one file of all of them holds at most."""
NEAREST = 60


@dataclass(frozen=True, slots=True)
class Had:
    """A facility at a station: its state, and what was reported of it."""

    item: Item
    state: str
    since: date
    breakage: Breakage | None = None


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
    def days(self) -> list[tuple[int, list[Span], bool, bool, bool]]:
        """Weekdays with their times: whether today, open all the idle hours, all night."""
        return [
            (
                day,
                self.week.get(day, []),
                day == self.today.weekday(),
                covers(self.week, day, IDLE),
                covers(self.week, day, NIGHT),
            )
            for day in range(7)
        ]

    @property
    def idle_days(self) -> int:
        """On how many days of the week it is open from 14:00 to 17:00."""
        return days_covering(self.week, IDLE)

    @property
    def night_days(self) -> int:
        """On how many nights of the week it is open from 22:00 to 6:00."""
        return days_covering(self.week, NIGHT)

    @property
    def has(self) -> list[Item]:
        """What is there and works."""
        return [each.item for each in self.had if each.state == "yes"]

    @property
    def broken(self) -> list[Had]:
        """What is there and broken."""
        return [each for each in self.had if each.state == "broken"]


def _holds(span: OpenSpan, on: date) -> bool:
    return span.opens_on <= on and (span.closes_on is None or on < span.closes_on)


def living(today: date) -> QuerySet[Station]:
    """Return stations that are not ended."""
    return Station.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks for."""

    text: str = ""
    open_now: bool = False
    items: tuple[str, ...] = ()
    kind: str = ""
    near: Place | None = None


def narrowed(asked: Asked, now: datetime) -> QuerySet[Station]:
    """Return the stations a reader looks for; no query yet."""
    today = timezone.localtime(now).date()
    rows = living(today).select_related("kind", "organisation")
    if asked.text:
        rows = rows.filter(
            Q(name_zh__icontains=asked.text)
            | Q(name_en__icontains=asked.text)
            | Q(address__icontains=asked.text)
            | Q(organisation__name__icontains=asked.text)
            | Q(code=asked.text.upper())
        )
    if asked.kind:
        rows = rows.filter(kind__code=asked.kind)
    for code in asked.items:
        there = ItemState.objects.filter(
            station=OuterRef("pk"), item__code=code, until_on=None
        )
        rows = rows.filter(
            Exists(there.filter(state=ItemState.State.YES))
            | Exists(there.filter(state=ItemState.State.BROKEN))
            & ~Exists(_unmended(code))
            & Exists(_mended(code))
        )
    return _open(rows, now) if asked.open_now else rows


def _unmended(code: str) -> QuerySet[Breakage]:
    return Breakage.objects.filter(
        station=OuterRef("pk"), item__code=code, mended_on=None
    ).exclude(SOLVED)


def _mended(code: str) -> QuerySet[Breakage]:
    return Breakage.objects.filter(
        SOLVED, station=OuterRef("pk"), item__code=code, mended_on=None
    )


def _open(rows: QuerySet[Station], now: datetime) -> QuerySet[Station]:
    here = timezone.localtime(now)
    today, minute = here.date(), 60 * here.hour + here.minute
    before = today - timedelta(days=1)
    hours = Hours.objects.filter(station=OuterRef("pk"))
    off = DayOff.objects.filter(station=OuterRef("pk"))
    spans = OpenSpan.objects.filter(
        Q(closes_on=None) | Q(closes_on__gt=today),
        station=OuterRef("pk"),
        opens_on__lte=today,
        withdrawn_at=None,
    )
    return rows.filter(Exists(spans)).filter(
        Exists(
            hours.filter(
                weekday=today.weekday(),
                opens_minute__lte=minute,
                closes_minute__gt=minute,
            )
        )
        & ~Exists(off.filter(on=today))
        | Exists(hours.filter(weekday=before.weekday(), closes_minute__gt=minute + DAY))
        & ~Exists(off.filter(on=before))
    )


def listed(
    asked: Asked, *, now: datetime, older: int = 0, newer: int = 0
) -> Page[Station]:
    """Return one page of what a reader looks for; with a position the nearest; one query."""
    rows = narrowed(asked, now)
    if asked.near is None:
        return cut(rows, older=older, newer=newer, size=PAGE)
    here = asked.near
    # Nobody rides a hundred kilometres to rest; a degree is that far.
    around = rows.filter(
        lon__range=(here[0] - 1, here[0] + 1), lat__range=(here[1] - 1, here[1] + 1)
    )
    found = sorted(around[:MOST], key=lambda each: metres(here, (each.lon, each.lat)))
    return Page(found[:NEAREST], None, None)


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


def load(code: str) -> Station | None:
    """Return a station by its public code, ended ones too; one query."""
    if not (code.isascii() and code.isalnum()) or len(code) > 12:
        return None
    return (
        Station.objects.select_related("kind", "organisation", "keeper")
        .filter(code=code.upper())
        .first()
    )


def everything(now: datetime, *, within: Collection[int] | None = None) -> list[Shown]:
    """Return all stations that are not ended, for a file; six queries."""
    today = timezone.localtime(now).date()
    rows = living(today).select_related("kind", "organisation").order_by("pk")
    if within is not None:
        rows = rows.filter(pk__in=within)
    return shown(list(rows[:MOST]), now=now)


def filters() -> list[Item]:
    """Return what the public list may be narrowed by."""
    return list(Item.objects.filter(active=True, asked=True))


def breakable() -> list[Item]:
    """Return what can be reported broken."""
    return list(Item.objects.filter(active=True, breaks=True))


def compact(rows: Iterable[Shown]) -> list[dict[str, object]]:
    """Return stations as few letters, for a phone to keep and to look through.

    ``h``: weekday (0 Monday), opens, closes in minutes; ``o``: days off; ``u``: in use
    from and to; ``f``: what works; ``b``: what is broken.
    """
    return [
        {
            "c": each.station.code,
            "n": each.station.name_zh,
            "e": each.station.name_en,
            "k": each.station.kind.code,
            "a": each.station.address,
            "p": [round(each.station.lon, 5), round(each.station.lat, 5)],
            "h": [
                [day, span.opens, span.closes]
                for day, spans in sorted(each.week.items())
                for span in spans
            ],
            "o": [day.isoformat() for day in each.off],
            "u": [
                [span.opens_on.isoformat(), _text(span.closes_on)]
                for span in each.spans
            ],
            "f": [item.code for item in each.has],
            "b": [had.item.code for had in each.broken],
        }
        for each in rows
    ]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
