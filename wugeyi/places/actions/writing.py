"""What writing facilities and homes has in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.places.models import Facility, Home, Source
from wugeyi.places.models.points import Point

Row = TypeVar("Row", Facility, Home)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record came from."""

    source: str = Source.TYPED.value
    osm_id: str = ""
    batch: Batch | None = None
    invented: bool = False


BY_HAND = Origin()


def add(
    model: type[Row],
    *,
    client_id: UUID,
    organisation: Organisation,
    values: Mapping[str, object],
    origin: Origin,
    by: User | None,
    at: datetime,
) -> Row:
    """Write a record down; the same ``client_id`` gives the same record."""
    try:
        with transaction.atomic():
            row = model.objects.create(
                client_id=client_id,
                organisation=organisation,
                **values,
                source=origin.source,
                osm_id=origin.osm_id,
                batch=origin.batch,
                invented=origin.invented,
                recorded_at=at,
                recorded_by=by,
            )
            record(
                action=f"places.add_{model._meta.model_name}",
                subject=row,
                by=by,
                at=at,
                organisation_id=organisation.pk,
                after=changes(row, values),
            )
            return row
    except IntegrityError:
        known = model.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return known


def add_many(
    model: type[Row],
    rows: Sequence[tuple[UUID, int, Mapping[str, object], str]],
    *,
    source: str,
    batch: Batch,
    by: User | None,
    at: datetime,
) -> int:
    """Write many records, part of accepting a batch, which tells the audit of it.

    Parameters
    ----------
    rows
        Client's id, organisation's key, columns, OpenStreetMap's id.

    Returns
    -------
    int
        How many were not on record before.
    """
    made = 0
    for start in range(0, len(rows), 2_000):
        part = rows[start : start + 2_000]
        there = set(
            model.objects.filter(client_id__in=[row[0] for row in part]).values_list(
                "client_id", flat=True
            )
        )
        fresh = [
            model(
                client_id=client_id,
                organisation_id=organisation_id,
                **values,
                osm_id=osm_id,
                source=source,
                batch=batch,
                recorded_at=at,
                recorded_by=by,
            )
            for client_id, organisation_id, values, osm_id in part
            if client_id not in there
        ]
        model.objects.bulk_create(fresh, batch_size=500)
        made += len(fresh)
    return made


def take(model: type[Row], key: int, edition: int | None) -> Row:
    """Hold a record for a change.

    Raises
    ------
    ValidationError
        Somebody changed it since ``edition`` was shown.
    """
    row = model.objects.select_for_update(of=("self",)).get(pk=key)
    if edition is not None and row.edition != edition:
        raise ValidationError(
            _("刚才有人改过这一条。请看一下现在的内容，再改一次。"), "changed_meanwhile"
        )
    return row


def change(
    row: Row, values: Mapping[str, object], verb: str, *, by: User | None, at: datetime
) -> Row:
    """Write what differs and tell the audit; nothing differs: nothing is written."""
    names: list[str] = []
    for name, value in values.items():
        if getattr(row, name) != value:
            names.append(name)
    if not names:
        return row
    before = changes(row, names)
    for name in names:
        setattr(row, name, values[name])
    row.edition += 1
    row.save(update_fields=[*names, "edition"])
    record(
        action=f"places.{verb}_{row._meta.model_name}",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before=before,
        after=changes(row, names),
    )
    return row


def check_closing(row: Point, on: date) -> None:
    """Refuse to close what is closed, or before it began.

    Raises
    ------
    ValidationError
        Saying which.
    """
    if row.valid_to is not None:
        raise ValidationError(_("这一条已经停用了。"), "closed_already")
    if row.valid_from is not None and on < row.valid_from:
        raise ValidationError(_("停用日期早于启用日期，请核对。"), "dates_not_in_order")
