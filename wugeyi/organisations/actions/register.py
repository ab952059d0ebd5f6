"""A register file: looked at first, taken over when someone accepts it.

Up to ``AUDIT_EACH`` changed units leave an event each, as if each had been changed by
hand. A larger file leaves one event with its digest and counts: the file itself, kept
by whoever sent it, says more than half a million events, and the digest proves it.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.imports.actions import keep_findings
from wugeyi.imports.models import Batch
from wugeyi.imports.queries import accepted_before
from wugeyi.imports.rules import Finding, info
from wugeyi.imports.tables import read_table
from wugeyi.organisations.actions.checks import effective
from wugeyi.organisations.actions.loading import Progress, add_many, silent
from wugeyi.organisations.actions.tree import lock_tree, reparent
from wugeyi.organisations.actions.units import end, set_name
from wugeyi.organisations.models import (
    Organisation,
    RegisterEdition,
    Succession,
    TreeView,
)
from wugeyi.organisations.queries.register import known_units
from wugeyi.organisations.rules import register_file
from wugeyi.organisations.rules.register import Plan, Row, Scope, compare

KIND = "register"
AUDIT_EACH = 500


class File(NamedTuple):
    """A file as it was sent."""

    name: str
    content: bytes


class Reading(NamedTuple):
    """The rows of one or several files, what was noticed in reading, and a digest."""

    rows: list[Row]
    findings: list[Finding]
    sha256: str


def read_files(files: Sequence[File]) -> Reading:
    """Read register files into rows; writes nothing."""
    rows: list[Row] = []
    findings: list[Finding] = []
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.content).digest())
        table = read_table(file.content)
        found, missing = register_file.columns(table)
        findings += [*table.findings, *missing]
        if table.readable and not missing:
            rows.extend(register_file.rows(table, found))
    if len(files) == 1:
        return Reading(rows, findings, hashlib.sha256(files[0].content).hexdigest())
    return Reading(rows, findings, digest.hexdigest())


def plan_for(reading: Reading, root: Organisation | None, *, complete: bool) -> Plan:
    """Compare what was read with the register; writes nothing."""
    # A file that could not be read wholly must not look like a complete edition.
    complete = complete and not any(f.severity == "error" for f in reading.findings)
    known = known_units(reading.rows, root, complete=complete)
    scope = Scope(root.code if root is not None else None, complete)
    plan = compare(reading.rows, known, scope)
    plan.findings[:0] = reading.findings
    return plan


@transaction.atomic
def preview_register(
    *,
    files: Sequence[File],
    source: str,
    on: date | None,
    complete: bool,
    root: Organisation | None,
    by: User | None,
    at: datetime,
    keep: bool = True,
    reading: Reading | None = None,
    plan: Plan | None = None,
) -> Batch:
    """Keep a file with what was found in it; the register stays as it is.

    Parameters
    ----------
    on
        From when the changes count; None: additions since ever, changes today.
    complete
        The file lists everything below ``root``: what it leaves out was abolished.
    keep
        Store the content, so that it can be accepted later. The command line reads
        large files from disk instead, and only their digest is stored.
    reading, plan
        What was read and compared already.
    """
    if on is not None:
        effective(on, at)
    reading = reading or read_files(files)
    plan = plan or plan_for(reading, root, complete=complete)
    earlier = accepted_before(KIND, reading.sha256)
    if earlier is not None:
        plan.findings.insert(
            0, info(0, "already_imported", f"{earlier.accepted_at:%Y-%m-%d}")
        )
    batch = Batch.objects.create(
        kind=KIND,
        filename=_names(files),
        sha256=reading.sha256,
        content=files[0].content if keep and len(files) == 1 else b"",
        rows=plan.rows,
        created_at=at,
        created_by=by,
    )
    RegisterEdition.objects.create(
        batch=batch, source=source, on=on, complete=complete, root=root, **_counts(plan)
    )
    keep_findings(batch, plan.findings)
    record(
        action="organisations.preview_register",
        subject=batch,
        by=by,
        at=at,
        organisation_id=root.pk if root is not None else None,
        after={"file": batch.filename, "sha256": batch.sha256, "rows": plan.rows},
    )
    return batch


@transaction.atomic
def accept_register(
    *,
    batch: Batch,
    by: User | None,
    at: datetime,
    skip_errors: bool = False,
    reading: Reading | None = None,
    plan: Plan | None = None,
    progress: Progress = silent,
) -> RegisterEdition:
    """Take over a previewed file; a second time changes nothing.

    The file is compared with the register again, as it may have changed since the
    preview, unless a ``plan`` made under the lock of this transaction is given. The
    counts of the edition say what was done.

    Raises
    ------
    ValidationError
        Rows have errors and ``skip_errors`` was not chosen, the batch was thrown
        away, or its file was not kept.
    """
    view = lock_tree()
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    edition = batch.register_edition
    if batch.status == Batch.Status.ACCEPTED:
        return edition
    if batch.status == Batch.Status.DISCARDED:
        raise ValidationError(_("这一批已经放弃，请重新上传。"), "discarded")
    if plan is None:
        reading = reading or _kept(batch)
        plan = plan_for(reading, edition.root, complete=edition.complete)
    if plan.errors and not skip_errors:
        raise ValidationError(
            _("有 %(count)s 处错误。请改好文件重新上传，或者选择跳过有错的行。"),
            "has_errors",
            {"count": plan.errors},
        )
    _Acceptance(plan, edition, view, by, at).carry_out(progress)
    for name, count in _counts(plan).items():
        setattr(edition, name, count)
    edition.save()
    batch.status = Batch.Status.ACCEPTED
    batch.accepted_at = at
    batch.save(update_fields=["status", "accepted_at"])
    record(
        action="organisations.accept_register",
        subject=batch,
        by=by,
        at=at,
        organisation_id=edition.root_id,
        after={
            "file": batch.filename,
            "sha256": batch.sha256,
            "rows": plan.rows,
            "skipped_errors": plan.errors,
            **_counts(plan),
        },
    )
    return edition


def _kept(batch: Batch) -> Reading:
    if not batch.content:
        raise ValidationError(_("没有保存这个文件，请重新上传。"), "not_kept")
    return read_files([File(batch.filename, bytes(batch.content))])


class _Acceptance:
    """One plan being carried out, in the order that leaves no gap."""

    def __init__(
        self,
        plan: Plan,
        edition: RegisterEdition,
        view: TreeView,
        by: User | None,
        at: datetime,
    ) -> None:
        self.plan = plan
        self.edition = edition
        self.view = view
        self.by = by
        self.at = at
        self.day = effective(edition.on, at)
        self.each = plan.changes <= AUDIT_EACH

    def carry_out(self, progress: Progress) -> None:
        plan = self.plan
        keys = add_many(
            plan.additions,
            view=self.view,
            on=self.edition.on,
            source=self.edition.source,
            progress=progress,
        )
        if self.each:
            for unit in Organisation.objects.filter(pk__in=keys.values()).order_by(
                "pk"
            ):
                self._record("add", unit, {}, {"code": unit.code, "name": unit.name})
        for code, name in plan.renames:
            self._rename(code, name)
        for code, kind in plan.kinds:
            self._retype(code, kind)
        for code, parent in plan.moves:
            self._move(code, parent)
        for code, successor in plan.mergers:
            self._merge(code, successor)
        for code in plan.abolitions:
            self._abolish(code)

    def _rename(self, code: str, name: str) -> None:
        unit = _by_code(code)
        before = unit.name
        set_name(unit, name, self.day)
        self._record("rename", unit, {"name": before}, {"name": name})

    def _retype(self, code: str, kind: str) -> None:
        unit = _by_code(code)
        before, unit.kind = unit.kind, kind
        unit.save(update_fields=["kind"])
        self._record("retype", unit, {"kind": before}, {"kind": kind})

    def _move(self, code: str, parent: str) -> None:
        unit = _by_code(code)
        before = unit.path
        reparent(unit, _by_code(parent) if parent else None, self.view, self.day)
        self._record("move", unit, {"path": before}, {"path": unit.path})

    def _merge(self, code: str, successor: str) -> None:
        unit, into = _by_code(code), _by_code(successor)
        for child in unit.children.filter(valid_to=None).order_by("id"):
            reparent(child, into, self.view, self.day)
        end(unit, self.day)
        Succession.objects.create(
            predecessor=unit,
            successor=into,
            kind=Succession.Kind.MERGED,
            on=self.day,
        )
        self._record("merge", unit, {"valid_to": None}, {"into": into.pk})

    def _abolish(self, code: str) -> None:
        unit = _by_code(code)
        end(unit, self.day)
        self._record("abolish", unit, {"valid_to": None}, {"valid_to": self.day})

    def _record(
        self,
        what: str,
        unit: Organisation,
        before: dict[str, object],
        after: dict[str, object],
    ) -> None:
        if self.each:
            record(
                action=f"organisations.{what}",
                subject=unit,
                by=self.by,
                at=self.at,
                organisation_id=unit.pk,
                before=before,
                after=after | {"batch": self.edition.batch_id},
            )


def _by_code(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def _counts(plan: Plan) -> dict[str, int]:
    return {
        "added": len(plan.additions),
        "renamed": len(plan.renames),
        "moved": len(plan.moves),
        "retyped": len(plan.kinds),
        "merged": len(plan.mergers),
        "abolished": len(plan.abolitions),
        "unchanged": plan.unchanged,
        "errors": plan.errors,
    }


def _names(files: Sequence[File]) -> str:
    return "、".join(file.name for file in files)[:200]
