"""What everybody may read: stations, whether they are open, what they have."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
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
from wugeyi.stations.queries.breakages import SOLVED
from wugeyi.stations.queries.shown import Shown, shown
from wugeyi.stations.rules.gaps import Place, metres
from wugeyi.stations.rules.hours import DAY
from wugeyi.ui.paging import Page, cut

PAGE = 100
KEPT = 500
"""How many stations a phone keeps: more would be slow to open on a cheap one."""
MOST = 3_000
"""How many stations one file of all of them holds at most."""
NEAREST = 60


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
    asked: Asked, *, now: datetime, older: int = 0, newer: int = 0, size: int = PAGE
) -> Page[Station]:
    """Return one page of what a reader looks for; with a position the nearest; one query."""
    rows = narrowed(asked, now)
    if asked.near is None:
        return cut(rows, older=older, newer=newer, size=size)
    here = asked.near
    # Nobody rides a hundred kilometres to rest; a degree is that far.
    around = rows.filter(
        lon__range=(here[0] - 1, here[0] + 1), lat__range=(here[1] - 1, here[1] + 1)
    )
    found = sorted(around[:MOST], key=lambda each: metres(here, (each.lon, each.lat)))
    return Page(found[:NEAREST], None, None)


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
