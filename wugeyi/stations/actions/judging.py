"""When a station was open and had all a list asks for: made anew from its states."""

from collections import defaultdict
from datetime import date, datetime

from wugeyi.stations.actions.counting import MET, counted
from wugeyi.stations.models import Checklist, ItemState, Met, OpenSpan, Station
from wugeyi.stations.rules.spans import Held, meeting


def judge(station: Station, *, at: datetime) -> None:
    """Write when each list was met; part of every act that changes a station.

    What stands stays the same row: only what is otherwise is written.
    """
    opened = [
        (each.opens_on, each.closes_on)
        for each in OpenSpan.objects.filter(station=station, withdrawn_at=None)
        if each.closes_on is None or each.closes_on > each.opens_on
    ]
    held: dict[int, list[Held]] = defaultdict(list)
    for state in ItemState.objects.filter(station=station):
        held[state.item_id].append((state.from_on, state.until_on, state.state))
    there: dict[int, list[Met]] = defaultdict(list)
    for row in Met.objects.filter(station=station, withdrawn_at=None):
        there[row.checklist_id].append(row)
    for checklist in Checklist.objects.prefetch_related("wanted"):
        _judge(station, checklist, opened, held, there[checklist.pk], at)


def _judge(
    station: Station,
    checklist: Checklist,
    opened: list[tuple[date, date | None]],
    held: dict[int, list[Held]],
    there: list[Met],
    at: datetime,
) -> None:
    wanted = list(checklist.wanted.all())
    order = sorted({each.item_id for each in wanted})
    place = {item: number for number, item in enumerate(order)}
    turns = [day for each in wanted for day in (each.valid_from, each.valid_to) if day]

    def asked(on: date) -> frozenset[int]:
        return frozenset(place[each.item_id] for each in wanted if each.holds(on))

    found = meeting(opened, [held.get(item, []) for item in order], asked, turns)
    changed, new = [], []
    for row, days in zip(there, found, strict=False):
        if (row.since, row.until) != days:
            row.since, row.until = days
            row.save(update_fields=["since", "until"])
            changed.append(row.pk)
    for row in there[len(found) :]:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        changed.append(row.pk)
    for since, until in found[len(there) :]:
        made = Met.objects.create(
            station=station,
            checklist=checklist,
            since=since,
            until=until,
            recorded_at=at,
        )
        new.append(made.pk)
    counted(MET, changed, at=at)
    counted(MET, new, at=at, new=True)
