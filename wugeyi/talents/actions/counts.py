"""So many came, so many left: figures, never names."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.audit.actions import record
from wugeyi.casework.actions.writing import By, person
from wugeyi.figures.actions import refresh
from wugeyi.organisations.models import Organisation
from wugeyi.talents.models import TalentCount, TalentKind

SOURCE = "talent_counts"


def count(
    *,
    client_id: UUID,
    organisation: Organisation,
    kind: TalentKind,
    change: str,
    people: int,
    on: date,
    replaces: TalentCount | None = None,
    by: By,
    at: datetime,
) -> TalentCount:
    """Record that people came or left; the same ``client_id`` gives the same row."""
    try:
        with transaction.atomic():
            return _count(
                client_id=client_id,
                organisation=organisation,
                kind=kind,
                change=change,
                people=people,
                on=on,
                replaces=replaces,
                by=by,
                at=at,
            )
    except IntegrityError:
        known = TalentCount.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return known


def _count(
    *, replaces: TalentCount | None, by: By, at: datetime, **values: object
) -> TalentCount:
    row = TalentCount.objects.create(
        **values, replaces=replaces, recorded_at=at, recorded_by=person(by)
    )
    record(
        action="talents.count",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        after={
            "kind": row.kind_id,
            "change": row.change,
            "people": row.people,
            "on": row.on,
            "replaces": row.replaces_id,
        },
    )
    refresh(source=SOURCE, records=[row.pk], at=at, new=True)
    return row


@transaction.atomic
def take_back(*, row: TalentCount, by: By, at: datetime) -> bool:
    """Take a wrong record back; the row stays, withdrawn. False if it was already."""
    fresh = TalentCount.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.withdrawn_at is not None:
        return False
    fresh.withdrawn_at = at
    fresh.save(update_fields=["withdrawn_at"])
    record(
        action="talents.take_back",
        subject=fresh,
        by=by,
        at=at,
        organisation_id=fresh.organisation_id,
        before={"people": fresh.people, "on": fresh.on},
    )
    refresh(source=SOURCE, records=[fresh.pk], at=at)
    return True


@transaction.atomic
def recount(
    *,
    row: TalentCount,
    client_id: UUID,
    kind: TalentKind,
    change: str,
    people: int,
    on: date,
    by: By,
    at: datetime,
) -> TalentCount:
    """Correct a record: the old one is withdrawn, a new one stands in its place."""
    known = TalentCount.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    if not take_back(row=row, by=by, at=at):
        return TalentCount.objects.filter(replaces=row).first() or row
    return count(
        client_id=client_id,
        organisation=row.organisation,
        kind=kind,
        change=change,
        people=people,
        on=on,
        replaces=row,
        by=by,
        at=at,
    )
