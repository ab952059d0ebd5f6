"""A list of projects: kept for a preview, then taken over once."""

import hashlib
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import IntegrityError, transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.projects.actions.projects import Goal, Laid, Plan, count_new, lay
from wugeyi.projects.models import Project
from wugeyi.projects.queries.imports import ImportPlan, Ready, known
from wugeyi.projects.rules.refusals import Refused, Why

PREFIX = "projects:"


def kind_of(form: str) -> str:
    """Return what a batch of this sort of list is called in ``Batch.kind``."""
    return f"{PREFIX}{form}"


@transaction.atomic
def keep(
    *,
    form: str,
    unit: Organisation,
    filename: str,
    content: bytes,
    rows: int,
    by: User,
    at: datetime,
) -> Batch:
    """Keep a file to be looked at; nothing is taken over."""
    batch = Batch.objects.create(
        kind=kind_of(form),
        filename=filename[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        rows=rows,
        summary=unit.code,
        created_at=at,
        created_by=by,
    )
    record(
        action="projects.keep_list",
        subject=batch,
        by=by,
        at=at,
        organisation_id=unit.pk,
        after={"file": batch.filename, "sha256": batch.sha256, "rows": rows},
    )
    return batch


@transaction.atomic
def accept(*, batch: Batch, plan: ImportPlan, by: User, at: datetime) -> list[Project]:
    """Make a project of every row that is not there yet; all of the file or nothing.

    Raises
    ------
    Refused
        The file was taken over or thrown away already.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != Batch.Status.PREVIEWED:
        raise Refused(Why.NOT_PREVIEWED)
    # Asked again inside: another list may have brought some of them since the preview.
    there = known(each.identity for each in plan.ready)
    laid: list[Laid] = []
    for each in plan.ready:
        if each.identity in there:
            continue
        there.add(each.identity)
        try:
            with transaction.atomic():
                laid.append(lay(plan=_plan(each), cases=[], batch=batch, by=by, at=at))
        except IntegrityError:
            # Another list brought the same row at this very moment.
            continue
    if laid:
        count_new(laid, at=at)
    batch.status = Batch.Status.ACCEPTED
    batch.accepted_at = at
    batch.content = b""
    batch.summary = f"{len(laid)}/{batch.rows}"
    batch.save(update_fields=["status", "accepted_at", "content", "summary"])
    record(
        action="projects.import_list",
        subject=batch,
        by=by,
        at=at,
        after={
            "made": len(laid),
            "known": batch.rows - len(laid),
            "sha256": batch.sha256,
        },
    )
    return [each.project for each in laid]


def _plan(each: Ready) -> Plan:
    line = each.line
    return Plan(
        client_id=uuid5(NAMESPACE_URL, f"wugeyi:project:{each.identity}"),
        organisation=each.organisation,
        kind=line.kind,
        title=line.title,
        started_on=line.day,
        goal=Goal(text=line.goal),
        number=line.number,
        level=line.level,
        state=line.state,
        state_on=line.ended,
        state_reason=line.reason,
        budget_fen=line.budget_fen,
    )
