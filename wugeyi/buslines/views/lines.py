"""Lines: the list, a new one, its settings, its end."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.buslines.actions import lines as actions
from wugeyi.buslines.actions.lines import NewLine
from wugeyi.buslines.forms.lines import ChangeForm, CloseForm, NewForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Line
from wugeyi.buslines.queries import lists, overview
from wugeyi.buslines.queries.editions import in_force
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    line_of,
    page_keys,
    readers,
    show,
    writable,
    writers,
)
from wugeyi.buslines.views.linepage import told_of
from wugeyi.casework.forms.picking import described
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import held, lineages

SETTINGS = ("number", "name", "name_en", "pricing", "phone", "note", "opened_on")


@require_safe
@readers
def lines(request: StaffRequest) -> HttpResponse:
    """Show one page of lines, and those that stop in one's villages."""
    ended = request.GET.get("ended") == "1"
    page = lists.lines(
        request.reach,
        **page_keys(request),
        ended=ended,
    )
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": _placed(page.rows),
        "ended": ended,
        "writes": request.reach.holds(*access.WRITES),
        "villages": overview.villages(request.reach, on=today),
    }
    return show(request, "list.html", context)


def _placed(rows: list[Line]) -> list[tuple[Line, str]]:
    units = {row.organisation_id: row.organisation for row in rows}
    above = lineages(units.values()) if units else {}
    return [
        (row, described(row.organisation, above[row.organisation_id])) for row in rows
    ]


@require_safe
@readers
def line(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a line: what it is, what it is planned from, what is wrong with that."""
    found = line_of(request, pk)
    today = timezone.localdate()
    seen = overview.seen(found, on=today)
    context = {
        **frame(request, found),
        "page": "line",
        "today": today,
        "seen": seen,
        "edition": in_force(found, today),
        **told_of(found, seen),
    }
    return show(request, "line.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def new(request: StaffRequest) -> HttpResponse:
    """Begin a line."""
    own = list(held(request.reach, access.WRITES))
    usual: dict[str, Any] = {
        "roots": request.reach.roots(access.WRITES),
        "suggested": _described(own),
    }
    if request.method == "POST":
        form = NewForm(request.POST, **usual)
        if form.is_valid():
            made = _create(request, form)
            if made is not None:
                messages.success(request, _("线路建好了。接下来登记站点和市场。"))
                return redirect("buslines:line", pk=made.pk)
    else:
        initial = {"client_id": uuid4()}
        if len(own) == 1:
            initial["to_pick"] = str(own[0].pk)  # type: ignore[assignment]
        form = NewForm(initial=initial, **usual)
    context = {"form": form, "title": _("建一条惠农专线")}
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


def _create(request: StaffRequest, form: NewForm) -> Line | None:
    values = form.cleaned_data
    if values["to"] is None:
        return None
    try:
        return actions.create(
            new=NewLine(
                client_id=values["client_id"],
                organisation=values["to"],
                **{name: values[name] for name in SETTINGS},
            ),
            by=request.user,
            at=timezone.now(),
        ).line
    except Refused as refused:
        form.add_error(None, explain(refused))
        return None


def _described(own: list[Organisation]) -> list[tuple[Organisation, str]]:
    above = lineages(own) if own else {}
    return [(unit, described(unit, above[unit.pk])) for unit in own]


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change the settings of a line."""
    found = writable(request, pk)
    if request.method == "POST":
        form = ChangeForm(request.POST)
        if form.is_valid():
            try:
                actions.change(
                    line=found,
                    values={name: form.cleaned_data[name] for name in SETTINGS},
                    by=request.user,
                    at=timezone.now(),
                    version=form.cleaned_data["version"],
                )
            except Refused as refused:
                form.add_error(None, explain(refused))
            else:
                messages.success(request, _("已更改。"))
                return redirect("buslines:line", pk=pk)
    else:
        known = {name: getattr(found, name) for name in SETTINGS}
        form = ChangeForm(initial={**known, "version": found.version})
    context = {
        **frame(request, found),
        "form": form,
        "title": _("线路的设置"),
        "back_url": reverse("buslines:line", args=[pk]),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """End a line, after asking once more."""
    found = writable(request, pk)
    initial = {"on": timezone.localdate(), "version": found.version}
    form = CloseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(
                line=found,
                on=form.cleaned_data["on"],
                by=request.user,
                at=timezone.now(),
                version=form.cleaned_data["version"],
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("已停运。以前的记录都留着。"))
            return redirect("buslines:line", pk=pk)
    context = {
        "title": _("停运这条线？"),
        "text": _("停运后不能再改它的记录，以前的都留着。"),
        "form": form,
        "button": _("停运"),
        "dangerous": True,
        "back_url": reverse("buslines:line", args=[pk]),
        "now": timezone.now(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "ui/confirm.html", context, status=status)
