"""Cells by hand: confirm what a label means, answer, choose between two answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.reports.actions import cells as actions
from wugeyi.reports.forms.filling import typed
from wugeyi.reports.models import Cell, Known
from wugeyi.reports.rules import access
from wugeyi.reports.views.common import cell_or_404, filling_or_404, may
from wugeyi.reports.views.fillings import Returned, filling_page

MOST = 2_000


@require_POST
@staff(*access.WRITES)
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one decision about a cell: what it means, whose answer, or nothing."""
    cell = cell_or_404(request, pk)
    may(access.fills(request.reach, cell.filling.organisation.path))
    at, by = timezone.now(), request.user
    act = request.POST.get("act", "")
    code = request.POST.get("code", "")
    try:
        if act == "confirm" and code:
            actions.confirm_match(cell=cell, code=code, by=by, at=at)
            messages.success(request, _("记住了：以后同样的格子会自动填。"))
        elif act == "confirm":
            actions.reject_match(cell=cell, by=by, at=at)
        elif act == "choose":
            return _choose(request, cell)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return _back(cell)


def _choose(request: StaffRequest, cell: Cell) -> HttpResponse:
    key = request.POST.get("known", "")
    known = Known.objects.filter(
        pk=int(key) if key.isdigit() and len(key) < 16 else 0,
        organisation=cell.organisation,
        key=cell.key,
    ).first()
    own = request.POST.get("value", "")
    if known is None:
        raise ValidationError(_("那个答案不在了。请重新填。"), "gone")
    try:
        value = typed(own) if own else ""
        actions.choose_answer(
            cell=cell, known=known, value=value, by=request.user, at=timezone.now()
        )
    except actions.AlreadyAnsweredError as conflict:
        return _conflict(request, cell, conflict)
    return _back(cell)


def _conflict(
    request: StaffRequest, cell: Cell, conflict: actions.AlreadyAnsweredError
) -> HttpResponse:
    back = Returned()
    _keep(back, cell.pk, conflict)
    return filling_page(request, cell.filling, returned=back, status=409)


def _keep(back: Returned, key: int, conflict: actions.AlreadyAnsweredError) -> None:
    back.typed[key] = conflict.offered
    back.known[key] = conflict.known
    back.errors[key] = _("刚才有人填了不一样的答案，请选一个。")


@require_POST
@staff(*access.WRITES)
def answers(request: StaffRequest, pk: int) -> HttpResponse:
    """Take everything that was typed; what is refused comes back as it was typed."""
    filling = filling_or_404(request, pk)
    may(access.fills(request.reach, filling.organisation.path))
    cells = {cell.pk: cell for cell in filling.cells.all()[:MOST]}
    for cell in cells.values():
        cell.filling = filling
    back, done = Returned(), 0
    for key, cell in cells.items():
        text = request.POST.get(f"value-{key}", "")
        if not text.strip():
            continue
        seen = request.POST.get(f"seen-{key}", "")
        try:
            actions.answer(
                cell=cell,
                value=typed(text),
                seen=int(seen) if seen.isdigit() and len(seen) < 16 else None,
                by=request.user,
                at=timezone.now(),
            )
            done += 1
        except actions.AlreadyAnsweredError as conflict:
            _keep(back, key, conflict)
        except ValidationError as problem:
            back.typed[key], back.errors[key] = text, problem.messages[0]
    _leave(request, cells)
    if done:
        messages.success(
            request,
            ngettext("填好了 %(n)s 格。", "填好了 %(n)s 格。", done) % {"n": done},
        )
    if back.errors:
        status = 409 if back.known else 422
        return filling_page(request, filling, returned=back, status=status)
    return redirect(reverse("reports:filling", args=[filling.pk]) + "#missing")


def _leave(request: StaffRequest, cells: dict[int, Cell]) -> None:
    """Leave the one cell empty whose button was pressed; what was typed is kept."""
    key = request.POST.get("leave", "")
    cell = cells.get(int(key)) if key.isdigit() and len(key) < 16 else None
    if cell is None:
        return
    try:
        actions.leave_empty(cell=cell, by=request.user, at=timezone.now())
    except ValidationError as problem:
        messages.error(request, problem.messages[0])


def _back(cell: Cell) -> HttpResponse:
    return redirect(reverse("reports:filling", args=[cell.filling_id]) + "#todo")
