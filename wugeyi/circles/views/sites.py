"""Where the next facilities help most: asked, watched, looked at, adopted."""

import json
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.circles import actions
from wugeyi.circles.actions.siting import Question
from wugeyi.circles.forms.circles import SitesForm
from wugeyi.circles.forms.refusals import explain
from wugeyi.circles.models import Site, Siting
from wugeyi.circles.queries import access as queries
from wugeyi.circles.queries import lists
from wugeyi.circles.rules import access
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused
from wugeyi.circles.templatetags.circles import mark_of
from wugeyi.circles.views.common import (
    circle_of,
    frame,
    key,
    readers,
    show,
    writable,
    writers,
)
from wugeyi.circles.views.looking import bounds, look
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.places.queries import homes_of


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def sites(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was asked before, and ask for more."""
    found = circle_of(request, pk)
    if request.method == "POST":
        found = writable(request, pk)
        form = SitesForm(request.POST, template=found.template)
        if form.is_valid():
            asked = _ask(request, form, pk)
            if asked is not None:
                return redirect("circles:siting", pk=asked.pk)
    else:
        initial: dict[str, Any] = {"client_id": uuid4()}
        form = SitesForm(initial=initial, template=found.template)
        code = request.GET.get("kind", "")
        kinds = {each.code: each.pk for each in form.fields["kind"].queryset}  # type: ignore[attr-defined]
        if code in kinds:
            form.initial["kind"] = kinds[code]
    context = {
        **frame(request, found),
        "form": form,
        "page": lists.sitings(
            found,
            older=key(request.GET.get("older", "")),
            newer=key(request.GET.get("newer", "")),
        ),
    }
    return show(request, "sites.html", context, status=422 if form.is_bound else 200)


def _ask(request: StaffRequest, form: SitesForm, pk: int) -> Siting | None:
    values = form.cleaned_data
    try:
        return actions.ask_for_sites(
            circle=writable(request, pk),
            question=Question(
                client_id=values["client_id"],
                kind=values["kind"],
                sites=values["sites"],
                whom=values["whom"],
                pace=Pace(values["pace"]),
                capacity=values["capacity"],
                prove=values["prove"],
            ),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, explain(refused))
        return None


@require_safe
@readers
def siting(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how far a search is, then what it found."""
    found = _siting_of(request, pk)
    circle = found.circle
    places = list(found.found.all())
    total = 0
    rows = []
    for place in places:
        total += place.residents
        rows.append((place, total))
    context = {
        **frame(request, circle),
        "siting": found,
        "rows": rows,
        "bounds": bounds(
            homes_of(circle.organisation, day=timezone.localdate()), circle.network
        ),
        "scene_query": look(request, circle).query(
            kind=found.kind.code, pace=found.pace, slope="1" if found.slope else "0"
        ),
        "outcome": json.dumps(
            {
                "homes": [],
                "links": [],
                "closed": [],
                "shut": [],
                "opened": [
                    {
                        "id": 0,
                        "lon": place.lon,
                        "lat": place.lat,
                        "name": _("第 %(n)s 处") % {"n": place.position},
                        "mark": str(place.position),
                        "text": "",
                        "thought": True,
                    }
                    for place in places
                ],
            }
        ),
        "mark": mark_of(found.kind),
    }
    return show(request, "siting.html", context)


def _siting_of(request: StaffRequest, pk: int) -> Siting:
    found = queries.load_siting(pk)
    if found is None or not access.reads(request.reach, found.circle.organisation.path):
        raise Http404
    return found


@require_POST
@writers
def adopt(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a scenario of the sites up to this one."""
    site = Site.objects.select_related("siting__kind").filter(pk=pk).first()
    if site is None:
        raise Http404
    asked = _siting_of(request, site.siting_id)
    writable(request, asked.circle_id)
    name = _("%(kind)s：选出的前 %(n)s 处") % {
        "kind": asked.kind,
        "n": site.position,
    }
    try:
        saved = actions.adopt_site(
            site=site,
            client_id=uuid4(),
            name=name,
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, explain(refused))
        return redirect("circles:siting", pk=asked.pk)
    messages.success(request, _("做成了一个方案，可以改名、比较、附到诉求上。"))
    return redirect("circles:scenario", pk=saved.scenario.pk)
