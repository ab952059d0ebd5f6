"""What if: changes drawn or typed, what they would do, and keeping them under a name.

All that is tried stands in the address, so it works without JavaScript, can be sent to
a colleague and is never lost by going back.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.circles import actions
from wugeyi.circles.forms import changes as texts
from wugeyi.circles.forms.circles import SaveForm
from wugeyi.circles.forms.refusals import explain
from wugeyi.circles.models import Circle
from wugeyi.circles.queries.effects import Effect, KindEffect, effect
from wugeyi.circles.queries.seen import Seen, SeenHome, SeenKind, seen
from wugeyi.circles.rules.changes import MOST_CHANGES, Change, Plan, What
from wugeyi.circles.rules.refusals import Refused
from wugeyi.circles.templatetags.circles import mark_of
from wugeyi.circles.views.common import (
    circle_of,
    frame,
    readers,
    show,
    writable,
    writers,
)
from wugeyi.circles.views.looking import (
    Look,
    bounds,
    chosen_kind,
    described,
    look,
    paces,
)
from wugeyi.organisations.views.staff import StaffRequest

MOST_LISTED = 30
MOST_NAMES = 300


@dataclass(slots=True)
class Tried:
    """Changes with what was said of each, and what stands in their way."""

    changes: list[Change]
    written: list[str]
    problems: list[str]


@require_safe
@readers
def trying(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a circle's map to draw on, and what the changes in the address would do."""
    circle = circle_of(request, pk)
    chosen = look(request, circle)
    try:
        found = seen(circle, chosen.setting, today=timezone.localdate())
    except Refused as refused:
        return _unseen(request, circle, refused)
    tried = read(request.GET.getlist("change"), found)
    if request.GET.get("add"):
        added = _typed(request, found, tried)
        if added:
            query = chosen.query(change=[*tried.written, added])
            return redirect(f"{reverse('circles:try', args=[pk])}?{query}#tried")
    context = {
        **frame(request, circle),
        **results(circle, chosen, found, tried),
        "named": [name for name, _at in _named(found)][:MOST_NAMES],
        "typed": request.GET,
    }
    part = bool(request.headers.get("HX-Request"))
    response = show(request, "_tried.html" if part else "trying.html", context)
    if part:
        query = chosen.query(change=tried.written)
        address = reverse("circles:try", args=[pk])
        response.headers["HX-Replace-Url"] = f"{address}?{query}"
    return response


def read(given: list[str], found: Seen) -> Tried:
    """Read changes as an address carries them; what cannot be read is told and left."""
    kinds = [each.kind for each in found.kinds]
    tried = Tried([], [], [])
    for text in dict.fromkeys(given[: MOST_CHANGES + 8]):
        try:
            change = texts.read(text, kinds)
        except Refused as refused:
            tried.problems.append(explain(refused))
        else:
            tried.changes.append(change)
            tried.written.append(texts.write(change, kinds))
    return tried


def _typed(request: StaffRequest, found: Seen, tried: Tried) -> str:
    """Return the change that was typed, written; "" with a problem if it is none."""
    kinds = [each.kind for each in found.kinds]
    try:
        change = texts.Typed(_named(found)).read(
            request.GET["add"][:60],
            request.GET.get("from", "")[:80],
            request.GET.get("to", "")[:80],
            kinds,
        )
    except Refused as refused:
        tried.problems.append(explain(refused))
        return ""
    return texts.write(change, kinds)


def _named(found: Seen) -> list[tuple[str, tuple[float, float]]]:
    homes = [(home.name, (home.lon, home.lat)) for home in found.homes]
    return [
        *((each.name, (each.lon, each.lat)) for each in found.facilities),
        *homes,
    ]


def results(circle: Circle, chosen: Look, found: Seen, tried: Tried) -> dict[str, Any]:
    """Return what the changes would do, as the page shows it."""
    picked = chosen_kind(found, chosen.code)
    told: Effect | None = None
    if tried.changes:
        try:
            told = effect(
                circle,
                chosen.setting,
                tuple(tried.changes),
                today=timezone.localdate(),
            )
        except Refused as refused:
            tried.problems.append(explain(refused))
    kinds = [each.kind for each in found.kinds]
    context: dict[str, Any] = {
        "chosen": chosen,
        "found": found,
        "paces": paces(),
        "problems": tried.problems,
        "effect": told,
        "listed": [
            (written, texts.say(change, kinds, found.facilities))
            for change, written in zip(tried.changes, tried.written, strict=True)
        ],
        "written": tried.written,
        "tools": texts.tools(),
        "bounds": bounds(found.homes, circle.network),
        "save_form": SaveForm(initial={"client_id": uuid4()}),
        "query": chosen.query(),
        "tried_query": chosen.query(change=tried.written),
    }
    if picked is None:
        return context
    kind = picked[1]
    gain = None if told is None else _gain(told, kind)
    return context | {
        **described(found, kind, chosen, change=tried.written),
        "gain": gain,
        "outcome": json.dumps(outcome(found, kind, told, tried.changes)),
        **(moved(told, chosen, change=tried.written) if told else {}),
        **(_people(found, kind, told) if told else {}),
    }


