"""Facilities: the list with its map, one of them, adding, correcting, closing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import (
    StaffRequest,
    key_of,
    need,
    staff,
    unit_or_404,
)
from wugeyi.places import queries
from wugeyi.places.actions import facilities as actions
from wugeyi.places.actions.facilities import FacilityEntry
from wugeyi.places.forms.facilities import CloseForm, FacilityForm, starting
from wugeyi.places.models import Facility, FacilityKind
from wugeyi.places.queries import facilities as reads
from wugeyi.places.queries.noticed import Noticed, noticed, twin_of
from wugeyi.places.rules import access
from wugeyi.places.views import records
from wugeyi.places.views.frame import said, show
from wugeyi.places.views.records import cut, fresh, sent


@require_safe
@staff()
def listed(request: StaffRequest, code: str) -> HttpResponse:
    """List an organisation's facilities beside their map."""
    unit = unit_or_404(code)
    template = queries.own_template()
    kinds = queries.kinds_of(template) if template else []
    asked = request.GET.get("kind", "")
    kind = next((each for each in kinds if each.code == asked), None)
    closed = request.GET.get("closed") == "1"
    found = reads.page(
        unit,
        day=timezone.localdate(),
        kind=kind.code if kind else "",
        closed=closed,
        older=key_of(request.GET.get("older", "")),
        limit=records.SIZE,
    )
    rows, older = cut(found)
    network = records.network(unit)
    context = {
        "unit": unit,
        "page": "facilities",
        "rows": rows,
        "older": older,
        "kinds": kinds,
        "kind": kind,
        "closed": closed,
        "data": records.collection([_feature(row) for row in rows]),
        "network": network,
    }
    return show(request, "facilities.html", context)


def _feature(row: Facility) -> dict[str, Any]:
    url = reverse("places:facility", args=[row.pk])
    return records.feature(row, text=str(row.kind), url=url)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Write a facility down: a tap on the map, a kind, a name."""
    unit = unit_or_404(code)
    need(request, access.WRITES, unit)
    kinds = _kinds()
    asked = request.GET.get("kind", "")
    kind = next((each for each in kinds if each.code == asked), None)
    initial = fresh(kind=str(kind.pk) if kind else "")
    form = FacilityForm(sent(request), initial=initial, kinds=kinds)
    if form.is_bound and form.is_valid() and not _twin(form):
        row = actions.add_facility(
            client_id=form.cleaned_data["client_id"],
            organisation=unit,
            entry=FacilityEntry(**form.entry()),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已登记“%(name)s”。") % {"name": row.name})
        if "again" in request.POST:
            address = reverse("places:new-facility", args=[unit.code])
            return redirect(f"{address}?kind={row.kind.code}")
        return redirect("places:facility", pk=row.pk)
    return _form(request, unit, form, None)


def _kinds() -> list[FacilityKind]:
    template = queries.own_template()
    return queries.kinds_of(template) if template else []


def _twin(form: FacilityForm, but: int = 0) -> bool:
    """Ask once whether it is the one that stands there already."""
    if form.cleaned_data["different"]:
        return False
    entry = form.entry()
    twin = twin_of(
        kind_id=entry["kind"].pk,
        lon=entry["lon"],
        lat=entry["lat"],
        day=timezone.localdate(),
        but=but,
    )
    # The same form sent twice is no twin of itself.
    if twin is None or twin.client_id == form.cleaned_data["client_id"]:
        return False
    form.refuse_twin(twin)
    return True


def _form(
    request: StaffRequest,
    unit: Organisation,
    form: FacilityForm,
    row: Facility | None,
) -> HttpResponse:
    network = records.network(unit)
    context = {
        "unit": unit,
        "page": "facilities",
        "form": form,
        "facility": row,
        "asks_twin": "different" in form.errors or form["different"].value(),
        "network": network,
        "bounds": records.frame(unit, network, known=row is not None),
    }
    status = 422 if form.is_bound else 200
    return show(request, "facility_form.html", context, status=status)


def _facility_or_404(request: StaffRequest, pk: int) -> Facility:
    found = reads.facility(pk, request.reach)
    if found is None:
        raise Http404
    return found


@require_safe
@staff()
def facility(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a facility, where it is, and what looks odd about it."""
    row = _facility_or_404(request, pk)
    today = timezone.localdate()
    odd = noticed(row, day=today) if row.valid_to is None else []
    context = {
        "unit": row.organisation,
        "page": "facilities",
        "facility": row,
        "facts": _facts(row),
        "findings": [_told(each) for each in odd],
        "data": records.collection([_feature(row)]),
        "network": records.network(row.organisation),
        "close": CloseForm(initial={"on": today}),
    }
    return show(request, "facility.html", context)


def _facts(row: Facility) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("是什么"), row.kind),
        (_("能容纳多少人"), row.capacity),
        (_("什么时候开"), row.opening_hours or None),
        (_("坐标（WGS-84）"), f"{row.lon:.6f}, {row.lat:.6f}"),
        (_("从哪里来"), row.get_source_display()),
    ]
    if row.osm_id:
        facts.append((_("OSM 编号"), row.osm_id))
    return facts


def _told(each: Noticed) -> dict[str, str]:
    """Say what looks odd, and where to look."""
    texts = {
        "twin": _("50 米内还有一个同类的“%(value)s”，是不是同一个？"),
        "elsewhere": _("图钉落在“%(value)s”的范围里，请核对位置。"),
        "no_network": _("这里还没有路网，算不出从家里走过来要多久。"),
        "off_network": _("不在路网“%(value)s”里，算步行时间时用不上。"),
    }
    url = reverse("places:facility", args=[each.key]) if each.key else ""
    return {"text": texts[each.code] % {"value": each.value}, "url": url}


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a facility right."""
    row = _facility_or_404(request, pk)
    need(request, access.WRITES, row.organisation)
    kinds = _kinds()
    if row.kind not in kinds:
        kinds.append(row.kind)
    form = FacilityForm(sent(request), initial=starting(row), kinds=kinds)
    if form.is_bound and form.is_valid():
        entry = FacilityEntry(**form.entry())
        try:
            actions.correct_facility(
                facility=row,
                entry=entry,
                edition=form.cleaned_data["edition"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("已改好。"))
            return redirect("places:facility", pk=row.pk)
    return _form(request, row.organisation, form, row)


@require_POST
@staff()
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a facility is no more; it stays on record."""
    row = _facility_or_404(request, pk)
    need(request, access.WRITES, row.organisation)
    form = CloseForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect("places:facility", pk=row.pk)
    try:
        actions.close_facility(
            facility=row,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except ValidationError as problem:
        messages.error(request, said(problem))
    else:
        messages.success(request, _("已登记停用。点错了可以恢复。"))
    return redirect("places:facility", pk=row.pk)


@require_POST
@staff()
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a closing back."""
    row = _facility_or_404(request, pk)
    need(request, access.WRITES, row.organisation)
    actions.reopen_facility(facility=row, by=request.user, at=timezone.now())
    messages.success(request, _("已恢复。"))
    return redirect("places:facility", pk=row.pk)
