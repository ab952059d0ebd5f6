"""Whose installation this is."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.organisations.models import Installation, Organisation

FIELDS = ("name", "name_en", "demo", "hotline", "seat")


@transaction.atomic
def set_installation(
    *,
    name: str,
    by: User | None,
    at: datetime,
    name_en: str = "",
    demo: bool = False,
    hotline: str = "",
    seat: Organisation | None = None,
) -> Installation:
    """Name the installation, or change what was said about it.

    The administrators of ``seat`` keep the tables that hold for everybody.
    """
    row = Installation.objects.select_for_update().filter(pk=1).first()
    before = changes(row, FIELDS) if row is not None else None
    row = row or Installation(pk=1)
    row.name, row.name_en, row.demo, row.hotline = name, name_en, demo, hotline
    row.seat = seat
    row.save()
    record(
        action="organisations.set_installation",
        subject=row,
        by=by,
        at=at,
        before=before,
        after=changes(row, FIELDS),
    )
    return row
