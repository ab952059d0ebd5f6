"""Files that are looked at before they count for anything."""

import hashlib
from datetime import datetime

from django.db import transaction

from wugeyi.audit.actions import record
from wugeyi.buslines.actions.writing import By, take
from wugeyi.buslines.models import Line
from wugeyi.imports.models import Batch


@transaction.atomic
def keep(
    *,
    line: Line,
    kind: str,
    action: str,
    filename: str,
    content: bytes,
    rows: int,
    by: By,
    at: datetime,
) -> Batch:
    """Keep a file that was sent for a line; nothing is taken over.

    Parameters
    ----------
    kind
        What such files of the line are called in ``Batch.kind``.
    rows
        How many rows, or trips, were read of it.
    """
    line = take(line)
    batch = Batch.objects.create(
        kind=kind,
        filename=filename[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        rows=rows,
        created_at=at,
        created_by=by,
    )
    record(
        action=f"buslines.{action}",
        subject=batch,
        by=by,
        at=at,
        organisation_id=line.organisation_id,
        after={"file": batch.filename, "sha256": batch.sha256, "rows": rows},
    )
    return batch
