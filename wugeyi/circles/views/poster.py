"""A poster for the wall of the neighbourhood, in Chinese or English."""

from typing import Any

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.circles.forms.refusals import explain
from wugeyi.circles.models import Circle
from wugeyi.circles.paper.poster import Mark, Poster, Row, pdf
from wugeyi.circles.queries.maps import ground, reached_ground
from wugeyi.circles.queries.nearby import public_table
from wugeyi.circles.queries.seen import Seen, SeenKind, seen
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused
from wugeyi.circles.templatetags.circles import mark_of, minutes
from wugeyi.circles.views.common import circle_of, readers, show
from wugeyi.circles.views.looking import Look, bounds, look
from wugeyi.organisations.queries import installation, lineage
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.ui import phrases

LANGUAGES = ("zh-hans", "en")


@require_safe
@readers
def poster(request: StaffRequest, pk: int) -> HttpResponse:
    """Draw the poster of one kind, or of all kinds where none was chosen."""
    circle = circle_of(request, pk)
    chosen = look(request, circle)
    language = request.GET.get("lang", "")
    try:
        with translation.override(
            language if language in LANGUAGES else translation.get_language()
        ):
            content = pdf(_poster(request, circle, chosen))
    except Refused as refused:
        context = {
            "title": _("海报现在做不了"),
            "text": explain(refused),
            "url": reverse("circles:circle", args=[pk]),
            "link": _("回到生活圈"),
        }
        return show(request, "nothing.html", context, status=409)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="circle-{pk}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _poster(request: StaffRequest, circle: Circle, chosen: Look) -> Poster:
    today = timezone.localdate()
    found = seen(circle, chosen.setting, today=today)
    kind = next((each for each in found.kinds if each.kind.code == chosen.code), None)
    marks, rows = _of_kind(found, kind) if kind else _of_all(circle, found)
    edges = [float(edge) for edge in bounds(found.homes, circle.network).split(",")]
    return Poster(
        place=_place(circle),
        title=_title(circle, kind),
        lead=_lead(chosen, kind),
        bounds=(edges[0], edges[1], edges[2], edges[3]),
        ground=ground(circle),
        area=reached_ground(circle, chosen.setting, kind_id=kind.kind.pk, today=today)
        if kind
        else [],
        marks=marks,
        rows=rows,
        legend=_("浅绿色：从那里走 %(limit)s以内能到；方块：设施在哪里")
        % {"limit": minutes(kind.limit_seconds)}
        if kind
        else _("方块：设施在哪里，字是它的类别"),
        foot=_foot(circle),
        **_code(request, circle),
    )


def _place(circle: Circle) -> str:
    place = " / ".join(unit.name for unit in lineage(circle.organisation)[-2:])
    found = installation()
    return f"{_('演示数据(虚构)')} · {place}" if found and found.demo else place


def _title(circle: Circle, kind: SeenKind | None) -> str:
    if kind is None:
        return _("%(n)s 分钟生活圈") % {"n": circle.minutes}
    return _("走 %(limit)s到%(kind)s") % {
        "limit": minutes(kind.limit_seconds),
        "kind": kind.kind,
    }


def _lead(chosen: Look, kind: SeenKind | None) -> str:
    if chosen.setting.pace == Pace.ELDER:
        steps = _("按老年人的步子，沿着路走")
    else:
        steps = _("按成年人的步子，沿着路走")
    if kind is None:
        return _("从家门口走得到的设施。%(steps)s。") % {"steps": steps}
    return _("%(steps)s，不是直线距离。") % {"steps": steps}


def _of_kind(found: Seen, kind: SeenKind) -> tuple[list[Mark], list[Row]]:
    """Mark each facility of a kind with its number in the list."""
    places = [
        each
        for each in found.facilities
        if each.kind == kind.kind.code and each.key not in found.unattached
    ]
    places.sort(key=lambda each: -each.lat)
    marks = [
        Mark(each.lon, each.lat, str(number))
        for number, each in enumerate(places, start=1)
    ]
    rows = [
        Row(str(number), each.name, "") for number, each in enumerate(places, start=1)
    ]
    return marks, rows


def _of_all(circle: Circle, found: Seen) -> tuple[list[Mark], list[Row]]:
    """Mark each facility with its kind, and say of each kind who reaches it."""
    characters = {each.kind.code: mark_of(each.kind) for each in found.kinds}
    marks = [
        Mark(each.lon, each.lat, characters[each.kind])
        for each in found.facilities
        if each.key not in found.unattached and each.kind in characters
    ]
    # What everybody may know: never fewer than five people.
    public = {row.kind.pk: row for row in public_table(circle)}
    rows = []
    for each in found.kinds:
        told = public.get(each.kind.pk)
        inside = told.residents_inside if told else None
        text = (
            _("%(places)s 处，%(people)s 人走得到")
            % {
                "places": phrases.number(each.facilities),
                "people": phrases.number(inside),
            }
            if inside is not None
            else _("%(places)s 处") % {"places": phrases.number(each.facilities)}
        )
        rows.append(Row(mark_of(each.kind), str(each.kind), text))
    return marks, rows


def _foot(circle: Circle) -> list[str]:
    network = circle.network
    lines = [
        _("路网：%(name)s。%(attribution)s %(licence)s")
        % {
            "name": network.name,
            "attribution": network.attribution,
            "licence": network.licence,
        }
    ]
    if network.invented:
        lines.insert(0, _("演示：路网里有虚构的道路，不是实测。"))
    printed = phrases.day(timezone.localdate())
    lines[-1] += " · " + _("%(day)s 印") % {"day": printed}
    return lines


def _code(request: StaffRequest, circle: Circle) -> dict[str, Any]:
    """Return the code that leads to the residents' page, where it is open."""
    if circle.published_at is None:
        return {"scale_text": _("500 米")}
    address = request.build_absolute_uri(
        reverse("circles:neighbourhood", args=[circle.code])
    )
    made = segno.make(address, error="m", micro=False)
    return {
        "code": [[bool(cell) for cell in row] for row in made.matrix],
        "code_text": _("扫一扫，看我家附近有什么"),
        "scale_text": _("500 米"),
    }
