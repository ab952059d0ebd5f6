"""Records of every kind: written down once, put right, withdrawn, brought to an end.

Every act counts the record anew (``figures``) in its own transaction. A correction
keeps the earlier wording as a row of its own; see ``models.base``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.audit.rules import Private
from wugeyi.branchwork.actions.links import link
from wugeyi.branchwork.models import (
    Decision,
    Recorded,
    SecretaryTerm,
    VanguardPost,
)
from wugeyi.branchwork.rules.refusals import Refused, Why
from wugeyi.casework.models import Case
from wugeyi.figures.actions import refresh
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation

Row = TypeVar("Row", bound=Recorded)
Values = Mapping[str, object]
# The one personal value here; it stands in the audit as a salted hash.
PERSONAL = frozenset({"person"})
Ending = TypeVar("Ending", bound=SecretaryTerm | VanguardPost)


@dataclass(frozen=True, slots=True)
class Added(Generic[Row]):
    """The record, and whether this call made it or an earlier one did."""

    row: Row
    created: bool


def add(
    *,
    model: type[Row],
    organisation: Organisation,
    values: Values,
    by: User | None,
    at: datetime,
    client_id: UUID | None = None,
    cases: Sequence[Case] = (),
) -> Added[Row]:
    """Write a record down; the same ``client_id`` gives the one that is there already.

    ``cases`` are the cases that caused a decision; other records take none.
    """
    try:
        with transaction.atomic():
            row = model._default_manager.create(
                organisation=organisation,
                client_id=client_id,
                recorded_by=by,
                recorded_at=at,
                **values,
            )
            told = told_of(row, values)
            if isinstance(row, Decision) and cases:
                told["cases"] = link(decision=row, cases=cases, at=at)
            tell("record", row, by=by, at=at, after=told)
            refresh(source=model.SOURCE, records=[row.pk], at=at, new=True)
            return Added(row, created=True)
    except IntegrityError:
        # Sent twice, maybe at the same moment: the other one was first.
        known = (
            model._default_manager.filter(client_id=client_id).first()
            if client_id
            else None
        )
        if known is None:
            raise
        return Added(known, created=False)


def add_many(
    *,
    model: type[Row],
    rows: Iterable[tuple[UUID, Organisation, Values]],
    batch: Batch,
    by: User | None,
    at: datetime,
) -> list[Row]:
    """Write the rows of a file down; the event is the file's (``actions.imports``).

    Runs inside the transaction that accepts the file.
    """
    made = model._default_manager.bulk_create(
        [
            model(
                organisation=organisation,
                client_id=client_id,
                batch=batch,
                recorded_by=by,
                recorded_at=at,
                **values,
            )
            for client_id, organisation, values in rows
        ],
        batch_size=500,
    )
    if made:
        refresh(source=model.SOURCE, records=[r.pk for r in made], at=at, new=True)
    return made


@transaction.atomic
def correct(
    *,
    row: Row,
    values: Values,
    why: str,
    by: User | None,
    at: datetime,
    version: int | None = None,
    organisation: Organisation | None = None,
) -> Row:
    """Put a record right: what stood before stays as a withdrawn row with the reason.

    Raises
    ------
    Refused
        CHANGED: somebody wrote it since ``version``; WITHDRAWN: it no longer counts.
    """
    row = take(row, version=version)
    before = told_of(row, values)
    earlier = _earlier(row, why=why, by=by, at=at)
    for name, value in values.items():
        setattr(row, name, value)
    if organisation is not None:
        row.organisation = organisation
    row.replaces = earlier
    row.recorded_by, row.recorded_at = by, at
    row.version += 1
    row.save()
    tell(
        "correct",
        row,
        by=by,
        at=at,
        before=before,
        after={**told_of(row, values), "why": why, "replaces": earlier.pk},
    )
    refresh(source=row.SOURCE, records=[row.pk], at=at)
    return row


@transaction.atomic
def withdraw(
    *,
    row: Row,
    why: str,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Row:
    """Take a record out of every count from now on; it stays readable with the reason.

    Raises
    ------
    Refused
        CHANGED or WITHDRAWN, as :func:`correct`.
    """
    row = take(row, version=version)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by, why
    row.version += 1
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why", "version"])
    tell("withdraw", row, by=by, at=at, after={"why": why})
    refresh(source=row.SOURCE, records=[row.pk], at=at)
    return row


@transaction.atomic
def end(
    *,
    row: Ending,
    on: date,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Ending:
    """End a term or a post: ``on`` is the first day on which it no longer stands.

    Raises
    ------
    Refused
        BEFORE_BEGIN: the day is not after the first one; else as :func:`correct`.
    """
    row = take(row, version=version)
    if on <= row.valid_from:
        raise Refused(Why.BEFORE_BEGIN)
    before = {"valid_to": row.valid_to}
    row.valid_to = on
    row.version += 1
    row.save(update_fields=["valid_to", "version"])
    tell("end", row, by=by, at=at, before=before, after={"valid_to": on})
    refresh(source=row.SOURCE, records=[row.pk], at=at)
    return row


def take(row: Row, *, version: int | None) -> Row:
    """Read a record afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        CHANGED: it was written since ``version``; WITHDRAWN: it no longer counts.
    """
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.withdrawn_at is not None:
        raise Refused(Why.WITHDRAWN)
    if version is not None and fresh.version != version:
        raise Refused(Why.CHANGED)
    return fresh


def told_of(row: Recorded, names: Iterable[str]) -> dict[str, object]:
    """Return the named fields as the audit keeps them; names of people only as hashes."""
    return {
        name: Private(value, row.salt)
        if name in PERSONAL and isinstance(row, SecretaryTerm)
        else value
        for name, value in changes(row, names).items()
    }


def _earlier(row: Row, *, why: str, by: User | None, at: datetime) -> Row:
    """Keep what stood before as a row of its own, out of every count."""
    copy = type(row)._default_manager.get(pk=row.pk)
    copy.pk = None
    copy._state.adding = True
    copy.client_id = None
    copy.withdrawn_at, copy.withdrawn_by, copy.withdrawn_why = at, by, why
    copy.save(force_insert=True)
    return copy


def tell(
    verb: str,
    row: Recorded,
    *,
    by: User | None,
    at: datetime,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Leave the event of an act on a record; call it once, in the act's transaction."""
    record(
        action=f"branchwork.{verb}",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before=before,
        after=after,
    )
