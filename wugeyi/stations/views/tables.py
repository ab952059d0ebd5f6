"""Tables: send, look, accept; blank ones to fill in; stations as files to take along."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import xlsxwriter
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
from wugeyi.imports.rules import (
    Finding,
    Severity,
    Table,
    info,
    looks_like_formula,
)
from wugeyi.imports.tables import read_table
from wugeyi.organisations.models import Organisation
from wugeyi.stations import adapter
from wugeyi.stations.actions import exporting
from wugeyi.stations.actions import tables as actions
from wugeyi.stations.actions.tables import KIND, Sent
from wugeyi.stations.forms.tables import SENTENCES, SORTS, TableForm, columns
from wugeyi.stations.models import Item, Station, StationKind
from wugeyi.stations.queries import staff as queries
from wugeyi.stations.queries import tables as reads
from wugeyi.stations.queries.shown import Shown, shown
from wugeyi.stations.rules import access
from wugeyi.stations.rules.hours import written
from wugeyi.stations.rules.tables import POINTS, STATIONS, WEEKDAYS
from wugeyi.stations.views.common import (
    StaffRequest,
    own_unit,
    readers,
    show,
    words,
)
from wugeyi.stations.views.public import feature_of

SAMPLE = 8
MOST = 5_000
OSM = (".pbf", ".osm", ".osm.gz", ".osm.bz2")


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def imports(request: StaffRequest) -> HttpResponse:
    """Take a table and look at it; nothing is recorded yet."""
    unit = own_unit(request, words(request, "unit"))
    form = TableForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"sort": words(request, "sort", 10) or STATIONS},
    )
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        content = values["file"].read()
        table = _read(values["file"].name, values["sort"], content)
        if table.readable:
            batch = actions.keep(
                sent=Sent(
                    values["sort"],
                    values["file"].name,
                    content,
                    len(table.rows),
                    values["system"],
                    values["source"],
                    values["data_on"],
                ),
                organisation=unit,
                by=request.user,
                at=timezone.now(),
            )
            return redirect("stations:import", pk=batch.pk)
        for finding in table.findings:
            sentence, advice = explain(finding, SENTENCES)
            form.add_error("file", f"{sentence}{advice}")
    context = {
        "unit": unit,
        "form": form,
        "sorts": SORTS.items(),
        "recent": reads.recent(unit),
    }
    status = 422 if form.is_bound else 200
    return show(request, "imports.html", context, status=status)


def _read(name: str, sort: str, content: bytes) -> Table:
    """Read a table; a file of OpenStreetMap becomes one of points of work."""
    if sort != POINTS or not name.lower().endswith(OSM):
        return read_table(content)
    try:
        found = adapter.read_osm(content, name)
    except adapter.Unreadable:
        return Table(findings=(Finding(Severity.ERROR, 0, "unreadable_osm"),))
    rows = [
        (number, [called or osm, point.kind, str(point.lon), str(point.lat)])
        for number, (osm, called, point) in enumerate(found, start=1)
    ]
    return Table(("name", "kind", "lon", "lat"), rows)


@require_safe
@readers
def blank(request: StaffRequest, sort: str) -> HttpResponse:
    """Give a blank table to fill in."""
    if sort not in SORTS:
        raise Http404
    kinds = StationKind.objects.filter(active=True)
    items = Item.objects.filter(active=True)
    content = blank_workbook(
        sheet=str(SORTS[sort]), columns=columns(sort, kinds, items)
    )
    return _file(content, MEDIA_TYPE, f"{sort}.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(name)}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a table would change; write it down, or throw it away."""
    file = reads.file_of(pk) if pk < 2**63 else None
    if file is None or not access.writes(request.reach, file.organisation.path):
        raise Http404
    found, unit = file.batch, file.organisation
    sort = found.kind.removeprefix(KIND)
    context: dict[str, Any] = {"unit": unit, "batch": found, "sort": sort, "file": file}
    if found.status != Batch.Status.PREVIEWED:
        made, _slash, changed = (found.summary or "0/0").partition("/")
        context |= {"made": int(made or 0), "changed": int(changed or 0)}
        return show(request, "import_done.html", context)
    if request.POST.get("act") == "discard":
        return _discard(request, found, unit)
    plan = reads.plan(sort, _read(found.filename, sort, bytes(found.content)), file)
    if request.POST.get("act") == "accept" and plan.ready:
        done = actions.accept(
            batch=found, plan=plan, by=request.user, at=timezone.now()
        )
        if done is not None:
            text = ngettext("写入了 %(n)s 条。", "写入了 %(n)s 条。", done.made)
            messages.success(request, text % {"n": done.made})
        return redirect("stations:import", pk=found.pk)
    notes = [info(0, "same_file")] if accepted_before(found.kind, found.sha256) else []
    context |= {
        "plan": plan,
        "fresh": len(plan.fresh),
        "changed": len(plan.changed),
        "ready": len(plan.ready),
        "findings": explained([*notes, *plan.findings], SENTENCES),
        "sample": plan.ready[:SAMPLE],
    }
    return show(request, "import.html", context)


