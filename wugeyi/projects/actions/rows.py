"""Withdrawing a row that was recorded by mistake: it stays, and counts nowhere."""

from datetime import datetime

from django.db import transaction

from wugeyi.figures.actions import refresh
from wugeyi.projects.actions.writing import By, note, own, take, touch
from wugeyi.projects.models import (
    Evidence,
    Milestone,
    Money,
    Partner,
    Project,
    Result,
    Risk,
    Undertaking,
)
from wugeyi.projects.rules.refusals import Refused, Why

Withdrawable = Evidence | Milestone | Money | Partner | Result | Risk | Undertaking
SOURCES: dict[type[Withdrawable], str] = {
    Money: "project_money",
    Partner: "project_partners",
    Result: "project_results",
}


@transaction.atomic
def withdraw_row(
    *,
    project: Project,
    row: Withdrawable,
    reason: str,
    by: By,
    at: datetime,
    version: int | None = None,
) -> None:
    """Take a row out of the project's sums and figures, and say why."""
    project = take(project, version=version)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    if isinstance(row, Money):
        fresh: Withdrawable = Money.objects.select_related("account").get(pk=row.pk)
        if row.account.project_id != project.pk:
            raise Refused(Why.NOT_YOURS)
        if fresh.withdrawn_at is not None:
            raise Refused(Why.WITHDRAWN)
    else:
        fresh = own(project, row)
    fresh.withdrawn_at = at
    fresh.save(update_fields=["withdrawn_at"])
    touch(project)
    note(
        project,
        action="withdraw_row",
        by=by,
        at=at,
        after={"row": f"{row._meta.model_name}", "key": row.pk, "reason": reason},
    )
    source = SOURCES.get(type(row))
    if source is not None:
        refresh(source=source, records=[row.pk], at=at)
