"""A list somebody keeps: looked at first, then written down once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.branchwork.actions.records import add_many
from wugeyi.branchwork.models import ListFile
from wugeyi.branchwork.queries.lists import MODELS, Ready, known
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation

PREFIX = "branchwork-"


@transaction.atomic
def keep(
    *,
    kind: str,
    filename: str,
    content: bytes,
    rows: int,
    organisation: Organisation,
    by: User,
    at: datetime,
) -> Batch:
    """Keep a file to be looked at; nothing is recorded."""
    batch = Batch.objects.create(
        kind=f"{PREFIX}{kind}",
        filename=filename[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        rows=rows,
        created_at=at,
        created_by=by,
    )
    ListFile.objects.create(batch=batch, organisation=organisation)
    record(
        action="branchwork.keep_list",
        subject=batch,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={"file": batch.filename, "sha256": batch.sha256, "rows": rows},
    )
    return batch


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were written down, and how many were there already."""

    made: int
    known: int


def accept(
    *,
    batch: Batch,
    ready: Sequence[Ready],
    organisation: Organisation,
    by: User,
    at: datetime,
) -> Imported:
    """Write the rows down; rows recorded before, from whatever file, are left alone.

    A batch that was accepted already is not accepted again: nothing happens.
    """
    try:
        return _accept(batch, ready, organisation, by, at)
    except IntegrityError:
        # The same rows came in at this very moment by another file: look again.
        return _accept(batch, ready, organisation, by, at)


@transaction.atomic
def _accept(
    batch: Batch,
    ready: Sequence[Ready],
    organisation: Organisation,
    by: User,
    at: datetime,
) -> Imported:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != Batch.Status.PREVIEWED:
        return Imported(0, len(ready))
    model = MODELS[batch.kind.removeprefix(PREFIX)]
    # Somebody may have accepted the same rows while this page was looked at.
    there = known(model, [row.client_id for row in ready])
    fresh = [row for row in ready if row.client_id not in there]
    made = add_many(
        model=model,
        rows=[(row.client_id, row.organisation, row.values) for row in fresh],
        batch=batch,
        by=by,
        at=at,
    )
    batch.status = Batch.Status.ACCEPTED
    batch.accepted_at = at
    batch.content = b""
    batch.summary = f"{len(made)}/{batch.rows}"
    batch.save(update_fields=["status", "accepted_at", "content", "summary"])
    record(
        action="branchwork.import_list",
        subject=batch,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={
            "made": len(made),
            "known": len(there),
            "sha256": batch.sha256,
            "records": model._meta.label_lower,
        },
    )
    return Imported(len(made), len(there))
