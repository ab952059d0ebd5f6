"""The dictionaries: put in as shipped, kept as changed."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from wugeyi.audit.actions import changes
from wugeyi.stations.actions.judging import judge
from wugeyi.stations.actions.writing import By, note
from wugeyi.stations.models import Checklist, Item, Station, StationKind, Wanted

DATA = Path(__file__).resolve().parent.parent / "data"
Word = TypeVar("Word", StationKind, Item, Checklist)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@transaction.atomic
def install_defaults(*, by: By, at: datetime) -> dict[str, int]:
    """Write the shipped kinds, facilities and lists, each with where it is from.

    A dictionary that has rows already is left alone, so running it again changes
    nothing. Returns the rows written per dictionary.
    """
    written = {"kinds": _kinds(), "items": _items(), "lists": _lists()}
    if any(written.values()):
        note(None, station=None, action="install_defaults", by=by, at=at, after=written)
    return written


def _kinds() -> int:
    if StationKind.objects.exists():
        return 0
    rows = [
        StationKind(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            source=row["source"],
            verified=row["verified"] == "1",
            position=position,
        )
        for position, row in enumerate(_rows("kinds.csv"))
    ]
    return len(StationKind.objects.bulk_create(rows))


def _items() -> int:
    if Item.objects.exists():
        return 0
    rows = [
        Item(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            derived=row["derived"],
            breaks=row["breaks"] == "1",
            asked=row["asked"] == "1",
            position=position,
        )
        for position, row in enumerate(_rows("items.csv"))
    ]
    return len(Item.objects.bulk_create(rows))


def _lists() -> int:
    if Checklist.objects.exists():
        return 0
    items = {item.code: item for item in Item.objects.all()}
    many = 0
    for position, row in enumerate(_rows("lists.csv")):
        made = Checklist.objects.create(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            source=row["source"],
            verified=row["verified"] == "1",
            position=position,
        )
        Wanted.objects.bulk_create(
            Wanted(
                checklist=made,
                item=items[code],
                valid_from=date.fromisoformat(row["valid_from"]),
                position=place,
            )
            for place, code in enumerate(row["items"].split())
            if code in items
        )
        many += 1
    return many


@transaction.atomic
def save_word(
    *,
    model: type[Word],
    row: Word | None,
    values: Mapping[str, object],
    by: By,
    at: datetime,
) -> Word:
    """Add a row of a dictionary, or change its words."""
    kept = row or model()
    before = changes(kept, values) if row is not None else {}
    for name, value in values.items():
        setattr(kept, name, value)
    if row is None:
        last = model.objects.aggregate(last=Max("position"))["last"]
        kept.position = (last or 0) + 1
    kept.save()
    action = f"save_{model._meta.model_name}"
    after = changes(kept, values)
    note(kept, station=None, action=action, by=by, at=at, before=before, after=after)
    return kept


@transaction.atomic
def change_list(
    *,
    checklist: Checklist,
    items: Sequence[Item],
    on: date,
    by: By,
    at: datetime,
) -> Checklist:
    """Let a list ask for other items from a day on; what it asked before stays known.

    Raises
    ------
    ValueError
        A day before what stands began.
    """
    row = Checklist.objects.select_for_update(of=("self",)).get(pk=checklist.pk)
    held = {each.item_id: each for each in row.wanted.filter(valid_to=None)}
    wished = [item.pk for item in items]
    gone = [each for key, each in held.items() if key not in wished]
    if any(each.valid_from > on for each in gone):
        raise ValueError("before it began")
    for each in gone:
        each.valid_to = on
        each.save(update_fields=["valid_to"])
    Wanted.objects.bulk_create(
        Wanted(checklist=row, item=item, valid_from=on, position=place)
        for place, item in enumerate(items)
        if item.pk not in held
    )
    for station in Station.objects.filter(ended_on=None).iterator(chunk_size=500):
        judge(station, at=at)
    note(
        row,
        station=None,
        action="change_list",
        by=by,
        at=at,
        before={"items": sorted(held)},
        after={"items": sorted(wished), "on": on},
    )
    return row
