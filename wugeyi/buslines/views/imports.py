"""Tables of a line: hand out, take in, look at, take over."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.buslines.actions import importing as actions
from wugeyi.buslines.adapter import tables
from wugeyi.buslines.forms.imports import TablesForm, TakeForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Line
from wugeyi.buslines.queries.handout import handout
from wugeyi.buslines.queries.importing import Compared, compared
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    line_of,
    readers,
    show,
    writable,
    writers,
)
from wugeyi.buslines.views.importpage import faults, shown_steps, summary
from wugeyi.buslines.views.linepage import plainly
from wugeyi.imports.actions import discard
from wugeyi.imports.models import Batch
from wugeyi.imports.queries import accepted_before
from wugeyi.ui import phrases

RECENT = 10


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def upload(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a file and read it; nothing is written down yet."""
    line = writable(request, pk)
    form = TablesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = _keep(request, line, form)
        if batch is not None:
            return redirect("buslines:import-batch", pk=pk, batch=batch.pk)
    recent = Batch.objects.filter(kind=actions.kind_of(line)).defer("content")
    context = {
        **frame(request, line),
        "page": "records",
        "form": form,
        "recent": recent.order_by("-pk")[:RECENT],
    }
    return show(request, "import.html", context, status=422 if form.errors else 200)


def _keep(request: StaffRequest, line: Line, form: TablesForm) -> Batch | None:
    file = form.cleaned_data["file"]
    content = file.read()
    given = tables.read(content, file.name)
    if not given.titles:
        for finding in given.findings:
            form.add_error("file", plainly(finding))
        return None
    try:
        return actions.keep(
            line=line,
            filename=file.name,
            content=content,
            rows=sum(len(rows) for rows in given.rows.values()),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, explain(refused))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def batch(request: StaffRequest, pk: int, batch: int) -> HttpResponse:
    """Show what a file would change; take it over, or throw it away."""
    line = writable(request, pk)
    found = Batch.objects.filter(pk=batch, kind=actions.kind_of(line)).first()
    if found is None:
        raise Http404
    context = {**frame(request, line), "page": "records", "batch": found}
    if found.status != Batch.Status.PREVIEWED:
        return show(request, "import_done.html", context)
    act = request.POST.get("act", "")
    if act == "discard":
        return _discard(request, line, found)
    form = _asked(request)
    given = tables.read(bytes(found.content), found.filename)
    values = form.cleaned_data if form.is_valid() else {}
    made = compared(
        line,
        given,
        on=values.get("on") or timezone.localdate(),
        end_missing=bool(values.get("end_missing")),
        filename=found.filename,
    )
    if act == "accept" and form.is_valid() and made.does:
        done = _accept(request, line, found, made)
        if done is not None:
            return done
    before = accepted_before(found.kind, found.sha256)
    context |= {
        "form": form,
        "made": made,
        "summary": summary(made),
        "steps": shown_steps(made),
        "faults": faults(made),
        "findings": [plainly(each) for each in given.findings],
        "known": before,
    }
    return show(request, "import_batch.html", context)


def _asked(request: StaffRequest) -> TakeForm:
    usual: dict[str, Any] = {"on": timezone.localdate().isoformat()}
    sent = request.POST if request.method == "POST" else request.GET
    return TakeForm(sent if "on" in sent else usual)


def _discard(request: StaffRequest, line: Line, found: Batch) -> HttpResponse:
    try:
        discard(batch=found, by=request.user, at=timezone.now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("这个文件已放弃，什么也没有写入。"))
    return redirect("buslines:import", pk=line.pk)


def _accept(
    request: StaffRequest, line: Line, found: Batch, made: Compared
) -> HttpResponse | None:
    try:
        n = actions.accept(
            batch=found, line=line, steps=made.steps, by=request.user, at=timezone.now()
        )
    except Refused as refused:
        text = _("没有写入，文件还在：%(why)s") % {"why": explain(refused)}
        messages.error(request, text)
        return None
    messages.success(
        request, ngettext("写入了 %(n)s 条。", "写入了 %(n)s 条。", n) % {"n": n}
    )
    return redirect("buslines:import-batch", pk=line.pk, batch=found.pk)


@require_safe
@readers
def workbook(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out everything that holds today, as a workbook that can be sent back."""
    line = line_of(request, pk)
    today = timezone.localdate()
    content = tables.filled(*handout(line, today), english=phrases.is_english())
    return _file(content, f"{line.number}-{today.isoformat()}", f"line-{line.pk}")


@require_safe
@readers
def template(request: StaffRequest) -> HttpResponse:
    """Hand out blank tables."""
    content = tables.blank(english=phrases.is_english())
    return _file(content, _("惠农专线空白表格"), "line-template")


def _file(content: bytes, name: str, plain: str) -> HttpResponse:
    response = HttpResponse(content, content_type=tables.MEDIA_TYPE)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
