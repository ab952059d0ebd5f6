"""Opening the records behind figures: one query each."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.stations.models import Breakage, Met, OpenSpan, VisitDay
from wugeyi.stations.rules import access


def _rows(model: Any, ids: Sequence[int], reach: Reach) -> Any:
    path = "station__organisation__path"
    return (
        model.objects.filter(pk__in=ids)
        .filter(within(path, reach.roots(access.READS)))
        .select_related("station__organisation")
    )


def _opened(row: Any, on: date, view: str = "desk-station") -> Opened:
    address = reverse(f"stations:{view}", args=[row.station_id])
    return Opened(str(row.station), address, on, row.station.organisation.name)


def open_spans(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open stations in use, on their page."""
    rows = _rows(OpenSpan, ids, reach)
    return {row.pk: _opened(row, row.opens_on) for row in rows}


def open_met(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open stations that have all a list asks for, on their page."""
    return {row.pk: _opened(row, row.since) for row in _rows(Met, ids, reach)}


def open_visits(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open days that were counted, on the page of counts."""
    rows = _rows(VisitDay, ids, reach)
    return {row.pk: _opened(row, row.on, "visits") for row in rows}


def open_breakages(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open what is broken, on the page of its station."""
    rows = _rows(Breakage, ids, reach).select_related("item")
    return {row.pk: _opened(row, row.reported_on) for row in rows}


OPENERS: dict[str, Callable[..., dict[int, Opened]]] = {
    "station_span": open_spans,
    "station_met": open_met,
    "station_visit_day": open_visits,
    "station_breakage": open_breakages,
}
