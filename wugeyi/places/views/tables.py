"""Tables: send, look, accept; blank ones to fill in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.imports.actions import discard
from wugeyi.imports.blank import MEDIA_TYPE, blank_workbook
from wugeyi.imports.messages import explain, explained
from wugeyi.imports.models import Batch
from wugeyi.imports.queries import accepted_before
from wugeyi.imports.rules import info
from wugeyi.imports.tables import read_table
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import StaffRequest, need, staff, unit_or_404
from wugeyi.places import queries
from wugeyi.places.actions.tables import accept_table, keep_table
from wugeyi.places.forms.imports import (
    SENTENCES,
    SORTS,
    OsmForm,
    TableForm,
    columns,
)
from wugeyi.places.models import FacilityKind
from wugeyi.places.queries import files
from wugeyi.places.queries.tables import Plan, plan
from wugeyi.places.rules import access
from wugeyi.places.rules.files import TABLE
from wugeyi.places.views.frame import said, show

SAMPLE = 8


@require_safe
@staff()
def imports(request: StaffRequest, code: str) -> HttpResponse:
    """Offer everything one may bring: tables, files of streets, blank tables."""
    unit = unit_or_404(code)
    need(request, access.WRITES, unit)
    return page(request, unit)


def page(
    request: StaffRequest,
    unit: Organisation,
    *,
    table: TableForm | None = None,
    osm: OsmForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page of imports, one of its forms perhaps with errors."""
    context = {
        "unit": unit,
        "page": "imports",
        "table_form": table or TableForm(),
        "osm_form": osm or OsmForm(),
        "has_templates": queries.own_template() is not None,
        "sorts": SORTS.items(),
        "recent": files.recent(unit),
    }
    return show(request, "imports.html", context, status=status)


@require_POST
@staff()
def send(request: StaffRequest, code: str) -> HttpResponse:
    """Take a table and look at it; nothing is recorded yet."""
    unit = unit_or_404(code)
    need(request, access.WRITES, unit)
    form = TableForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        table = read_table(content)
        if table.readable:
            batch = keep_table(
                sort=form.cleaned_data["sort"],
                filename=file.name,
                content=content,
                rows=len(table.rows),
                organisation=unit,
                system=form.cleaned_data["system"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect("places:import", pk=batch.pk)
        for finding in table.findings:
            sentence, advice = explain(finding)
            form.add_error("file", f"{sentence}{advice}")
    return page(request, unit, table=form, status=422)


def _kinds() -> list[FacilityKind]:
    """Return every kind in use, those of the installation's own template first."""
    return [kind for each in queries.templates() for kind in queries.kinds_of(each)]


@require_safe
@staff()
def blank(request: StaffRequest, sort: str) -> HttpResponse:
    """Give a blank table to fill in."""
    if sort not in SORTS:
        raise Http404
    template = queries.own_template()
    kinds = queries.kinds_of(template) if template else []
    content = blank_workbook(sheet=str(SORTS[sort]), columns=columns(sort, kinds))
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{sort}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a table would change; write it down, or throw it away."""
    sent = files.place_file(pk)
    if sent is None or not request.reach.covers(access.WRITES, sent.organisation.path):
        raise Http404
    found, unit = sent.batch, sent.organisation
    sort = found.kind.removeprefix(TABLE)
    context: dict[str, Any] = {
        "unit": unit,
        "page": "imports",
        "batch": found,
        "sort": sort,
        "sort_name": SORTS[sort],
    }
    if found.status != Batch.Status.PREVIEWED:
        made, _slash, changed = (found.summary or "0/0").partition("/")
        context |= {"made": int(made or 0), "changed": int(changed or 0)}
        return show(request, "import_done.html", context)
    if request.POST.get("act") == "discard":
        try:
            discard(batch=found, by=request.user, at=timezone.now())
        except ValidationError as problem:
            messages.error(request, said(problem))
        else:
            messages.success(request, _("这个文件已放弃，什么也没有写入。"))
        return redirect("places:imports", code=unit.code)
    made_plan = plan(
        sort,
        read_table(bytes(found.content)),
        unit=unit,
        system=sent.system,
        kinds=_kinds(),
        network=queries.network_of(unit, day=timezone.localdate()),
    )
    if request.POST.get("act") == "accept" and made_plan.ready:
        return _accept(request, found, made_plan)
    notes = [info(0, "same_file")] if accepted_before(found.kind, found.sha256) else []
    context |= {
        "plan": made_plan,
        "fresh": len(made_plan.fresh),
        "changed": len(made_plan.changed),
        "ready": len(made_plan.ready),
        "findings": explained([*notes, *made_plan.findings], SENTENCES),
        "sample": made_plan.ready[:SAMPLE],
    }
    return show(request, "import.html", context)


def _accept(request: StaffRequest, found: Batch, made: Plan) -> HttpResponse:
    result = accept_table(batch=found, plan=made, by=request.user, at=timezone.now())
    if result is not None:
        text = ngettext("写入了 %(n)s 条。", "写入了 %(n)s 条。", result.made)
        messages.success(request, text % {"n": result.made})
    return redirect("places:import", pk=found.pk)
