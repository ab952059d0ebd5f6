"""Pages of a line's records: look, add, change from a day on, end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.buslines.actions import dated
from wugeyi.buslines.actions import records as actions
from wugeyi.buslines.forms.records import EndForm, RecordForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Line, Spot
from wugeyi.buslines.queries import records as queries
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views import files, singles
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    key_of,
    line_of,
    page_keys,
    readers,
    show,
    writable,
    writers,
)
from wugeyi.buslines.views.kinds import CODED, Kind
from wugeyi.buslines.views.tabs import record_tabs

PAGES = {**singles.PAGES, "ways": files.ways, "timetable": files.timetable}


@require_safe
@readers
def records(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Show one kind of records."""
    line = line_of(request, pk)
    context = {
        **frame(request, line),
        "page": "records",
        "kind": kind,
        "tabs": record_tabs(line, kind),
        "today": timezone.localdate(),
        "ended": request.GET.get("ended") == "1",
    }
    if kind in PAGES:
        return PAGES[kind](request, line, context)
    if kind not in CODED:
        raise Http404
    shown = CODED[kind]
    page = queries.page(
        line,
        kind,
        today=context["today"],
        ended=context["ended"],
        stop=key_of(request.GET.get("stop", "")),
        **page_keys(request),
    )
    context |= {
        "shown": shown,
        "pages": page,
        "rows": [
            (row, [(column, column.cell(row)) for column in shown.columns])
            for row in page.rows
        ],
    }
    return show(request, "records.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def new(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Write down a record."""
    line = writable(request, pk)
    if kind in singles.NEW:
        return singles.NEW[kind](request, line)
    if kind not in CODED:
        raise Http404
    shown = CODED[kind]
    if request.method == "POST":
        form = shown.form(request.POST, line=line)
        if form.is_valid() and _add(request, line, kind, form):
            messages.success(request, _("记下了。"))
            return redirect("buslines:records", pk=pk, kind=kind)
    else:
        initial = {
            "on": timezone.localdate(),
            "code": queries.proposed_code(line, kind, shown.letters),
        }
        form = shown.form(initial=initial, line=line)
    return _form(request, line, shown, form, title=str(shown.add))


def _add(request: StaffRequest, line: Line, kind: str, form: RecordForm) -> bool:
    try:
        actions.add(
            queries.MODELS[kind],  # type: ignore[type-var]
            line=line,
            values=form.values(),
            valid_from=form.cleaned_data["on"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        _refuse(form, refused)
        return False
    return True


def _refuse(form: RecordForm, refused: Refused) -> None:
    field = str(refused.values.get("field", ""))
    if refused.why.value == "code_taken":
        field = "code"
    form.add_error(field if field in form.fields else None, explain(refused))


def _form(
    request: StaffRequest,
    line: Line,
    shown: Kind,
    form: RecordForm,
    *,
    title: str,
    row: Any = None,
) -> HttpResponse:
    context = {
        **frame(request, line),
        "form": form,
        "title": title,
        "row": row,
        "kind": shown.name,
        "kind_label": shown.label,
        "back_url": reverse("buslines:records", args=[line.pk, shown.name]),
    }
    status = 422 if form.is_bound else 200
    return show(request, "record_form.html", context, status=status)


def row_of(line: Line, kind: str, row: int) -> Any:
    """Return a record of a line; 404 for any other."""
    found = queries.one(line, kind, row) if kind in queries.MODELS else None
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def edit(request: StaffRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Let a record say something else from a day on."""
    line = writable(request, pk)
    if kind not in CODED:
        raise Http404
    shown, found = CODED[kind], row_of(line, kind, row)
    today = timezone.localdate()
    initial = {
        **shown.form.initial_of(found),
        "on": max(today, found.valid_from),
        "version": found.version,
    }
    form = shown.form(request.POST or None, initial=initial, line=line, row=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                row=found,
                values=form.values(),
                on=form.cleaned_data["on"] or today,
                by=request.user,
                at=timezone.now(),
                version=form.cleaned_data["version"],
            )
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("已更改。以前的照旧留着。"))
            return redirect("buslines:records", pk=pk, kind=kind)
    return _form(request, line, shown, form, title=str(found), row=found)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def end(request: StaffRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Let a record hold no longer, after asking once more."""
    line = writable(request, pk)
    found = row_of(line, kind, row)
    initial = {"on": timezone.localdate(), "version": found.version}
    form = EndForm(request.POST or None, initial=initial)
    back = reverse("buslines:records", args=[pk, kind])
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {
            **form.cleaned_data,
            "by": request.user,
            "at": timezone.now(),
        }
        try:
            if isinstance(found, Spot):
                actions.end_spot(spot=found, **values)
            else:
                dated.end(row=found, **values)
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("已停用。以前的照旧留着。"))
            return redirect(back)
    context = {
        "title": _("停用“%(name)s”？") % {"name": found},
        "text": _("从那天起不再算它；以前的方案和记录都留着。"),
        "form": form,
        "button": _("停用"),
        "dangerous": True,
        "back_url": back,
        "now": timezone.now(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "ui/confirm.html", context, status=status)