def _gain(told: Effect, kind: SeenKind) -> KindEffect | None:
    return next((each for each in told.kinds if each.kind.pk == kind.kind.pk), None)


def moved(told: Effect, chosen: Look, **more: Any) -> dict[str, Any]:
    """Return the kinds in which homes come inside or fall out, and how many others.

    Each comes with the address that shows it on the map.
    """
    rows = [
        (each, chosen.query(kind=each.kind.code, **more))
        for each in told.kinds
        if each.homes_gained or each.homes_lost
    ]
    return {"rows": rows, "unmoved": len(told.kinds) - len(rows)}


def _people(found: Seen, kind: SeenKind, told: Effect) -> dict[str, Any]:
    """Return the homes that come inside or fall out, those with most people first."""
    homes = {home.key: home for home in found.homes}
    crossing: dict[str, list[tuple[SeenHome, int | None, int | None]]] = {
        "in": [],
        "out": [],
    }
    for each in told.moved:
        if each.kind_id == kind.kind.pk and each.crosses and each.home in homes:
            crossing[each.crosses].append(
                (homes[each.home], each.before_seconds, each.after_seconds)
            )
    for rows in crossing.values():
        rows.sort(key=lambda row: -(row[0].residents or 0))
    return {
        "gained": crossing["in"][:MOST_LISTED],
        "lost": crossing["out"][:MOST_LISTED],
        "gained_more": max(0, len(crossing["in"]) - MOST_LISTED),
        "lost_more": max(0, len(crossing["out"]) - MOST_LISTED),
    }


def outcome(
    found: Seen, kind: SeenKind, told: Effect | None, changes: list[Change]
) -> dict[str, Any]:
    """Return what the map draws of changes and of what they do to one kind."""
    rows = [] if told is None else told.moved
    kinds = {each.kind.pk: each.kind for each in found.kinds}
    return {
        "homes": [
            [each.home, each.before_seconds, each.after_seconds]
            for each in rows
            if each.kind_id == kind.kind.pk
        ],
        "links": [
            {
                "kind": change.link.value if change.link else "",
                "line": [list(change.starts), list(change.ends)],
            }
            for change in changes
            if change.what == What.OPEN_LINK
        ],
        "closed": [
            list(change.starts) for change in changes if change.what == What.CLOSE_LINK
        ],
        "opened": [
            {
                "id": 0,
                "lon": change.lon,
                "lat": change.lat,
                "name": _("想加的：%(kind)s") % {"kind": kinds[change.kind_id]},
                "mark": mark_of(kinds[change.kind_id]),
                "text": "",
                "thought": True,
            }
            for change in changes
            if change.what == What.OPEN_FACILITY and change.kind_id in kinds
        ],
        "shut": [
            change.facility_id
            for change in changes
            if change.what == What.CLOSE_FACILITY
        ],
    }


@require_POST
@writers
def save(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what was tried under a name."""
    circle = writable(request, pk)
    chosen = look(request, circle)
    try:
        found = seen(circle, chosen.setting, today=timezone.localdate())
    except Refused as refused:
        return _unseen(request, circle, refused)
    tried = read(request.POST.getlist("change"), found)
    form = SaveForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            saved = actions.save(
                circle=circle,
                client_id=values["client_id"],
                plan=Plan(values["name"], values["note"], tuple(tried.changes)),
                on=timezone.localdate(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(
                request, _("方案已保存。可以和别的方案比较，或附到诉求上。")
            )
            return redirect("circles:scenario", pk=saved.scenario.pk)
    context = {
        **frame(request, circle),
        **results(circle, chosen, found, tried),
        "named": [],
        "typed": {},
        "save_form": form,
    }
    return show(request, "trying.html", context, status=422)


def _unseen(request: StaffRequest, circle: Circle, refused: Refused) -> HttpResponse:
    """Say why nothing can be computed here."""
    context = {**frame(request, circle), "refusal": explain(refused)}
    return show(request, "trying.html", context, status=409)
