"""How an organisation stands with its regular duties in the periods around a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wugeyi.branchwork.models import DutyItem, DutyRecord
from wugeyi.branchwork.rules.periods import Every, Span, Standing, span, standing
from wugeyi.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One item in its period, with the records made of it there."""

    item: DutyItem
    of: Span
    standing: Standing
    records: list[DutyRecord]
    days_left: int


def in_force(first: date, last: date) -> Q:
    """Return the condition that an item holds on some day of a span."""
    return Q(valid_from__lte=last) & (Q(valid_to=None) | Q(valid_to__gt=first))


def items_on(day: date) -> list[DutyItem]:
    """Return the items in force on a day."""
    return list(DutyItem.objects.filter(in_force(day, day)))


def sheet(organisation: Organisation, *, day: date, today: date) -> list[DutyLine]:
    """Return every item with its period around ``day``; two queries."""
    year = span(Every.YEAR, day)
    items = [
        item
        for item in DutyItem.objects.filter(in_force(year.first, year.last))
        if _holds(item, span(Every(item.period), day))
    ]
    if not items:
        return []
    rows = DutyRecord.objects.filter(
        organisation=organisation,
        withdrawn_at=None,
        held_on__gte=year.first,
        held_on__lte=year.last,
    ).order_by("held_on", "pk")
    by_item: dict[int, list[DutyRecord]] = defaultdict(list)
    for row in rows:
        by_item[row.item_id].append(row)
    return [_line(item, by_item[item.pk], day, today) for item in items]


def _holds(item: DutyItem, of: Span) -> bool:
    return item.valid_from <= of.last and (
        item.valid_to is None or item.valid_to > of.first
    )


def _line(
    item: DutyItem, rows: Iterable[DutyRecord], day: date, today: date
) -> DutyLine:
    every = Every(item.period)
    of = span(every, day)
    here = [row for row in rows if row.held_on in of]
    return DutyLine(
        item=item,
        of=of,
        standing=standing(every, of, today=today, recorded=len(here)),
        records=here,
        days_left=(of.last - today).days,
    )
