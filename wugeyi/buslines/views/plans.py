"""A plan: what it is worth, drawn and in tables, why somebody is left out, as files."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.diagrams.loadprofile import profiles
from wugeyi.buslines.diagrams.timedistance import panels
from wugeyi.buslines.forms.planning import RosterForm, first_monday
from wugeyi.buslines.models import Plan
from wugeyi.buslines.queries import plans as queries
from wugeyi.buslines.queries.plans import SeenPlan
from wugeyi.buslines.queries.rosters import rosters_of
from wugeyi.buslines.rules import access
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    need_writing,
    readers,
    show,
)
from wugeyi.buslines.views.routes import scene_of

PARTS = ("overview", "times", "loads", "money", "left", "rosters")


def plan_of(request: StaffRequest, pk: int) -> Plan:
    """Return a plan of a line this person may read; else 404."""
    found = queries.load_plan(pk)
    if found is None or not access.reads(
        request.reach, found.scenario.line.organisation.path
    ):
        raise Http404
    return found


def writable_plan(request: StaffRequest, pk: int) -> Plan:
    """Return a plan this person may write; 404 if it may not even be read."""
    found = plan_of(request, pk)
    need_writing(request, found.scenario.line)
    return found


def head(request: StaffRequest, found: Plan) -> dict[str, Any]:
    """Return what the head of every page of a plan needs."""
    return {
        **frame(request, found.scenario.line),
        "plan": found,
        "scenario": found.scenario,
        "short_fen": (found.bound_fen or 0) - (found.value_fen or 0),
    }


@require_safe
@readers
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a part of a plan; while it is worked out, how far it is."""
    found = plan_of(request, pk)
    seen = queries.see(found)
    wanted = request.GET.get("part", "")
    part = wanted if wanted in PARTS and seen is not None else PARTS[0]
    context = {
        **head(request, found),
        "part": part,
        "parts": _parts(found),
        "seen": seen,
        "lacking": ", ".join(engine.lacking()),
    }
    if seen is not None:
        context |= MAKERS[part](found, seen)
    return show(request, "plan.html", context)


def _parts(found: Plan) -> list[tuple[str, str]]:
    names = {
        "overview": _("总览"),
        "times": _("时刻"),
        "loads": _("载客载筐"),
        "money": _("收支"),
        "left": _("没接上的 %(n)s 个") % {"n": found.requests_left},
        "rosters": _("排班到人"),
    }
    return [(part, names[part]) for part in PARTS]


def _overview(found: Plan, seen: SeenPlan) -> dict[str, Any]:
    return {
        "drawing": scene_of(found, seen),
        "variants": queries.variants_of(found),
    }


def _times(_found: Plan, seen: SeenPlan) -> dict[str, Any]:
    return {"panels": panels(seen)}


def _loads(_found: Plan, seen: SeenPlan) -> dict[str, Any]:
    return {"profiles": profiles(seen)}


def _money(_found: Plan, _seen: SeenPlan) -> dict[str, Any]:
    return {}


def _left(found: Plan, seen: SeenPlan) -> dict[str, Any]:
    rows = list(found.left_out.all())
    return {
        "left": seen.left(rows, by_hand=found.base_id is not None),
        "explaining": queries.explaining(found),
    }


def _rosters(found: Plan, _seen: SeenPlan) -> dict[str, Any]:
    first = first_monday(timezone.localdate())
    return {
        "rosters": rosters_of(found),
        "form": RosterForm(initial={"client_id": uuid4(), "first_day": first}),
    }


MAKERS = {
    "overview": _overview,
    "times": _times,
    "loads": _loads,
    "money": _money,
    "left": _left,
    "rosters": _rosters,
}
