"""A form filled for an organisation: begun, read again, frozen, given up."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.figures.actions import refresh
from wugeyi.organisations.models import Organisation
from wugeyi.reports.adapter import ReadForm
from wugeyi.reports.models import Cell, Filling, Layout
from wugeyi.reports.queries import values
from wugeyi.reports.queries.plans import Errand, plan, take_figure, wanted_by

FIGURE_COLUMNS = (
    "source",
    "value",
    "is_number",
    "rounded",
    "version",
    "figure",
    "numerator",
    "denominator",
    "why",
)


@transaction.atomic
def begin(
    *,
    layout: Layout,
    read: ReadForm,
    organisation: Organisation,
    first: date,
    last: date,
    by: User,
    at: datetime,
) -> Filling:
    """Begin to fill a form: what is on record goes into its cells at once.

    ``read`` is the layout's file as read before.
    """
    filling = Filling.objects.create(
        layout=layout,
        form=layout.form,
        organisation=organisation,
        first=first,
        last=last,
        as_of=at,
        begun_at=at,
        begun_by=by,
    )
    errand = Errand(layout.form, organisation, first, last, by.name or str(by), at)
    cells = plan(read, errand)
    for cell in cells:
        cell.filling = filling
    Cell.objects.bulk_create(cells, batch_size=500)
    record(
        action="reports.begin_filling",
        subject=filling,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={
            "fields": len(cells),
            "cells_system": sum(1 for cell in cells if cell.by_system),
        },
    )
    return filling


def take(filling: Filling) -> Filling:
    """Lock a filling that is still open.

    Raises
    ------
    ValidationError
        It is frozen or was given up.
    """
    found = (
        Filling.objects.select_for_update(of=("self",))
        .select_related("organisation", "form", "layout")
        .get(pk=filling.pk)
    )
    if found.state != Filling.State.OPEN:
        raise ValidationError(
            _("这张表已经定稿或放弃，不能再改。要改请重新填一份。"), "not_open"
        )
    return found


@transaction.atomic
def read_again(*, filling: Filling, by: User, at: datetime) -> int:
    """Take the figures as they are now; return how many cells changed.

    What people typed or chose stays.
    """
    filling = take(filling)
    cells = [
        cell
        for cell in filling.cells.order_by("number").select_related("organisation")
        if cell.source in {Cell.Source.FIGURE, Cell.Source.NONE} and wanted_by(cell)
    ]
    figures = values.read(
        filling.organisation, {of for cell in cells if (of := wanted_by(cell))}
    )
    changed = []
    for cell in cells:
        before = (cell.source, cell.value, cell.figure)
        certain = cell.source == Cell.Source.FIGURE or cell.certainty == "certain"
        cell.source, cell.value, cell.is_number = Cell.Source.NONE, "", False
        of = wanted_by(cell)
        take_figure(cell, figures.get(of) if of else None, certain=certain)
        if (cell.source, cell.value, cell.figure) != before:
            changed.append(cell)
    Cell.objects.bulk_update(changed, FIGURE_COLUMNS, batch_size=500)
    filling.as_of = at
    filling.save(update_fields=["as_of"])
    record(
        action="reports.read_again",
        subject=filling,
        by=by,
        at=at,
        organisation_id=filling.organisation_id,
        after={"changed": len(changed)},
    )
    return len(changed)


@transaction.atomic
def freeze(*, filling: Filling, by: User, at: datetime) -> Filling:
    """Declare a filled form final; its cells and their sources stay as they are.

    Empty cells are allowed: 无记录 is not 0, and no number is made up.
    """
    filling = take(filling)
    sources = list(filling.cells.values_list("source", "certainty"))
    system = {Cell.Source.FIGURE, Cell.Source.TEXT, Cell.Source.KNOWN}
    filling.cells_system = sum(1 for source, _sure in sources if source in system)
    filling.cells_hand = sum(1 for source, _sure in sources if source == "hand")
    filling.cells_empty = len(sources) - filling.cells_system - filling.cells_hand
    filling.state = Filling.State.FROZEN
    filling.frozen_at, filling.frozen_on = at, timezone.localdate(at)
    filling.frozen_by = by
    filling.save()
    record(
        action="reports.freeze_filling",
        subject=filling,
        by=by,
        at=at,
        organisation_id=filling.organisation_id,
        after={
            "cells_system": filling.cells_system,
            "cells_hand": filling.cells_hand,
        },
    )
    refresh(source="forms_filled", records=[filling.pk], at=at)
    return filling


@transaction.atomic
def discard(*, filling: Filling, by: User, at: datetime) -> Filling:
    """Give a filling up; its answers stay known for the next one."""
    filling = take(filling)
    filling.state = Filling.State.DISCARDED
    filling.save(update_fields=["state"])
    record(
        action="reports.discard_filling",
        subject=filling,
        by=by,
        at=at,
        organisation_id=filling.organisation_id,
        before={"state": Filling.State.OPEN.value},
        after={"state": filling.state},
    )
    return filling
