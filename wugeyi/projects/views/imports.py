"""Lists of projects, technologies and grants: blank table, upload, look, accept."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.imports.actions import discard
from wugeyi.imports.blank import MEDIA_TYPE, blank_workbook
from wugeyi.imports.messages import explain, explained
from wugeyi.imports.models import Batch
from wugeyi.imports.queries import accepted_before
from wugeyi.imports.rules import Finding, info
from wugeyi.imports.tables import read_table
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.projects.actions.imports import PREFIX, accept, keep, kind_of
from wugeyi.projects.forms.imports import (
    NAMES,
    SENTENCES,
    ColumnsForm,
    ListForm,
    blank_columns,
)
from wugeyi.projects.forms.refusals import explain as explain_refusal
from wugeyi.projects.queries.imports import ImportPlan, plan
from wugeyi.projects.rules import access
from wugeyi.projects.rules.importing import FORMS, Form, columns_of, read_lines
from wugeyi.projects.rules.refusals import Refused
from wugeyi.projects.views.common import show, writers

SAMPLE = 5
RECENT = 10


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def upload(request: StaffRequest, sort: str) -> HttpResponse:
    """Take a list and read it."""
    chosen = FORMS.get(sort)
    if chosen is None:
        raise Http404
    roots = request.reach.roots(access.WRITES)
    form = ListForm(request.POST or None, request.FILES or None, roots=roots)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        table = read_table(content)
        if table.readable:
            batch = keep(
                form=sort,
                unit=form.cleaned_data["unit"],
                filename=file.name,
                content=content,
                rows=len(table.rows),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("projects:batch", pk=batch.pk)
        for finding in table.findings:
            said, advice = explain(finding)
            form.add_error("file", f"{said}{advice}")
    recent = Batch.objects.filter(kind=kind_of(sort), created_by=request.user)
    context = {
        "form": form,
        "sort": sort,
        "name": NAMES[sort],
        "tabs": [
            {"code": code, "label": name, "current": code == sort}
            for code, name in NAMES.items()
        ],
        "recent": recent.defer("content").order_by("-pk")[:RECENT],
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return show(request, "import.html", context, status=status)


@require_safe
@writers
def template(request: StaffRequest, sort: str) -> HttpResponse:
    """Hand out a blank table."""
    chosen = FORMS.get(sort)
    if chosen is None:
        raise Http404
    name = str(NAMES[sort])
    content = blank_workbook(sheet=name, columns=blank_columns(chosen))
    return HttpResponse(
        content,
        content_type=MEDIA_TYPE,
        headers={
            "Content-Disposition": (
                f'attachment; filename="{sort}.xlsx"; '
                f"filename*=UTF-8''{quote(name)}.xlsx"
            )
        },
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A batch as it reads with the columns chosen."""

    form: Form
    columns: ColumnsForm
    plan: ImportPlan
    findings: list[Finding]


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a list would add; take it over, or throw it away."""
    found = Batch.objects.filter(
        pk=pk, kind__startswith=PREFIX, created_by=request.user
    ).first()
    if found is None:
        raise Http404
    sort = found.kind.removeprefix(PREFIX)
    if found.status != Batch.Status.PREVIEWED:
        return show(request, "import_done.html", {"batch": found, "sort": sort})
    at = timezone.now()
    act = request.POST.get("act", "")
    if act == "discard":
        discard(batch=found, by=request.user, at=at)
        messages.success(request, _("这个文件已放弃，什么也没有登记。"))
        return redirect("projects:import", sort=sort)
    read = _read(request, found, FORMS[sort])
    sound = not read.columns.is_bound or read.columns.is_valid()
    if act == "accept" and sound and read.plan.ready:
        return _accept(request, found, read.plan)
    notes = [info(0, "already_imported", found.filename)]
    again = accepted_before(found.kind, found.sha256)
    context: dict[str, Any] = {
        "batch": found,
        "sort": sort,
        "name": NAMES[sort],
        "form": read.columns,
        "plan": read.plan,
        "sample": read.plan.ready[:SAMPLE],
        "findings": explained([*(notes if again else []), *read.findings], SENTENCES),
    }
    return show(request, "import_batch.html", context)


def _read(request: StaffRequest, found: Batch, form: Form) -> Read:
    table = read_table(bytes(found.content))
    guessed = columns_of(form, table.header)
    sent = request.POST if "title" in request.POST else None
    columns = ColumnsForm(sent, form=form, header=table.header, guessed=guessed)
    chosen = guessed
    if columns.is_bound and columns.is_valid():
        chosen = columns.columns()
    today = timezone.localdate()
    lines, noticed = read_lines(form, table, chosen, today=today)
    unit = Organisation.objects.get(code=found.summary)
    made = plan(lines, unit=unit, reach=request.reach)
    return Read(form, columns, made, [*table.findings, *noticed, *made.findings])


def _accept(request: StaffRequest, found: Batch, made: ImportPlan) -> HttpResponse:
    try:
        projects = accept(batch=found, plan=made, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, explain_refusal(refusal.why))
    else:
        count = len(projects)
        messages.success(
            request,
            ngettext("登记了 %(n)s 个项目。", "登记了 %(n)s 个项目。", count)
            % {"n": count},
        )
    return redirect("projects:batch", pk=found.pk)
