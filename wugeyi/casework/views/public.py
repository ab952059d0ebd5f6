"""Pages for everybody: the start, a community's page, figures, cases, areas."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.casework.models import Case, CasePhoto
from wugeyi.casework.queries import categories as category_rows
from wugeyi.casework.queries import patterns, published, rates
from wugeyi.casework.queries.published import Filters
from wugeyi.casework.queries.rates import Figure, Period
from wugeyi.casework.queries.standing import standing
from wugeyi.casework.views.arrangement import Arrangement, arrangement
from wugeyi.casework.views.drafts import TERRITORY
from wugeyi.organisations.models import Area, Organisation
from wugeyi.organisations.queries import lineage, search
from wugeyi.uploads.views import picture_response

CACHE_SECONDS = 300
RECENT = 5
CHOICES = 20
CHILDREN = 60
# Outlines sent to a phone: as many levels as stay small.
OUTLINES = 300
SPANS = {"30": 30, "90": 90, "365": 365}


@dataclass(frozen=True, slots=True)
class Told:
    """A published case with the words that go with it."""

    case: Case
    standing: Any
    answer: str
    took: timedelta | None


def told(case: Case) -> Told:
    """Put the words to a published case."""
    return Told(
        case,
        standing(case),
        published.public_answer(case),
        published.answered_after(case),
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Begin here: report, follow, find one's community, see what was done."""
    recent = published.page(published.published())
    context = {
        "recent": [told(case) for case in recent.cases[:RECENT]],
        "now": timezone.now(),
    }
    return render(request, "casework/public/home.html", context)


@require_safe
def community(request: HttpRequest) -> HttpResponse:
    """Find one's community by name, pinyin or code; names repeat, so paths are shown."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    found = search(typed, limit=2 * CHOICES) if typed else []
    context = {
        "typed": typed,
        "found": [each for each in found if each.organisation.kind in TERRITORY][
            :CHOICES
        ],
        "now": timezone.now(),
    }
    return render(request, "casework/public/community.html", context)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Show the public page of the whole installation."""
    return _public(request, None)


@require_safe
def of_place(request: HttpRequest, code: str) -> HttpResponse:
    """Show the public page of one organisation."""
    return _public(request, get_object_or_404(Organisation, code=code))


def _public(request: HttpRequest, place: Organisation | None) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    period, span = _period(request, today)
    arranged = arrangement(request, place, on=period.last)
    filters, chosen = _filters(request, place)
    if place is not None and arranged.view is not None:
        # The very condition that counts: a figure opens onto its own cases.
        cases = published.matching(replace(filters, place=None)).filter(
            rates.placed(place, arranged.view, arranged.on)
        )
    else:
        cases = published.matching(filters)
    figure = _figure(request)
    if figure is not None:
        cases = rates.cases_of(cases, period, figure, now=now)
    page = published.page(
        cases,
        newer=request.GET.get("newer", ""),
        older=request.GET.get("older", ""),
    )
    counted = _cached_rates(arranged, period, now=now)
    links = {
        each.value: f"?days={span}&figure={each.value}{arranged.query}#cases"
        for each in Figure
    }
    context = {
        # Not "place": the frame of every page has a value of that name.
        "unit": place,
        "path": _path(place),
        "below": arranged.children(limit=CHILDREN),
        "arranged": arranged,
        "views": arranged.tabs(f"days={span}"),
        "rates": counted,
        "links": links,
        "parts": [
            (name, counted[each], links[each.value]) for each, name in parts().items()
        ],
        "period": period,
        "span": span,
        "spans": list(SPANS),
        "figure": figure,
        "patterns": _cached_patterns(arranged, today=today),
        "told": [told(case) for case in page.cases],
        "page": page,
        "categories": category_rows.active(),
        "chosen": chosen,
        "fewest": rates.FEWEST_FOR_PERCENT,
        "version": rates.DEFINITION_VERSION,
        "now": now,
    }
    return render(request, "casework/public/public.html", context)


