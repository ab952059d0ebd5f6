"""What every page of circles begins and ends with."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wugeyi.circles.models import Circle, Scenario
from wugeyi.circles.queries import access as queries
from wugeyi.circles.rules import access
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views import staff as pages
from wugeyi.organisations.views.staff import StaffRequest, staff

readers = staff(*access.READS)
writers = staff(*access.WRITES)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page; what it shows is never kept by a cache."""
    return pages.show(request, f"circles/{template}", context, status=status)


def circle_of(request: StaffRequest, pk: int) -> Circle:
    """Return a circle this person may read; else 404."""
    circle = queries.load(pk)
    if circle is None or not access.reads(request.reach, circle.organisation.path):
        raise Http404
    return circle


def writable(request: StaffRequest, pk: int) -> Circle:
    """Return a circle this person may write; 404 if it may not even be read."""
    circle = circle_of(request, pk)
    _may_write(request, circle)
    return circle


def scenario_of(request: StaffRequest, pk: int) -> Scenario:
    """Return a scenario of a circle this person may read; else 404."""
    scenario = queries.load_scenario(pk)
    if scenario is None or not access.reads(
        request.reach, scenario.circle.organisation.path
    ):
        raise Http404
    return scenario


def writable_scenario(request: StaffRequest, pk: int) -> Scenario:
    """Return a scenario this person may write; 404 if it may not even be read."""
    scenario = scenario_of(request, pk)
    _may_write(request, scenario.circle)
    return scenario


def _may_write(request: StaffRequest, circle: Circle) -> None:
    if not access.writes(request.reach, circle.organisation.path):
        raise PermissionDenied(
            _("这个生活圈由它所在单位的书记和工作人员管理，您现在的岗位只能查看。")
        )


def frame(request: StaffRequest, circle: Circle) -> dict[str, Any]:
    """Return what the head of every page of a circle needs."""
    return {
        "circle": circle,
        "path": lineage(circle.organisation),
        "writes": circle.closed_at is None
        and access.writes(request.reach, circle.organisation.path),
    }


def key(text: str) -> int | None:
    """Read a key of an address; anything else is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
