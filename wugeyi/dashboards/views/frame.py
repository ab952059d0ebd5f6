"""What every page of an organisation begins with: which one, which days, where it stands."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from wugeyi.dashboards import phrases
from wugeyi.dashboards.rules.choosing import Chosen, choose
from wugeyi.organisations.models import Organisation, TreeView
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.queries.views import views_holding
from wugeyi.organisations.rules import STATUTORY
from wugeyi.organisations.views.staff import StaffRequest

HIGHEST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """An organisation, seen on a day, in an arrangement of the tree."""

    organisation: Organisation
    chosen: Chosen
    now: datetime
    as_of: datetime | None
    views: list[TreeView]
    view: TreeView | None

    def address(self, name: str, **more: str) -> str:
        """Return another page of the organisation with the same days."""
        return address(name, self.organisation.code, self.chosen, **more)


def address(name: str, code: str, chosen: Chosen, **more: str) -> str:
    """Return a page of an organisation with the days chosen."""
    query = urlencode({**chosen.query, **more})
    page = reverse(f"dashboards:{name}", args=[code])
    return f"{page}?{query}" if query else page


def frame_of(request: StaffRequest, organisation: Organisation) -> Frame:
    """Read the address; one query where there is one arrangement only."""
    now = timezone.now()
    chosen = choose(request.GET.dict(), today=timezone.localdate(now))
    views = views_holding(organisation, on=chosen.today)
    view = next(
        (each for each in views if each.code == chosen.view and each.code != STATUTORY),
        None,
    )
    as_of = None
    if chosen.known:
        # Everything recorded until that local day was over.
        as_of = timezone.make_aware(datetime.combine(chosen.known, time.max))
    return Frame(organisation, chosen, now, as_of, views, view)


def unit_or_404(code: str) -> Organisation:
    """Return the organisation of a code, abolished ones included."""
    return get_object_or_404(Organisation, code=code)


def show(
    request: StaffRequest,
    template: str,
    frame: Frame,
    context: dict[str, Any],
    page: str,
) -> HttpResponse:
    """Render with what every page here shows; nothing is kept by a cache."""
    full = {**_common(frame, page), **context}
    response = render(request, f"dashboards/{template}", full)
    response.headers["Cache-Control"] = "no-store"
    return response


def _common(frame: Frame, page: str) -> dict[str, Any]:
    chosen = frame.chosen
    return {
        "now": frame.now,
        "unit": frame.organisation,
        "path": _path(frame, page),
        "chosen": chosen,
        "period": chosen.period,
        "days": phrases.days(chosen.period),
        "spans": [(each.value, name) for each, name in phrases.SPANS.items()],
        "grains": [(each.value, name) for each, name in phrases.GRAINS.items()],
        "views": frame.views,
        "view": frame.view,
        "page": page,
        "board_url": frame.address("board"),
        "profile_url": frame.address("profile"),
        "paragraph_url": _paragraph(frame),
    }


def _path(frame: Frame, page: str) -> list[dict[str, object]]:
    above = lineage(frame.organisation)[-HIGHEST_SHOWN:]
    return [
        {
            "name": each.name,
            "url": address(page, each.code, frame.chosen),
            "current": each.pk == frame.organisation.pk,
        }
        for each in above
    ]


def _paragraph(frame: Frame) -> str:
    """Return the text with evidence of the same organisation and days."""
    period = frame.chosen.period
    query = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    if frame.chosen.known:
        query["as_of"] = frame.chosen.known.isoformat()
    page = reverse("reports:paragraph", args=[frame.organisation.code])
    return f"{page}?{urlencode(query)}"
