"""The register of forms: entered, corrected, stopped, their files kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.figures.actions import refresh
from wugeyi.organisations.models import Organisation
from wugeyi.reports import adapter
from wugeyi.reports.adapter import ReadForm
from wugeyi.reports.models import Form, Layout, LayoutField, LayoutFinding
from wugeyi.reports.queries.memory import learned_for
from wugeyi.reports.rules.answers import lasting_key
from wugeyi.reports.rules.entries import Entry

# A row's organisation is nobody yet when a form is only read.
SURE = {"same_name", "synonym", "other_order", "joined", "learned", "unknown_place"}
TOLD = ("name", "asker", "basis", "frequency", "approved_by", "valid_until")


@transaction.atomic
def register_form(
    *, entry: Entry, organisation: Organisation, by: User, at: datetime
) -> Form:
    """Enter a form in the register of an organisation."""
    form = Form.objects.create(
        organisation=organisation,
        registered_on=timezone.localdate(at),
        recorded_at=at,
        recorded_by=by,
        **asdict(entry),
    )
    record(
        action="reports.register_form",
        subject=form,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after=_told(asdict(entry)),
    )
    refresh(source="forms_asked", records=[form.pk], at=at, new=True)
    return form


def _told(values: Mapping[str, object]) -> dict[str, object]:
    return {name: values[name] for name in TOLD}


@transaction.atomic
def change_form(*, form: Form, entry: Entry, by: User, at: datetime) -> Form:
    """Correct the register's entry; the audit keeps what it said before."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    before = _told({name: getattr(form, name) for name in TOLD})
    for name, value in asdict(entry).items():
        setattr(form, name, value)
    form.save()
    record(
        action="reports.change_form",
        subject=form,
        by=by,
        at=at,
        organisation_id=form.organisation_id,
        before=before,
        after=_told(asdict(entry)),
    )
    refresh(source="forms_asked", records=[form.pk], at=at)
    return form


@transaction.atomic
def stop_form(*, form: Form, by: User, at: datetime) -> Form:
    """Say that a form is asked no longer; what was filled stays.

    Raises
    ------
    ValidationError
        It was stopped already.
    """
    form = Form.objects.select_for_update().get(pk=form.pk)
    if form.stopped_at is not None:
        raise ValidationError(_("这张表已经停止了。"), "stopped")
    form.stopped_at = at
    form.save(update_fields=["stopped_at"])
    record(
        action="reports.stop_form",
        subject=form,
        by=by,
        at=at,
        organisation_id=form.organisation_id,
        before={"name": form.name},
    )
    return form


@transaction.atomic
def add_layout(
    *, form: Form, filename: str, content: bytes, read: ReadForm, by: User, at: datetime
) -> Layout:
    """Keep the file of a form, byte for byte, with what it asks; the same file once.

    ``read`` is the file as read before, outside the transaction.
    """
    digest = hashlib.sha256(content).hexdigest()
    last = form.layouts.order_by("-pk").first()
    if last is not None and last.sha256 == digest:
        return last
    keys = adapter.keys(read)
    layout = Layout.objects.create(
        form=form,
        filename=filename[-200:],
        sha256=digest,
        content=content,
        title=" ".join(read.title.split())[:200],
        fields=len(keys),
        read_at=at,
        read_by=by,
    )
    codes = _codes(form, read, at)
    LayoutField.objects.bulk_create(
        LayoutField(
            layout=layout,
            where=where[:60],
            key=lasting_key(key, form.pk)[:300],
            label=label[:300],
            code=codes.get((where, label), ""),
        )
        for where, key, label in keys
    )
    LayoutFinding.objects.bulk_create(
        LayoutFinding(
            layout=layout,
            severity=each.severity.value,
            code=each.code,
            where=each.where[:60],
            value=each.value[:200],
            other=each.other[:200],
        )
        for each in read.findings
    )
    record(
        action="reports.add_layout",
        subject=layout,
        by=by,
        at=at,
        organisation_id=form.organisation_id,
        after={"sha256": digest, "fields": layout.fields},
    )
    return layout


def _codes(form: Form, read: ReadForm, at: datetime) -> dict[tuple[str, str], str]:
    """Return what is on record for the fields, where that is certain."""
    today = timezone.localdate(at)
    first, last = adapter.period_of(read) or (today.replace(month=1, day=1), today)
    matches = adapter.match(
        read,
        learned=learned_for(form, form.organisation),
        first=first,
        last=last,
        places={},
    )
    return {
        (each.field.where, each.field.label): each.term.code
        for each in matches
        if each.term is not None and all(r.code in SURE for r in each.reasons)
    }
