"""The words: an installation's own."""

import csv
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from wugeyi.audit.actions import changes
from wugeyi.sharing.actions.writing import By, note
from wugeyi.sharing.models import Word

FILE = Path(__file__).resolve().parent.parent / "data" / "words.csv"


@transaction.atomic
def install_defaults(*, by: By, at: datetime) -> int:
    """Write the words an installation starts with, marked unverified.

    Where there are words already nothing is written. Returns how many were.
    """
    if Word.objects.exists():
        return 0
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Word(**row, position=place)
            for place, row in enumerate(csv.DictReader(file))
        ]
    Word.objects.bulk_create(rows)
    note(
        None,
        organisation_id=None,
        action="install_defaults",
        by=by,
        at=at,
        after={"words": len(rows)},
    )
    return len(rows)


@transaction.atomic
def save_word(
    *, word: Word | None, values: dict[str, object], by: By, at: datetime
) -> Word:
    """Add a word, or change it; one not in use keeps what refers to it."""
    row = word or Word()
    before = changes(row, values) if word is not None else None
    for name, value in values.items():
        setattr(row, name, value)
    if word is None:
        last = Word.objects.aggregate(last=Max("position"))["last"]
        row.position = (last or 0) + 1
    row.save()
    note(
        row,
        organisation_id=None,
        action="save_word",
        by=by,
        at=at,
        before=before,
        after=changes(row, values),
    )
    return row
