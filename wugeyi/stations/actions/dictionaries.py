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
# Columns that say yes or no, and those of a list that are rows of their own.
FLAGS = ("verified", "breaks", "asked")
OF_LISTS = ("valid_from", "items")
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
    written = {
        "kinds": len(_put(StationKind, "kinds.csv")),
        "items": len(_put(Item, "items.csv")),
        "lists": _lists(),
    }
    if any(written.values()):
        note(None, station=None, action="install_defaults", by=by, at=at, after=written)
    return written


def _put(model: type[Word], name: str) -> list[dict[str, str]]:
    """Write a file's rows, unless there are some; its columns are the model's fields."""
    if model.objects.exists():
        return []
    rows = list(_rows(name))
    model.objects.bulk_create(
        model(
            position=position,
            **{
                field: text == "1" if field in FLAGS else text
                for field, text in row.items()
                if field not in OF_LISTS
            },
        )
        for position, row in enumerate(rows)
    )
    return rows


def _lists() -> int:
    rows = _put(Checklist, "lists.csv")
    items = {item.code: item for item in Item.objects.all()}
    made = {row.code: row for row in Checklist.objects.all()}
    Wanted.objects.bulk_create(
        Wanted(
            checklist=made[row["code"]],
            item=items[code],
            valid_from=date.fromisoformat(row["valid_from"]),
            position=place,
        )
        for row in rows
        for place, code in enumerate(row["items"].split())
        if code in items
    )
    return len(rows)


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
