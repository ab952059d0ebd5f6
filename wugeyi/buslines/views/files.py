"""Driving times from a map, regular departures from a feed."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wugeyi.buslines import gateway
from wugeyi.buslines.actions import files as actions
from wugeyi.buslines.adapter import maps, regular
from wugeyi.buslines.forms.files import DayOfFeedForm, FeedForm, MapForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Line, MapFile, Spot, Timetable, WaysTable, holding
from wugeyi.buslines.rules.files import READ_MAP
from wugeyi.buslines.rules.given import Regular
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import StaffRequest, frame, show, writable, writers
from wugeyi.buslines.views.linepage import plainly
from wugeyi.buslines.views.tabs import record_tabs
from wugeyi.imports.actions import discard
from wugeyi.imports.models import Batch
from wugeyi.jobs.queries import latest

Context = dict[str, Any]
SHOWN = 40
MATRIX = 16
"""So many spots have their driving times shown as a square."""


def ways(request: StaffRequest, line: Line, context: Context) -> HttpResponse:
    """Show driving times, and where they come from."""
    return _ways(request, line, context, MapForm())


def _ways(
    request: StaffRequest, line: Line, context: Context, form: MapForm
) -> HttpResponse:
    today = timezone.localdate()
    table = WaysTable.objects.filter(holding(today), line=line).first()
    spots = list(Spot.objects.filter(holding(today), line=line).order_by("code"))
    sent = MapFile.objects.filter(line=line).order_by("-pk").first()
    names = {spot.code: spot.name for spot in spots}
    told = maps.findings_of(table.findings) if table else ()
    context |= {
        "table": table,
        "form": form,
        "lacking": ", ".join(maps.lacking()),
        "sent": sent,
        "work": latest(READ_MAP, sent.pk) if sent else None,
        "told": [plainly(each) for each in told[:SHOWN]],
        "absent": [
            name
            for code, name in names.items()
            if table and code not in table.ways["codes"]
        ],
        "matrix": _matrix(table, names) if table else [],
    }
    status = 422 if form.errors else 200
    return show(request, "ways.html", context, status=status)


def _matrix(table: WaysTable, names: dict[str, str]) -> list[Any]:
    """Return the square of minutes and kilometres, if it is small enough to read."""
    held = table.ways
    keep = [i for i, code in enumerate(held["codes"]) if code in names]
    if len(keep) > MATRIX:
        return []
    return [
        (
            names[held["codes"][i]],
            [
                None
                if held["minutes"][i][j] < 0
                else (held["minutes"][i][j], held["metres"][i][j] / 1000)
                for j in keep
            ],
        )
        for i in keep
    ]


def _context(request: StaffRequest, line: Line, kind: str) -> Context:
    return {
        **frame(request, line),
        "page": "records",
        "kind": kind,
        "tabs": record_tabs(line, kind),
        "today": timezone.localdate(),
    }


@require_POST
@writers
def send_map(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a map and ask the worker to read it, or the last one again."""
    line = writable(request, pk)
    if request.POST.get("act") == "again":
        sent = MapFile.objects.filter(line=line).order_by("-pk").first()
        if sent is None:
            raise Http404
        sent.line = line
        try:
            actions.read_again(map_file=sent, by=request.user, at=timezone.now())
        except Refused as refused:
            messages.error(request, explain(refused))
        return redirect("buslines:records", pk=pk, kind="ways")
    form = MapForm(request.POST, request.FILES)
    if maps.lacking():
        form.add_error(
            None, _("服务器上还没有装读地图用的部分，请管理员安装 wugeyi[planning]。")
        )
    if form.is_valid():
        file = form.cleaned_data["file"]
        name, octets = gateway.keep(file.chunks())
        try:
            actions.send_map(
                line=line,
                name=file.name,
                file=name,
                octets=octets,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            gateway.remove(name)
            form.add_error(None, explain(refused))
        else:
            return redirect("buslines:records", pk=pk, kind="ways")
    return _ways(request, line, _context(request, line, "ways"), form)


def timetable(request: StaffRequest, line: Line, context: Context) -> HttpResponse:
    """Show the regular departures our buses keep from."""
    return _timetable(request, line, context, FeedForm())


def _timetable(
    request: StaffRequest, line: Line, context: Context, form: FeedForm
) -> HttpResponse:
    today = timezone.localdate()
    row = Timetable.objects.filter(holding(today), line=line).first()
    names = dict(Spot.objects.filter(line=line).values_list("code", "name"))
    told = regular.findings_of(row.findings) if row else ()
    context |= {
        "row": row,
        "form": form,
        "spots": _by_spot(row.departures, names) if row else [],
        "told": [plainly(each) for each in told[:SHOWN]],
        "recent": Batch.objects.filter(
            kind=actions.kind_of(line), status=Batch.Status.PREVIEWED
        )
        .defer("content")
        .order_by("-pk")[:5],
    }
    status = 422 if form.errors else 200
    return show(request, "timetable.html", context, status=status)


def _by_spot(departures: Any, names: dict[str, str]) -> list[tuple[str, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for code, minute, name in departures:
        found.setdefault(code, []).append((minute, name))
    return [(names.get(code, code), sorted(each)) for code, each in found.items()]


@require_POST
@writers
def send_feed(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a feed; it counts for nothing until somebody looked."""
    line = writable(request, pk)
    form = FeedForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        feed, found = regular.read(content)
        if feed.trips:
            try:
                batch = actions.keep_feed(
                    line=line,
                    filename=file.name,
                    content=content,
                    trips=len(feed.trips),
                    by=request.user,
                    at=timezone.now(),
                )
            except Refused as refused:
                form.add_error(None, explain(refused))
            else:
                return redirect("buslines:feed", pk=pk, batch=batch.pk)
        for finding in found[:SHOWN]:
            form.add_error("file", plainly(finding))
        if not feed.trips and not form.errors:
            form.add_error("file", _("这份时刻表里没有班次。"))
    return _timetable(request, line, _context(request, line, "timetable"), form)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def feed(request: StaffRequest, pk: int, batch: int) -> HttpResponse:
    """Show what a feed says of a day at our spots; take it, or throw it away."""
    line = writable(request, pk)
    found = Batch.objects.filter(pk=batch, kind=actions.kind_of(line)).first()
    if found is None:
        raise Http404
    if found.status != Batch.Status.PREVIEWED:
        return redirect("buslines:records", pk=pk, kind="timetable")
    act = request.POST.get("act", "")
    if act == "discard":
        return _discard(request, line, found)
    read, told = regular.read(bytes(found.content))
    today = timezone.localdate()
    form = _asked(request, read, today)
    values = form.cleaned_data if form.is_valid() else {}
    spots = list(Spot.objects.filter(holding(today), line=line).order_by("code"))
    seen = regular.seen(
        read,
        spots,
        on=values.get("service_on") or today,
        within_metres=values.get("within_metres") or 60,
    )
    if act == "accept" and form.is_valid():
        done = _accept(request, line, found, values, seen, told)
        if done is not None:
            return done
    names = {spot.code: spot.name for spot in spots}
    noticed = [*told, *seen.findings]
    context = _context(request, line, "timetable") | {
        "batch": found,
        "form": form,
        "days": read.days,
        "seen": seen,
        "routes": [
            (each, "、".join(names.get(code, code) for code in each.places))
            for each in seen.routes
        ],
        "told": [(each.severity, plainly(each)) for each in noticed[:SHOWN]],
        "more": max(0, len(noticed) - SHOWN),
    }
    return show(request, "feed.html", context)


def _asked(request: StaffRequest, read: regular.Feed, today: date) -> DayOfFeedForm:
    sent = request.POST if request.method == "POST" else request.GET
    if "service_on" in sent:
        return DayOfFeedForm(sent)
    usual: dict[str, Any] = {
        "service_on": _usual_day(read, today).isoformat(),
        "within_metres": 60,
        "on": today.isoformat(),
    }
    return DayOfFeedForm(usual)


def _usual_day(read: regular.Feed, today: date) -> date:
    """Return a day with buses: today or the next one, else the feed's first."""
    days = [today + timedelta(days=n) for n in range(7)]
    if read.days:
        days += [read.days[0] + timedelta(days=n) for n in range(7)]
    return next((day for day in days if read.running(day)), today)


def _discard(request: StaffRequest, line: Line, found: Batch) -> HttpResponse:
    try:
        discard(batch=found, by=request.user, at=timezone.now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("这个文件已放弃，什么也没有写入。"))
    return redirect("buslines:records", pk=line.pk, kind="timetable")


def _accept(
    request: StaffRequest,
    line: Line,
    found: Batch,
    values: dict[str, Any],
    seen: regular.Seen,
    told: Any,
) -> HttpResponse | None:
    given = Regular(
        name=found.filename,
        digest=found.sha256,
        service_on=values["service_on"],
        departures=seen.departures,
        findings=tuple(regular.to_json([*told, *seen.findings])[:SHOWN]),
    )
    try:
        actions.accept_feed(
            batch=found,
            line=line,
            regular=given,
            on=values["on"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, explain(refused))
        return None
    messages.success(request, _("时刻表用上了，以后的方案和它错开。"))
    return redirect("buslines:records", pk=line.pk, kind="timetable")
