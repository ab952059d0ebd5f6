"""What every page of the desk begins and ends with: the frame, the case within reach."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from wugeyi.casework.models import Case
from wugeyi.casework.queries import access as queries
from wugeyi.casework.queries.waiting import Waiting
from wugeyi.casework.rules import access
from wugeyi.casework.rules.access import Where
from wugeyi.organisations.views import staff as pages
from wugeyi.organisations.views.staff import staff

__all__ = ["StaffRequest", "case_and_place", "show", "staff"]


class StaffRequest(pages.StaffRequest):
    """A request of somebody who signed in and holds a post."""

    # What the desk counted, for its navigation.
    waiting: Waiting


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a desk page; what it shows is never kept by a cache."""
    return pages.show(request, f"casework/desk/{template}", context, status=status)


def case_and_place(request: StaffRequest, pk: int) -> tuple[Case, Where]:
    """Return a case this person may read, with what permissions rest on; else 404."""
    case = queries.load(pk)
    if case is None:
        raise Http404
    place = queries.where(case)
    if not access.sees(request.reach, place):
        raise Http404
    return case, place