def _discard(request: StaffRequest, found: Batch, unit: Organisation) -> HttpResponse:
    try:
        discard(batch=found, by=request.user, at=timezone.now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("这个文件已放弃，什么也没有写入。"))
    return redirect("stations:imports")


KINDS = ("xlsx", "csv", "geojson")


@require_POST
@readers
def export(request: StaffRequest, kind: str) -> HttpResponse:
    """Send one's stations as a file; who keeps them goes along only to who writes them."""
    if kind not in KINDS:
        raise Http404
    now = timezone.now()
    stations = list(queries.visible(request.reach).order_by("pk")[:MOST])
    rows = shown(stations, now=now)
    exporting.note_export(
        stations=stations, kind=kind, reach=request.reach, by=request.user, at=now
    )
    name = _("驿站 %(day)s") % {"day": timezone.localdate(now).isoformat()}
    if kind == "geojson":
        features = [feature_of(row) for row in rows]
        text = json.dumps(
            {"type": "FeatureCollection", "features": features}, ensure_ascii=False
        )
        return _file(text.encode(), "application/geo+json", f"{name}.geojson")
    lines = _lines(request, rows)
    if kind == "csv":
        return _file(_csv(lines), "text/csv; charset=utf-8", f"{name}.csv")
    return _file(_xlsx(lines), MEDIA_TYPE, f"{name}.xlsx")


HEAD = (
    "编号",
    "名称",
    "英文名称",
    "类型",
    "谁办的",
    "归谁管",
    "地址",
    "经度",
    "纬度",
    *WEEKDAYS,
    "负责人",
    "电话",
    "说明",
)
STATE_WORDS = {"yes": "有", "no": "没有", "broken": "坏了"}
RUN_BY = {"union": "工会", "community": "社区", "company": "企业", "other": "其他"}


def _lines(request: StaffRequest, rows: list[Shown]) -> Iterator[list[str]]:
    """Yield the table an import reads back: its words are those of the columns."""
    items = [each for each in Item.objects.filter(active=True) if not each.derived]
    yield [*HEAD, *(item.name_zh for item in items)]
    for row in rows:
        station = row.station
        had = {each.item.pk: each.state for each in row.had}
        yield [
            station.code,
            station.name_zh,
            station.name_en,
            station.kind.name_zh,
            RUN_BY[station.run_by],
            station.organisation.code,
            station.address,
            f"{station.lon:.6f}",
            f"{station.lat:.6f}",
            *(written(row.week.get(day, ())) or "休息" for day in range(7)),
            *_keeper(request, station),
            station.note,
            *(STATE_WORDS.get(had.get(item.pk, ""), "") for item in items),
        ]


def _keeper(request: StaffRequest, station: Station) -> tuple[str, str]:
    if not access.writes(request.reach, station.organisation.path):
        return "", ""
    return station.keeper_name, station.keeper_phone


def _csv(lines: Iterator[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        # A spreadsheet would compute what begins like a formula.
        writer.writerow(
            [f"'{cell}" if looks_like_formula(cell) else cell for cell in line]
        )
    return out.getvalue().encode("utf-8-sig")


def _xlsx(lines: Iterator[list[str]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    page = book.add_worksheet("驿站")
    page.freeze_panes(1, 2)
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            page.write_string(number, place, cell, bold if number == 0 else None)
    book.close()
    return file.getvalue()
