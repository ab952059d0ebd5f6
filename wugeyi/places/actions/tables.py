"""Tables of facilities and homes: kept for a look, then written down once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.places.actions import writing
from wugeyi.places.models import PlaceFile, Source
from wugeyi.places.queries.tables import MODELS, Plan, differing
from wugeyi.places.rules.files import TABLE


@transaction.atomic
def keep_table(
    *,
    sort: str,
    filename: str,
    content: bytes,
    rows: int,
    organisation: Organisation,
    system: str,
    by: User | None,
    at: datetime,
) -> Batch:
    """Keep a table to be looked at; nothing else is recorded."""
    batch = Batch.objects.create(
        kind=f"{TABLE}{sort}",
        filename=filename[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        rows=rows,
        created_at=at,
        created_by=by,
    )
    PlaceFile.objects.create(batch=batch, organisation=organisation, system=system)
    record(
        action="places.keep_table",
        subject=batch,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={"file": batch.filename, "sha256": batch.sha256, "rows": rows},
    )
    return batch


@dataclass(frozen=True, slots=True)
class Imported:
    """How many records were written, how many were changed."""

    made: int = 0
    changed: int = 0


def accept_table(
    *, batch: Batch, plan: Plan, by: User | None, at: datetime
) -> Imported | None:
    """Write a table's rows down, all or nothing; None: it was decided already.

    A record that stands already is changed where the table says something else; each
    such change has its own event, with what stood there before.
    """
    try:
        return _accept(batch, plan, by, at)
    except IntegrityError:
        # The same rows came in at this very moment by another file: look again.
        return _accept(batch, plan, by, at)


@transaction.atomic
def _accept(batch: Batch, plan: Plan, by: User | None, at: datetime) -> Imported | None:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.status != Batch.Status.PREVIEWED:
        return None
    model: Any = MODELS[batch.kind.removeprefix(TABLE)]
    made = writing.add_many(
        model,
        [(row.client_id, row.organisation_id, row.values, "") for row in plan.fresh],
        source=Source.IMPORTED.value,
        batch=batch,
        by=by,
        at=at,
    )
    changed = 0
    for ready in plan.changed:
        row = writing.take(model, ready.key or 0, None)
        names = differing(row, ready.values)
        values = {name: ready.values[name] for name in names}
        writing.change(row, values, "correct", by=by, at=at)
        changed += bool(names)
    batch.status, batch.accepted_at, batch.content = Batch.Status.ACCEPTED, at, b""
    batch.summary = f"{made}/{changed}"
    batch.save(update_fields=["status", "accepted_at", "content", "summary"])
    record(
        action="places.import_table",
        subject=batch,
        by=by,
        at=at,
        organisation_id=batch.place_file.organisation_id,
        after={"made": made, "changed": changed, "sha256": batch.sha256},
    )
    return Imported(made, changed)
