"""Pages of staff: their stations, one of them, adding and putting right."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.casework.forms.picking import described
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import held, keeps_installation, lineage
from wugeyi.places.queries.allocating import has_area, units_at
from wugeyi.stations.actions import stations as actions
from wugeyi.stations.actions.stations import Entry, More
from wugeyi.stations.forms.refusals import explain
from wugeyi.stations.forms.stations import (
    ENTRY,
    FirstForm,
    StationForm,
    starting,
    today_first,
)
from wugeyi.stations.models import Item, Station, StationKind
from wugeyi.stations.queries import breakages
from wugeyi.stations.queries import staff as queries
from wugeyi.stations.queries.shown import shown
from wugeyi.stations.rules import access
from wugeyi.stations.rules.refusals import Refused
from wugeyi.stations.views.common import (
    StaffRequest,
    anybody,
    frame,
    own_unit,
    page_keys,
    readers,
    show,
    station_of,
    words,
    writable,
)

STATES = ("closed", "broken", "ended")


@require_safe
@readers
def listed(request: StaffRequest) -> HttpResponse:
    """List the stations of one's own subtree."""
    asked = {"text": words(request, "q"), "kind": words(request, "kind", 20)}
    state = words(request, "state", 10)
    asked["state"] = state if state in STATES else ""
    today, now = timezone.localdate(), timezone.now()
    page = queries.listed(
        request.reach,
        text=asked["text"],
        kind=asked["kind"],
        state=asked["state"],
        today=today,
        **page_keys(request),
    )
    context = {
        "page": page,
        "rows": shown(page.rows, now=now),
        "asked": asked,
        "kinds": list(StationKind.objects.all()),
        "writes": request.reach.holds(*access.WRITES),
        "keeps": keeps_installation(request.reach),
        "empty": not Item.objects.exists(),
        "formats": ("xlsx", "csv", "geojson"),
    }
    return show(request, "list.html", context)


def _sent(request: StaffRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _offered(request: StaffRequest, now: Organisation | None = None) -> dict[str, Any]:
    """Return the units one picks from, the present one first."""
    units = list(held(request.reach, access.WRITES)[:8])
    if now is not None:
        units = [now, *(unit for unit in units if unit != now)]
    return {
        "suggested": [(unit, described(unit, lineage(unit))) for unit in units],
        "roots": request.reach.roots(access.WRITES),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def new(request: StaffRequest) -> HttpResponse:
    """Write a station down."""
    unit = own_unit(request, words(request, "unit", 40))
    initial = {"client_id": uuid4(), "to_pick": str(unit.pk), **today_first()}
    form = FirstForm(
        _sent(request),
        initial=initial,
        keepers=[key for key, _name in queries.keepers(unit)],
        **_offered(request),
    )
    if form.is_bound and form.is_valid() and not _doubted(form):
        values = form.cleaned_data
        owner: Organisation = values["to"]
        spans = values["hours"] or []
        try:
            row = actions.add(
                client_id=values["client_id"],
                organisation=owner,
                entry=_entry(form),
                more=More(
                    opens_on=values["opens_on"],
                    week=dict.fromkeys(range(7), spans) if spans else {},
                ),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("登记好了。接下来看看里面有什么。"))
            return redirect("stations:check", pk=row.pk)
    return _form(request, unit, form, None)


def _entry(form: StationForm) -> Entry:
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in ENTRY}
    return Entry(**(values | form.place()))


def _doubted(form: StationForm) -> bool:
    """Ask at once about all that looks like a slip."""
    doubts = [_twin(form), _outside(form)]
    return any(doubts)


def _outside(form: StationForm) -> bool:
    """Ask once whether a place outside the unit's area is meant."""
    values = form.cleaned_data
    unit: Organisation = values["to"]
    if values["outside"] or not has_area(unit):
        return False
    if units_at([values["lon"]], [values["lat"]], unit) != [None]:
        return False
    form.refuse_outside(unit)
    return True


def _twin(form: StationForm) -> bool:
    """Ask once whether it is the one that stands there already."""
    values = form.cleaned_data
    if values["different"]:
        return False
    twin = queries.twins(
        values["name_zh"],
        values["lon"],
        values["lat"],
        today=timezone.localdate(),
    )
    # The same form sent twice is no twin of itself.
    if twin is None or twin.client_id == values["client_id"]:
        return False
    form.refuse_twin(twin)
    return True


def _form(
    request: StaffRequest, unit: Organisation, form: StationForm, row: Station | None
) -> HttpResponse:
    context = {
        "unit": unit,
        "form": form,
        "station": row,
        "asks": [
            form[name]
            for name in ("different", "outside")
            if name in form.errors or form[name].value()
        ],
        "areas_url": reverse("organisations:area", args=[unit.code]),
    }
    status = 422 if form.is_bound else 200
    return show(request, "station_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a station right."""
    row = writable(request, pk)
    form = StationForm(
        _sent(request),
        initial=starting(row),
        row=row,
        keepers=[key for key, _name in queries.keepers(row.organisation)],
        **_offered(request, row.organisation),
    )
    if form.is_bound and form.is_valid() and not _outside(form):
        try:
            actions.edit(
                station=row,
                entry=_entry(form),
                organisation=form.cleaned_data["to"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
            _newer(form, row.pk)
        else:
            messages.success(request, _("已改好。"))
            return redirect("stations:desk-station", pk=row.pk)
    return _form(request, row.organisation, form, row)


def _newer(form: Any, pk: int) -> None:
    """Let what was typed be sent again, on top of what somebody else wrote."""
    fresh = queries.load(pk)
    data = form.data.copy()
    data["version"] = str(fresh.version if fresh else "")
    form.data = data


@require_safe
@anybody
def station(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a station to staff: its keeper, its week, what it lacks, what is broken."""
    row = station_of(request, pk)
    seen = shown([row], now=timezone.now())[0]
    lists = queries.checklists(seen.today)
    context = {
        **frame(request, row, "desk-station"),
        "row": seen,
        "lists": queries.held_against(lists, seen.had),
        "reports": breakages.of_station(row, **page_keys(request)),
        "data": {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"title": str(row), "text": row.address},
                    "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
                }
            ],
        },
    }
    return show(request, "station.html", context)


@require_safe
@readers
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a station had from when to when, and when it was closed."""
    row = station_of(request, pk)
    context = {
        **frame(request, row, "history"),
        "states": queries.history(row),
        "spans": row.spans.filter(withdrawn_at=None).order_by("-opens_on"),
        "met": row.met.filter(withdrawn_at=None)
        .select_related("checklist")
        .order_by("-since"),
    }
    return show(request, "history.html", context)
