"""What every import does alike: keep its findings, be thrown away."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.imports.models import Batch, BatchFinding
from wugeyi.imports.rules import Finding


def keep_findings(batch: Batch, findings: Iterable[Finding]) -> None:
    """Store what was found in a batch, in its order; part of a preview."""
    BatchFinding.objects.bulk_create(
        (
            BatchFinding(
                batch=batch,
                severity=each.severity.value,
                line=each.line,
                code=each.code,
                value=each.value,
                other=each.other,
                other_line=each.other_line,
            )
            for each in findings
        ),
        batch_size=2_000,
    )


@transaction.atomic
def discard(*, batch: Batch, by: User | None, at: datetime) -> None:
    """Throw a previewed file away: its digest and findings stay, its content goes.

    Raises
    ------
    ValidationError
        It was accepted or thrown away already.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != Batch.Status.PREVIEWED:
        raise ValidationError(_("这一批已经处理过了。"), "not_previewed")
    batch.status = Batch.Status.DISCARDED
    batch.content = b""
    batch.save(update_fields=["status", "content"])
    record(
        action="imports.discard",
        subject=batch,
        by=by,
        at=at,
        before={"status": Batch.Status.PREVIEWED.value},
        after={"status": batch.status, "sha256": batch.sha256},
    )
