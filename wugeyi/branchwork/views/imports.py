"""Lists people keep: upload, look, choose columns, accept; blank tables to fill in."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.branchwork.actions.imports import PREFIX, accept, keep
from wugeyi.branchwork.forms.lists import KINDS, SENTENCES, FileForm, MappingForm
from wugeyi.branchwork.models import ListFile, Topic
from wugeyi.branchwork.queries.lists import Plan, plan
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.rules.lists import LISTS, Line, Shape, aliases, lines
from wugeyi.branchwork.views.staff import (
    StaffRequest,
    addressed,
    show,
    staff,
    units_of,
)
from wugeyi.imports.actions import discard
from wugeyi.imports.blank import MEDIA_TYPE, Column, blank_workbook
from wugeyi.imports.messages import explain, explained
from wugeyi.imports.models import Batch
from wugeyi.imports.queries import accepted_before
from wugeyi.imports.rules import guess_columns, info
from wugeyi.imports.tables import read_table

RECENT = 10
SAMPLE = 5


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file and read it; nothing is recorded yet."""
    units = units_of(request, addressed(request, writing=True))
    asked = request.GET.get("kind", "")
    initial = {"kind": asked} if asked in KINDS else {}
    form = FileForm(
        request.POST or None, request.FILES or None, initial=initial, units=units
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        table = read_table(content)
        if table.readable:
            batch = keep(
                kind=form.cleaned_data["kind"],
                filename=file.name,
                content=content,
                rows=len(table.rows),
                organisation=form.cleaned_data["organisation"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect("branchwork:import", pk=batch.pk)
        for finding in table.findings:
            said, advice = explain(finding)
            form.add_error("file", f"{said}{advice}")
    recent = Batch.objects.filter(
        kind__startswith=PREFIX, created_by=request.user
    ).defer("content")
    context = {
        "form": form,
        "recent": recent.order_by("-pk")[:RECENT],
        "kinds": KINDS.items(),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return show(request, "imports.html", context, status=status)


@require_safe
@staff(*access.WRITES)
def template(request: StaffRequest, kind: str) -> HttpResponse:
    """Give a blank table to fill in."""
    if kind not in LISTS:
        raise Http404
    topics = tuple(Topic.objects.filter(active=True).values_list("name_zh", flat=True))
    columns = []
    for column in LISTS[kind]:
        choices = tuple(words[0] or words[1] for words in column.words.values())
        if column.shape is Shape.TOPIC:
            choices = topics[:12]
        if column.shape is Shape.FLAG:
            choices = ("是", "否")
        note = _("写成 2024-3-5") if column.shape is Shape.DAY else ""
        columns.append(Column(column.title, note, column.needed, choices))
    content = blank_workbook(sheet=str(KINDS[kind]), columns=columns)
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a file holds; write it down, or throw it away."""
    listed = (
        ListFile.objects.select_related("batch", "organisation")
        .filter(batch=pk, batch__created_by=request.user)
        .first()
    )
    if listed is None or not access.writes(request.reach, listed.organisation.path):
        raise Http404
    found, kind = listed.batch, listed.batch.kind.removeprefix(PREFIX)
    if found.status != Batch.Status.PREVIEWED:
        made = int((found.summary or "0").split("/")[0])
        return show(
            request, "import_done.html", {"batch": found, "kind": kind, "made": made}
        )
    at = timezone.now()
    if request.POST.get("act") == "discard":
        discard(batch=found, by=request.user, at=at)
        messages.success(request, _("这个文件已放弃，什么也没有写入。"))
        return redirect("branchwork:imports")
    table = read_table(bytes(found.content))
    guessed = guess_columns(table.header, aliases(kind))
    sent = request.POST if request.method == "POST" else None
    form = MappingForm(sent, kind=kind, header=table.header, guessed=guessed)
    columns = form.columns() if form.is_bound and form.is_valid() else guessed
    read, findings = lines(kind, table, columns, today=timezone.localdate(at))
    made_plan = plan(
        kind,
        read,
        default=listed.organisation,
        roots=request.reach.roots(access.WRITES),
    )
    if request.POST.get("act") == "accept" and form.is_valid() and made_plan.ready:
        return _accept(request, listed, made_plan, at)
    notes = [info(0, "same_file")] if accepted_before(found.kind, found.sha256) else []
    context = {
        "batch": found,
        "kind": kind,
        "kind_name": KINDS[kind],
        "organisation": listed.organisation,
        "form": form,
        "plan": made_plan,
        "ready": len(made_plan.ready),
        "findings": explained(
            [*notes, *table.findings, *findings, *made_plan.findings], SENTENCES
        ),
        "sample": [_sample(kind, each.line) for each in made_plan.ready[:SAMPLE]],
        "titles": [column.title for column in LISTS[kind]],
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return show(request, "import_batch.html", context, status=status)


def _sample(kind: str, line: Line) -> list[tuple[str, str]]:
    """Return a row as it was understood, by column."""
    shown = []
    for column in LISTS[kind]:
        value: object = line.values.get(column.name, "")
        if column.shape is Shape.UNIT:
            value = line.unit
        elif column.shape is Shape.TOPIC:
            value = line.topic
        elif column.shape is Shape.FLAG:
            value = _("是") if value else _("否")
        elif column.shape is Shape.WORD:
            words = column.words.get(str(value), ("",))
            value = words[0] or words[-1]
        shown.append((column.title, "" if value is None else str(value)))
    return shown


def _accept(
    request: StaffRequest, listed: ListFile, made: Plan, at: datetime
) -> HttpResponse:
    result = accept(
        batch=listed.batch,
        ready=made.ready,
        organisation=listed.organisation,
        by=request.user,
        at=at,
    )
    said = ngettext("写入了 %(n)s 条。", "写入了 %(n)s 条。", result.made)
    messages.success(request, said % {"n": result.made})
    return redirect("branchwork:import", pk=listed.batch_id)
