"""Files of OpenStreetMap: send, wait for the worker, look, accept."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wugeyi.imports.models import Batch
from wugeyi.imports.queries import accepted_before
from wugeyi.jobs.queries import latest
from wugeyi.organisations.views.staff import StaffRequest, need, staff, unit_or_404
from wugeyi.places import adapter, gateway
from wugeyi.places.actions import osm as actions
from wugeyi.places.actions.osm import Sent, Wanted
from wugeyi.places.forms.imports import OsmForm, TakeForm
from wugeyi.places.models import OsmFile
from wugeyi.places.queries import allocating, files, networks
from wugeyi.places.rules import access
from wugeyi.places.rules.files import READ_OSM
from wugeyi.places.views import tables
from wugeyi.places.views.frame import said, show
from wugeyi.places.views.networks import marked
from wugeyi.places.views.records import bounds

SHOWN = 50


@require_POST
@staff()
def send(request: StaffRequest, code: str) -> HttpResponse:
    """Take a file and ask the worker to read it."""
    unit = unit_or_404(code)
    need(request, access.WRITES, unit)
    form = OsmForm(request.POST, request.FILES)
    if form.is_valid() and adapter.lacking():
        form.add_error(
            "file", _("服务器上还没有装读地图用的部分，请管理员安装 wugeyi[planning]。")
        )
    if not form.is_valid():
        return tables.page(request, unit, osm=form, status=422)
    file = form.cleaned_data["file"]
    name, sha256, _size = gateway.keep(file.chunks(), "")
    row = actions.keep_osm(
        sent=Sent(name, sha256, file.name),
        organisation=unit,
        template=form.cleaned_data["template"],
        source=form.cleaned_data["source"],
        data_on=form.cleaned_data["data_on"],
        by=request.user,
        at=timezone.now(),
    )
    return redirect("places:osm", pk=row.batch_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a file holds, once it is read; accept it, or throw it away."""
    found = files.osm_file(pk)
    if found is None or not request.reach.covers(
        access.WRITES, found.organisation.path
    ):
        raise Http404
    act = request.POST.get("act", "")
    waits = found.batch.status == Batch.Status.PREVIEWED
    if act == "discard" and waits:
        return _discard(request, found)
    if act == "again" and waits:
        actions.read_again(osm_file=found, by=request.user, at=timezone.now())
        return redirect("places:osm", pk=pk)
    form = TakeForm(request.POST if act == "accept" else None)
    if act == "accept" and waits and found.network is not None and form.is_valid():
        return _accept(request, found, form)
    return show(request, "osm.html", _context(found, form))


def _context(found: OsmFile, form: TakeForm) -> dict[str, Any]:
    network = found.network
    before = accepted_before(found.batch.kind, found.batch.sha256)
    noticed = networks.findings(network, limit=SHOWN)[:SHOWN] if network else []
    return {
        "unit": found.organisation,
        "page": "imports",
        "file": found,
        "batch": found.batch,
        "waits": found.batch.status == Batch.Status.PREVIEWED,
        "work": latest(READ_OSM, found.batch_id),
        "network": network,
        "bounds": bounds(network),
        "findings": noticed,
        "data": marked(noticed),
        "refusals": [_refusal(each) for each in found.batch.findings.all()[:SHOWN]],
        "form": form,
        "has_area": allocating.has_area(found.organisation),
        "known": before if before and before.pk != found.batch_id else None,
    }


def _refusal(finding: Any) -> str:
    return str(finding.other if get_language() == "en" else finding.value)


def _discard(request: StaffRequest, found: OsmFile) -> HttpResponse:
    try:
        actions.discard_osm(osm_file=found, by=request.user, at=timezone.now())
    except ValidationError as problem:
        messages.error(request, said(problem))
    else:
        messages.success(request, _("这个文件已放弃，什么也没有写入。"))
    return redirect("places:imports", code=found.organisation.code)


def _accept(request: StaffRequest, found: OsmFile, form: TakeForm) -> HttpResponse:
    taken = actions.accept_osm(
        osm_file=found,
        wanted=Wanted(**form.cleaned_data),
        by=request.user,
        at=timezone.now(),
    )
    if taken is not None:
        messages.success(request, _("路网已启用。"))
        text = ngettext(
            "新记了 %(n)s 处设施。", "新记了 %(n)s 处设施。", taken.facilities
        )
        messages.success(request, text % {"n": taken.facilities})
        text = ngettext("新记了 %(n)s 处住处。", "新记了 %(n)s 处住处。", taken.homes)
        messages.success(request, text % {"n": taken.homes})
    return redirect("places:unit", code=found.organisation.code)
