"""Dictionaries of an installation: entries added and changed, presets installed on request."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.branchwork.models import DutyItem, HeadcountKind, Topic

DATA = Path(__file__).resolve().parent.parent / "data"
Entry = TypeVar("Entry", bound=Topic | DutyItem | HeadcountKind)
PRESET = "duties_article9.csv"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@transaction.atomic
def save_entry(
    *,
    model: type[Entry],
    row: Entry | None,
    values: dict[str, object],
    by: User | None,
    at: datetime,
) -> Entry:
    """Add an entry, or change one. Records keep the entry they were made with."""
    entry: Entry = row or model()
    before = changes(entry, values) if row is not None else {}
    for name, value in values.items():
        setattr(entry, name, value)
    if row is None:
        last = model._default_manager.aggregate(last=Max("position"))["last"]
        entry.position = (last or 0) + 1
    entry.save()
    record(
        action="branchwork.save_entry",
        subject=entry,
        by=by,
        at=at,
        before=before,
        after=changes(entry, values),
    )
    return entry


@transaction.atomic
def install_dictionaries(*, by: User | None, at: datetime) -> dict[str, int]:
    """Write the shipped topics and head counts where there are none; say how many."""
    written = {"topics": 0, "headcount_kinds": 0}
    if not Topic.objects.exists():
        made = Topic.objects.bulk_create(
            Topic(
                code=row["code"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                kinds=row["kinds"],
                basis=row["basis"],
                verified=row["verified"] == "1",
                position=position,
            )
            for position, row in enumerate(_rows("topics.csv"))
        )
        written["topics"] = len(made)
    if not HeadcountKind.objects.exists():
        kinds = HeadcountKind.objects.bulk_create(
            HeadcountKind(
                code=row["code"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                basis=row["basis"],
                verified=row["verified"] == "1",
                position=position,
            )
            for position, row in enumerate(_rows("headcount_kinds.csv"))
        )
        written["headcount_kinds"] = len(kinds)
    if any(written.values()):
        record(
            action="branchwork.install_dictionaries",
            subject=None,
            by=by,
            at=at,
            after=written,
        )
    return written


@transaction.atomic
def install_duty_items(*, valid_from: date, by: User | None, at: datetime) -> int:
    """Install the offered preset of regular duties, marked unverified; say how many.

    Entries that are there already (by code) are left alone.
    """
    known = set(DutyItem.objects.values_list("code", flat=True))
    last = DutyItem.objects.aggregate(last=Max("position"))["last"] or 0
    made = DutyItem.objects.bulk_create(
        DutyItem(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            period=row["period"],
            basis=row["basis"],
            output=row["output"],
            valid_from=valid_from,
            verified=row["verified"] == "1",
            position=last + number,
        )
        for number, row in enumerate(_rows(PRESET), start=1)
        if row["code"] not in known
    )
    if made:
        record(
            action="branchwork.install_duty_items",
            subject=None,
            by=by,
            at=at,
            after={"items": [each.code for each in made], "valid_from": valid_from},
        )
    return len(made)
