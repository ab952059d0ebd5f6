"""What growers of a village asked for, and where buses stop there."""

from datetime import date

from django.db.models import Q

from wugeyi.buslines.models import Demand, Spot, holding
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.ui.paging import Page, cut


def stops_of(village: Organisation, *, on: date) -> list[Spot]:
    """Return stops at or below a village, of lines that have not ended; one query."""
    rows = Spot.objects.filter(
        holding(on),
        within("organisation__path", [village.path]),
        kind=Spot.Kind.STOP,
        line__closed_on=None,
    )
    rows = rows.select_related("line__organisation", "organisation")
    return list(rows.order_by("line", "code")[:200])


def markets_of(stops: list[Spot], *, on: date) -> list[Spot]:
    """Return the markets of the lines of some stops; one query."""
    lines = {stop.line_id for stop in stops}
    rows = Spot.objects.filter(
        holding(on), line__in=lines, kind=Spot.Kind.MARKET
    ).select_related("line")
    return list(rows.order_by("line", "code")[:200])


def asked(
    village: Organisation, *, on: date, older: int = 0, newer: int = 0
) -> Page[Demand]:
    """Return one page of what stands or will, newest first; one query."""
    rows = Demand.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=on),
        within("stop__organisation__path", [village.path]),
        line__closed_on=None,
    )
    rows = rows.select_related("stop__organisation", "market", "line__organisation")
    return cut(rows, older=older, newer=newer)


def one(village: Organisation, pk: int) -> Demand | None:
    """Return a request of a village's growers, or None."""
    rows = Demand.objects.filter(within("stop__organisation__path", [village.path]))
    rows = rows.select_related("stop__organisation", "market", "line__organisation")
    return rows.filter(pk=pk).first()
