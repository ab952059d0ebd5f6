"""The kinds: an installation's own words."""

import csv
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from wugeyi.audit.actions import changes, record
from wugeyi.casework.actions.writing import By
from wugeyi.talents.models import TalentKind

FILE = Path(__file__).resolve().parent.parent / "data" / "kinds.csv"
SOURCE = "一处网页的说法，贵阳的定义没有找到，未经核对"


@transaction.atomic
def install_defaults(*, by: By, at: datetime) -> int:
    """Write the four kinds an installation starts with, marked unverified.

    Where there are kinds already nothing is written, so running it again changes
    nothing. Returns how many were written.
    """
    if TalentKind.objects.exists():
        return 0
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            TalentKind(**row, source=SOURCE, position=position)
            for position, row in enumerate(csv.DictReader(file))
        ]
    TalentKind.objects.bulk_create(rows)
    record(
        action="talents.install_defaults",
        subject=None,
        by=by,
        at=at,
        after={"talent_kinds": len(rows)},
    )
    return len(rows)


@transaction.atomic
def save_kind(
    *, kind: TalentKind | None, values: dict[str, object], by: By, at: datetime
) -> TalentKind:
    """Add a kind, or change its words; one not in use keeps its figures."""
    row = kind or TalentKind()
    before = changes(row, values) if kind is not None else {}
    for name, value in values.items():
        setattr(row, name, value)
    if kind is None:
        last = TalentKind.objects.aggregate(last=Max("position"))["last"]
        row.position = (last or 0) + 1
    row.save()
    record(
        action="talents.save_kind",
        subject=row,
        by=by,
        at=at,
        before=before,
        after=changes(row, values),
    )
    return row
