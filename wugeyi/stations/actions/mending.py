"""What was broken works again: its case was solved, or staff say so after it ended."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.rules.states import State
from wugeyi.stations.actions.counting import BREAKAGES, counted
from wugeyi.stations.actions.judging import judge
from wugeyi.stations.actions.stating import current, put_states
from wugeyi.stations.actions.writing import bump, note
from wugeyi.stations.models import Breakage, Item, ItemState, Station
from wugeyi.stations.queries.breakages import reopened, resolved
from wugeyi.stations.rules.refusals import Refused, Why

MOST = 200


def mend_by_hand(
    station: Station, items: Sequence[Item], *, on: date, at: datetime
) -> list[int]:
    """Let staff say that something works again; part of checking a station.

    Raises
    ------
    Refused
        IN_WORK: a case for it is still open; it will say so itself.
    """
    if not items:
        return []
    rows = list(
        Breakage.objects.select_related("lead").filter(
            station=station, item__in=items, mended_on=None
        )
    )
    for row in rows:
        if row.lead.state in OPEN_STATES or row.lead.state == State.MERGED:
            raise Refused(Why.IN_WORK, item=str(row.item), receipt=row.lead.pk)
    for row in rows:
        row.mended_on, row.by_hand = max(on, row.reported_on), True
        row.save(update_fields=["mended_on", "by_hand"])
    keys = [row.pk for row in rows]
    counted(BREAKAGES, keys, at=at)
    return keys


def settle(at: datetime) -> int:
    """Write that what solved cases were about works again; for the clock."""
    done = 0
    keys = resolved().values_list("station_id", flat=True).distinct()[:MOST]
    for key in list(keys):
        done += _settle_station(key, at=at)
    return done


@transaction.atomic
def _settle_station(key: int, *, at: datetime) -> int:
    station = Station.objects.select_for_update(of=("self",)).get(pk=key)
    rows = list(
        resolved().filter(station=station).select_related("item", "lead__merged_into")
    )
    if not rows:
        return 0
    for row in rows:
        row.mended_on = max(_ended_on(row), row.reported_on)
        row.save(update_fields=["mended_on"])
    counted(BREAKAGES, [row.pk for row in rows], at=at)
    still = set(
        Breakage.objects.filter(station=station, mended_on=None).values_list(
            "item_id", flat=True
        )
    )
    known = current(station)
    works: dict[str, str] = {}
    for row in rows:
        if row.item is None or row.item_id in still:
            continue
        held = known.get(row.item.pk)
        if held is None or held.state != ItemState.State.BROKEN:
            continue
        on = max(row.mended_on or held.from_on, held.from_on)
        state = {row.item: ItemState.State.YES.value}
        works |= put_states(station, state, on=on, by=None, at=at, known=known)
        known.pop(row.item.pk)
    bump(station)
    judge(station, at=at)
    note(
        station,
        station=station,
        action="mended",
        by=None,
        at=at,
        after={"items": works, "cases": [row.lead.receipt for row in rows]},
    )
    return len(rows)


def _ended_on(row: Breakage) -> date:
    lead = row.lead.merged_into or row.lead
    return lead.closed_on or timezone.localdate(row.reported_at)


def unsettle(at: datetime) -> int:
    """Show as broken again what a reopened case is about; for the clock, once a day."""
    done = 0
    for row in reopened().select_related("station", "item")[:MOST]:
        with transaction.atomic():
            station = Station.objects.select_for_update(of=("self",)).get(
                pk=row.station_id
            )
            row.mended_on = None
            row.save(update_fields=["mended_on"])
            counted(BREAKAGES, [row.pk], at=at)
            if row.item is not None and station.ended_on is None:
                known = current(station)
                held = known.get(row.item.pk)
                today = timezone.localdate(at)
                on = max(today, held.from_on) if held else today
                state = {row.item: ItemState.State.BROKEN.value}
                put_states(station, state, on=on, by=None, at=at, known=known)
                judge(station, at=at)
            bump(station)
            note(
                row,
                station=station,
                action="broken_again",
                by=None,
                at=at,
                after={"item": row.item.code if row.item else ""},
            )
            done += 1
    return done
