"""Writing a facility's dated states: the last one ends, the new one begins."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from wugeyi.stations.actions.writing import By, person
from wugeyi.stations.models import Item, ItemState, Station
from wugeyi.stations.rules.refusals import Refused, Why

State = ItemState.State


def current(station: Station) -> dict[int, ItemState]:
    """Return what holds of each item now, by its key."""
    rows = ItemState.objects.filter(station=station, until_on=None)
    return {row.item_id: row for row in rows}


def put_states(
    station: Station,
    states: Mapping[Item, str],
    *,
    on: date,
    by: By,
    at: datetime,
    known: Mapping[int, ItemState] | None = None,
) -> dict[str, str]:
    """Write what is otherwise from a day on; return it by the items' codes.

    Raises
    ------
    Refused
        BAD_DAYS: something was written for a later day already.
    """
    before = current(station) if known is None else dict(known)
    written: dict[str, str] = {}
    fresh: list[ItemState] = []
    for item, state in states.items():
        if state not in State.values:
            raise Refused(Why.BAD_VALUE, field=item.code)
        row = before.get(item.pk)
        if row is not None and row.state == state:
            continue
        if row is not None:
            _end(row, on)
        fresh.append(
            ItemState(
                station=station,
                item=item,
                state=state,
                from_on=on,
                recorded_by=person(by),
                recorded_at=at,
            )
        )
        written[item.code] = state
    ItemState.objects.bulk_create(fresh)
    return written


def _end(row: ItemState, on: date) -> None:
    if on < row.from_on:
        raise Refused(Why.BAD_DAYS, field="on", day=row.from_on.isoformat())
    row.until_on = on
    row.save(update_fields=["until_on"])


def derived(station: Station, items: Iterable[Item]) -> dict[Item, str]:
    """Return what the station's own record says of items nobody is asked about."""
    kept = bool(station.keeper_id or station.keeper_name)
    return {
        item: State.YES.value
        if item.derived == Item.Derived.PLACE or kept
        else State.NO.value
        for item in items
        if item.derived
    }
