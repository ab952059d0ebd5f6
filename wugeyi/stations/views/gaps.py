"""Where work gathers and no station is near: points of work, a question, the answer."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.places.queries.networks import network_of
from wugeyi.stations import adapter
from wugeyi.stations.actions import gaps as actions
from wugeyi.stations.actions import points
from wugeyi.stations.actions.gaps import Asked
from wugeyi.stations.forms.fields import WEEKDAYS
from wugeyi.stations.forms.refusals import explain
from wugeyi.stations.forms.tables import GapForm, TakeForm
from wugeyi.stations.models import GapCluster, GapSite, Station, WorkPoint
from wugeyi.stations.queries import gaps as queries
from wugeyi.stations.rules import access
from wugeyi.stations.rules.hours import Span
from wugeyi.stations.rules.refusals import Refused
from wugeyi.stations.views.common import (
    FARTHEST,
    StaffRequest,
    own_unit,
    page_keys,
    readers,
    show,
    words,
)
from wugeyi.stations.wording import times


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def gaps(request: StaffRequest) -> HttpResponse:
    """Show what is known of where work gathers; ask where a station is missing."""
    unit = own_unit(request, words(request, "unit"))
    form = GapForm(
        request.POST if request.method == "POST" else None,
        initial={"client_id": uuid4(), "weekday": timezone.localdate().weekday()},
    )
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            row = actions.search(
                organisation=unit,
                asked=Asked(
                    client_id=values["client_id"],
                    pace=values["pace"],
                    minutes=values["minutes"],
                    weekday=values["weekday"],
                    window=values["window"],
                    least=values["least"],
                    sites=values["sites"],
                ),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            return redirect("stations:gap", pk=row.pk)
    known = queries.known(unit)
    names = dict(WorkPoint.Kind.choices)
    network = network_of(unit, day=timezone.localdate())
    context = {
        "unit": unit,
        "form": form,
        "known": known,
        "kinds": [(names[kind], many) for kind, many in known.kinds.items()],
        "take": TakeForm(offered=queries.facility_kinds()),
        "network": network,
        "lacking": bool(adapter.lacking()),
        "page": queries.searches(unit, **page_keys(request)),
    }
    return show(request, "gaps.html", context, status=422 if form.is_bound else 200)


@require_POST
@readers
def take(request: StaffRequest) -> HttpResponse:
    """Take facilities on record as points of work."""
    unit = own_unit(request, words(request, "unit"))
    form = TakeForm(request.POST, offered=queries.facility_kinds())
    if form.is_valid():
        made = points.take_facilities(
            organisation=unit,
            kinds=form.meant(),
            by=request.user,
            at=timezone.now(),
        )
        text = ngettext("取了 %(n)s 处。", "取了 %(n)s 处。", made)
        messages.success(request, text % {"n": made})
    else:
        messages.error(request, _("请至少选一类设施。"))
    return redirect("stations:gaps")


@require_POST
@readers
def drop(request: StaffRequest) -> HttpResponse:
    """Put what came of one source aside."""
    unit = own_unit(request, words(request, "unit"))
    source = request.POST.get("source", "").replace("\x00", "")[:200]
    on = next(
        (
            day
            for name, day, _many in queries.known(unit).sources
            if name == source and day.isoformat() == request.POST.get("data_on")
        ),
        None,
    )
    if on is None:
        raise Http404
    many = points.drop(
        organisation=unit, source=source, data_on=on, by=request.user, at=timezone.now()
    )
    text = ngettext("%(n)s 处不再算。", "%(n)s 处不再算。", many)
    messages.success(request, text % {"n": many})
    return redirect("stations:gaps")


@require_safe
@readers
def gap(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an answer: the gaps on a map and in a list, and what is suggested."""
    row = queries.load(pk, request.reach) if pk < FARTHEST else None
    if row is None:
        raise Http404
    worst = queries.worst(row)
    sites = list(row.sites.select_related("nearest"))
    window = ""
    if row.opens_minute is not None and row.closes_minute is not None:
        window = times([Span(row.opens_minute, row.closes_minute)])
    context: dict[str, Any] = {
        "search": row,
        "unit": row.organisation,
        "clusters": worst,
        "sites": sites,
        "window": window,
        "weekday": WEEKDAYS[row.weekday],
        "writes": access.writes(request.reach, row.organisation.path),
        "data": {
            "type": "FeatureCollection",
            "features": [
                *(_site(each) for each in sites),
                *(_cluster(each) for each in worst),
                *(_station(each) for each in _nearest([*sites, *worst])),
            ],
        },
        "areas_url": reverse("organisations:area", args=[row.organisation.code]),
    }
    return show(request, "gap.html", context)


def _site(site: GapSite) -> dict[str, Any]:
    title = _("建议位置 %(n)s") % {"n": site.position}
    return _feature(site, title, urgent=False)


def _cluster(cluster: GapCluster) -> dict[str, Any]:
    title = ngettext("%(n)s 处取送点", "%(n)s 处取送点", cluster.points)
    return _feature(cluster, title % {"n": cluster.points}, urgent=True)


def _nearest(rows: Iterable[GapSite | GapCluster]) -> list[Station]:
    """Return the stations nearest to some places, each once."""
    found = {each.nearest.pk: each.nearest for each in rows if each.nearest}
    return list(found.values())


def _station(station: Station) -> dict[str, Any]:
    return _feature(station, str(station), urgent=False)


def _feature(
    row: GapSite | GapCluster | Station, title: str, *, urgent: bool
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"title": title, "text": "", "urgent": urgent},
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
    }
