"""One cell at a time: confirm what it means, answer it, choose between two answers."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.audit.rules import Private
from wugeyi.reports import adapter
from wugeyi.reports.actions.filling import take
from wugeyi.reports.models import Cell, Filling, Known, Learned
from wugeyi.reports.queries import values
from wugeyi.reports.queries.memory import standing_answer
from wugeyi.reports.queries.plans import put_answer, take_figure, wanted_by
from wugeyi.reports.rules.answers import number_of


class AlreadyAnsweredError(Exception):
    """Somebody else answered the same thing meanwhile; both answers are kept apart."""

    def __init__(self, known: Known, offered: str) -> None:
        super().__init__(known.value)
        self.known = known
        self.offered = offered


def _locked(cell: Cell) -> tuple[Cell, Filling]:
    """Lock the filling, then read its cell afresh."""
    filling = take(cell.filling)
    found = Cell.objects.select_related("organisation", "known").get(pk=cell.pk)
    found.filling = filling
    if found.organisation is None:
        raise ValidationError(_("这一行没有对应的单位，请留空。"), "no_unit")
    return found, filling


def _tell(action: str, cell: Cell, *, by: User, at: datetime, before: str = "") -> None:
    def told(value: str) -> object:
        # A text may be somebody's name or number.
        plain = adapter.is_number(value) or not value
        return value if plain else Private(value, cell.filling.salt)

    record(
        action=f"reports.{action}",
        subject=cell,
        by=by,
        at=at,
        organisation_id=cell.organisation_id,
        before={"value": told(before)} if before else None,
        after={
            "cell": cell.where,
            "source": cell.source,
            "value": told(cell.value),
            "code": cell.code,
        },
    )


@transaction.atomic
def confirm_match(*, cell: Cell, code: str, by: User, at: datetime) -> Cell:
    """Say what a label means; every later form here and below remembers it.

    Cells of this filling under the same label are filled as well.

    Raises
    ------
    ValidationError
        Nothing on record has this code, or its unit measures something else.
    """
    cell, filling = _locked(cell)
    if code.startswith("@") or adapter.name_of(code) == code:
        raise ValidationError(_("没有这个指标。请从列出的里面选。"), "no_measure")
    same = list(
        filling.cells.filter(key=cell.key, source__in=["none", "left"])
        .exclude(organisation=None)
        .select_related("organisation")
    )
    for each in same:
        each.code, each.certainty, each.why = code, "certain", "learned"
        each.done_by, each.done_at = by, at
    wanted = {of for each in same if (of := wanted_by(each))}
    figures = values.read(filling.organisation, wanted)
    for each in same:
        of = wanted_by(each)
        take_figure(each, figures.get(of) if of else None, certain=True)
    if any(each.why == "unit_differs" for each in same):
        raise ValidationError(
            _("单位对不上：表里要“%(unit)s”。请手填这一格。") % {"unit": cell.unit},
            "unit_differs",
        )
    Cell.objects.bulk_update(
        same,
        [
            *("code", "certainty", "why", "done_by", "done_at", "source", "value"),
            *("is_number", "rounded", "version", "figure", "numerator", "denominator"),
        ],
    )
    _learn(cell, code, filling, by=by, at=at)
    cell.refresh_from_db()
    _tell("confirm_match", cell, by=by, at=at)
    return cell


def _learn(cell: Cell, code: str, filling: Filling, *, by: User, at: datetime) -> None:
    here = Learned.objects.filter(
        organisation=filling.organisation, key=cell.key, withdrawn_at=None
    )
    if here.filter(code=code).exists():
        return
    here.update(withdrawn_at=at)
    Learned.objects.create(
        organisation=filling.organisation,
        key=cell.key,
        label=cell.label,
        code=code,
        confirmed_at=at,
        confirmed_by=by,
    )


@transaction.atomic
def reject_match(*, cell: Cell, by: User, at: datetime) -> Cell:
    """Say that nothing on record belongs here: the cells under this label are typed."""
    cell, filling = _locked(cell)
    filling.cells.filter(key=cell.key, source="none").update(
        code="", others="", certainty="none", why="nothing_like_it", figure=None
    )
    before = cell.code
    cell.refresh_from_db()
    record(
        action="reports.reject_match",
        subject=cell,
        by=by,
        at=at,
        organisation_id=cell.organisation_id,
        before={"code": before},
        after={"cell": cell.where},
    )
    return cell


@transaction.atomic
def answer(*, cell: Cell, value: str, seen: int | None, by: User, at: datetime) -> Cell:
    """Fill a cell with what a person says, and keep it for every later form.

    ``seen`` is the key of the answer the person had before their eyes, if any.

    Raises
    ------
    AlreadyAnsweredError
        Somebody answered the same thing differently since; see ``choose_answer``.
    """
    cell, _filling = _locked(cell)
    known = standing_answer(cell)
    same = known is not None and _same(known, cell, value)
    if known is not None and not same and known.pk != seen:
        raise AlreadyAnsweredError(known, value)
    before = cell.value
    if known is None or not same:
        known = _keep(cell, value, replaces=known, by=by, at=at)
    _write(cell, known, by=by, at=at)
    _tell("answer", cell, by=by, at=at, before=before)
    return cell


@transaction.atomic
def choose_answer(
    *, cell: Cell, known: Known, value: str, by: User, at: datetime
) -> Cell:
    """Choose between the answer that stands and one's own (``value``; empty: theirs).

    The other answer is not lost: it stays in the table, withdrawn.

    Raises
    ------
    AlreadyAnsweredError
        The standing answer is another one by now.
    """
    cell, _filling = _locked(cell)
    standing = standing_answer(cell)
    if standing is None or standing.pk != known.pk:
        if standing is not None:
            raise AlreadyAnsweredError(standing, value or known.value)
        raise ValidationError(_("那个答案刚刚被撤回了。请重新填。"), "withdrawn")
    before = cell.value
    if value and value != standing.value:
        kept = _keep(cell, value, replaces=standing, by=by, at=at)
        _write(cell, kept, by=by, at=at)
    else:
        put_answer(cell, standing)
        _done(cell, by=by, at=at)
    _tell("choose_answer", cell, by=by, at=at, before=before)
    return cell


def _same(known: Known, cell: Cell, value: str) -> bool:
    """Tell whether an answer says the same, if perhaps in another unit."""
    unit = cell.unit if number_of(value) is not None else ""
    amount = adapter.same_amount(known.value, known.unit, unit)
    return amount is not None and amount.text == value


def _keep(
    cell: Cell, value: str, *, replaces: Known | None, by: User, at: datetime
) -> Known:
    if replaces is not None:
        replaces.withdrawn_at = at
        replaces.save(update_fields=["withdrawn_at"])
    assert cell.organisation is not None  # noqa: S101 (see _locked)
    return Known.objects.create(
        organisation=cell.organisation,
        key=cell.key,
        label=cell.label,
        first=cell.first,
        last=cell.last,
        unit=cell.unit if number_of(value) is not None else "",
        value=value,
        recorded_at=at,
        recorded_by=by,
        replaces=replaces,
    )


def _write(cell: Cell, known: Known, *, by: User, at: datetime) -> None:
    put_answer(cell, known)
    cell.source = Cell.Source.HAND
    _done(cell, by=by, at=at)


def _done(cell: Cell, *, by: User, at: datetime) -> None:
    cell.done_by, cell.done_at = by, at
    cell.save()


@transaction.atomic
def leave_empty(*, cell: Cell, by: User, at: datetime) -> Cell:
    """Leave a cell empty on purpose: nothing is known, and nothing is made up."""
    cell, _filling = _locked(cell)
    before = cell.value
    cell.source, cell.value, cell.is_number = Cell.Source.LEFT, "", False
    cell.known = None
    _done(cell, by=by, at=at)
    _tell("leave_empty", cell, by=by, at=at, before=before)
    return cell


@transaction.atomic
def forget_match(*, learned: Learned, by: User, at: datetime) -> None:
    """Withdraw a remembered pair; forms already filled keep what they have.

    Raises
    ------
    ValidationError
        It was withdrawn already.
    """
    learned = Learned.objects.select_for_update(of=("self",)).get(pk=learned.pk)
    if learned.withdrawn_at is not None:
        raise ValidationError(_("这一条已经撤回了。"), "withdrawn")
    learned.withdrawn_at = at
    learned.save(update_fields=["withdrawn_at"])
    record(
        action="reports.forget_match",
        subject=learned,
        by=by,
        at=at,
        organisation_id=learned.organisation_id,
        before={"code": learned.code},
    )
