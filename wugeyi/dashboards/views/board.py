"""Dashboards: one's own organisation first, any other by its address."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.casework.models.cases import STATE_NAMES
from wugeyi.casework.queries import rates
from wugeyi.casework.queries.patterns import Pattern, patterns
from wugeyi.casework.rules import access
from wugeyi.dashboards import layouts, phrases
from wugeyi.dashboards.queries import board as queries
from wugeyi.dashboards.queries.profile import below
from wugeyi.dashboards.queries.waiting import AGES, Waiting, waiting
from wugeyi.dashboards.rules.board import Drawn
from wugeyi.dashboards.rules.charts import Chart, Series, Shape, Tone
from wugeyi.dashboards.rules.choosing import Grain
from wugeyi.dashboards.views.frame import Frame, address, frame_of, show, unit_or_404
from wugeyi.figures.rules import Figure
from wugeyi.figures.shown import is_money, shown, value_of
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import inside
from wugeyi.organisations.views.staff import StaffRequest, staff

PAGE = 20
RECURRING = 10


@require_safe
@staff()
def home(request: StaffRequest) -> HttpResponse:
    """Show the dashboard of the organisation one works in."""
    own = queries.own_units(request.reach)
    if not own:
        raise PermissionDenied
    return _board(request, own[0], own)


@require_safe
@staff()
def board(request: StaffRequest, code: str) -> HttpResponse:
    """Show the dashboard of any organisation: counts are for everybody with a post."""
    return _board(request, unit_or_404(code), [])


def _board(
    request: StaffRequest, unit: Organisation, own: list[Organisation]
) -> HttpResponse:
    frame = frame_of(request, unit)
    laid = layouts.board()
    numbers = queries.numbers(
        laid, unit, frame.chosen, as_of=frame.as_of, view=frame.view
    )
    columns = [numbers.now[code] for code in laid.places]
    rows = below(
        unit,
        laid.places,
        frame.chosen,
        after=request.GET.get("after", "")[:40],
        limit=PAGE,
        as_of=frame.as_of,
    )
    mapped = request.GET.get("map", "")
    code = mapped if mapped in laid.places else laid.places[0]
    context = {
        "own": own if len(own) > 1 else [],
        "waits": _lines(numbers, laid.waits),
        "rates": _lines(numbers, laid.rates),
        "money": _lines(numbers, laid.money),
        "field": _field(numbers, laid.field),
        "charts": [_chart(each, numbers) for each in laid.charts],
        "columns": columns,
        "below": [
            {
                "name": row.organisation.name,
                "gone": row.organisation.valid_to is not None,
                "url": address("board", row.organisation.code, frame.chosen),
                "figures": [(each, shown(each)) for each in row.figures],
            }
            for row in rows.rows
        ],
        "older_url": frame.address("board", after=rows.after) + "#below"
        if rows.after
        else "",
        "first_url": frame.address("board") + "#below"
        if request.GET.get("after")
        else "",
        **_map(frame, code, columns),
        **_now(request, frame),
    }
    return show(request, "board.html", frame, context, "board")


def _lines(numbers: queries.Numbers, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"figure": numbers.now[code], "shown": shown(numbers.now[code])}
        for code in codes
    ]


def _field(numbers: queries.Numbers, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return what is done outside; nothing where nobody ever recorded any of it."""
    lines = _lines(numbers, codes)
    return lines if any(each["shown"].text for each in lines) else []


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _chart(drawn: Drawn, numbers: queries.Numbers) -> Chart[Any]:
    last = numbers.months[-1].last
    first: Figure = numbers.now[drawn.codes[0]]
    return Chart(
        key=drawn.key,
        title=drawn.title_en if _english() else drawn.title_zh,
        shape=drawn.shape,
        labels=[phrases.short(each, Grain.MONTHS) for each in numbers.months],
        rows=[phrases.full(each, Grain.MONTHS, last) for each in numbers.months],
        series=[
            Series(
                numbers.now[code].name,
                [value_of(each[code]) for each in numbers.lines],
                tone,
            )
            for code, tone in drawn.series
        ],
        unit=_unit(first),
        places=1 if first.is_share else 0,
    )


def _unit(figure: Figure) -> str:
    if is_money(figure):
        return _("元")
    return "%" if figure.is_share else figure.unit


def _map(frame: Frame, code: str, columns: list[Figure]) -> dict[str, Any]:
    """Return the map of the parts; its list is the table on the same page."""
    if not queries.has_outlines(frame.organisation):
        return {"map_url": ""}
    return {
        "map_url": frame.address("areas", map=code),
        "map_choices": [
            (
                each.name,
                frame.address("board", map=each.code) + "#map",
                each.code == code,
            )
            for each in columns
        ],
        "map_name": next(each.name for each in columns if each.code == code),
    }


def _now(request: StaffRequest, frame: Frame) -> dict[str, Any]:
    """Return what only the present knows: nothing when an earlier day is looked at."""
    if frame.chosen.known or frame.view:
        return {"present": False}
    found = waiting(frame.organisation, now=frame.now, today=frame.chosen.today)
    return {
        "present": True,
        "waiting": found,
        "ages": _ages(found),
        "desk_url": _desk(request, frame.organisation),
        "patterns": [
            (each, _pattern_url(request, each))
            for each in patterns(
                rates.below(frame.organisation),
                today=frame.chosen.today,
                limit=RECURRING,
            )
        ],
        "sorts": queries.sorts(
            frame.organisation, frame.chosen, as_of=frame.as_of, view=frame.view
        ),
    }


def _ages(found: Waiting) -> Chart[Any]:
    """Return what waits, by age; each bar is divided by how far things are."""
    names = [_("%(days)s 天内") % {"days": days} for days in AGES]
    names.append(_("更久"))
    return Chart(
        key="ages",
        title=_("登记了多久"),
        shape=Shape.STACKED,
        labels=names,
        rows=names,
        series=[
            Series(str(STATE_NAMES[state]), counts, tone)
            for (state, counts), tone in zip(
                found.counts.items(),
                (Tone.SOFT, Tone.THIRD, Tone.WAIT, Tone.MAIN, Tone.SECOND),
                strict=True,
            )
        ],
        unit=_("件"),
    )


def _desk(request: StaffRequest, unit: Organisation) -> str:
    """Return the list of the cases, for those who may read it."""
    if not request.reach.covers(access.SEES_BY_PLACE, unit.path):
        return ""
    return f"{reverse('desk:list')}?tab=area&below={unit.code}"


def _pattern_url(request: StaffRequest, each: Pattern) -> str:
    reached = any(
        inside(each.place.path, held.path)
        for held in request.reach.holdings
        if held.role in access.SEES_BY_PLACE
    )
    if not reached:
        return ""
    return (
        f"{reverse('desk:list')}?tab=all&below={each.place.code}"
        f"&category={each.category.pk}"
        f"&first={each.first.isoformat()}&last={each.last.isoformat()}"
    )