def parts() -> dict[Figure, str]:
    """Return the figures that stand beside the rates, with their names."""
    return {
        Figure.REGISTERED: _("登记件数"),
        Figure.MERGED: _("已合并到别的诉求"),
        Figure.EXCLUDED: _("剔除"),
        Figure.CONTACT_PENDING: _("还没到联系时限"),
        Figure.NO_CONTACT_TERM: _("没有联系时限（含危及人身、当场提示拨打紧急电话的）"),
        Figure.UNRESOLVED: _("回访未解决，重新办理中"),
        Figure.UNREACHED: _("没有联系上"),
        Figure.ENDED_OTHERWISE: _("撤回或转法定途径"),
        Figure.PENDING: _("还没有回访结果"),
        Figure.SATISFACTION_UNSAID: _("联系上但没有表态"),
    }


def _path(place: Organisation | None) -> list[Organisation]:
    return lineage(place) if place is not None else []


def _period(request: HttpRequest, today: date) -> tuple[Period, str]:
    span = request.GET.get("days", "90")
    if span not in SPANS:
        span = "90"
    return Period.ending(today, days=SPANS[span]), span


def _filters(
    request: HttpRequest, place: Organisation | None
) -> tuple[Filters, dict[str, str]]:
    code = request.GET.get("category", "")
    state = request.GET.get("state", "")
    category = next((row for row in category_rows.active() if row.code == code), None)
    state = state if state in published.PUBLIC_STATES else ""
    chosen = {"category": category.code if category else "", "state": state}
    return Filters(place, category, state), chosen


def _figure(request: HttpRequest) -> Figure | None:
    try:
        return Figure(request.GET.get("figure", ""))
    except ValueError:
        return None


def _cached_rates(
    arranged: Arrangement, period: Period, *, now: datetime
) -> rates.Rates:
    """Count at most once in five minutes for each place, view and period."""
    key = f"casework.rates.{arranged.key}.{period.first}.{period.last}"
    found: rates.Rates | None = cache.get(key)
    if found is None:
        found = rates.rates(arranged.cases(), period, now=now)
        cache.set(key, found, CACHE_SECONDS)
    return found


def _cached_patterns(arranged: Arrangement, *, today: date) -> list[patterns.Pattern]:
    key = f"casework.patterns.{arranged.key}.{today}"
    found: list[patterns.Pattern] | None = cache.get(key)
    if found is None:
        public = arranged.cases().filter(category__public=True)
        found = patterns.patterns(public, today=today)
        cache.set(key, found, CACHE_SECONDS)
    return found


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a photograph somebody approved, of a case that is published."""
    found = (
        CasePhoto.objects.select_related("upload")
        .filter(pk=pk, public=True, case__published_at__isnull=False)
        .first()
    )
    if found is None:
        raise Http404
    response = picture_response(found.upload, thumb="full" not in request.GET)
    # Whoever approved it may take it back: no cache keeps it for a year.
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Answer with outlines for the map: what is inside them, we answer for."""
    body: str | None = cache.get("casework.areas")
    if body is None:
        body = json.dumps(
            {"type": "FeatureCollection", "features": _outlines()},
            ensure_ascii=False,
        )
        cache.set("casework.areas", body, CACHE_SECONDS)
    response = HttpResponse(body, content_type="application/geo+json; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return response


def _outlines() -> list[dict[str, Any]]:
    """Return outlines from the coarsest level down, as long as they stay few."""
    outlines: list[dict[str, Any]] = []
    for kind in ("county", "zone", "town", "community", "village"):
        rows = (
            Area.objects.filter(organisation__kind=kind, organisation__valid_to=None)
            .select_related("organisation")
            .order_by("organisation__code")[: OUTLINES + 1]
        )
        found = [
            {
                "type": "Feature",
                "properties": {
                    "name": row.organisation.name,
                    "generated": row.generated,
                },
                "geometry": json.loads(row.geometry),
            }
            for row in rows
        ]
        if len(outlines) + len(found) > OUTLINES:
            break
        outlines += found
    return outlines


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is, and on what terms."""
    return render(request, "casework/public/about.html", {"now": timezone.now()})
