"""What every page of a line begins and ends with."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wugeyi.buslines.models import Line
from wugeyi.buslines.queries import access as queries
from wugeyi.buslines.rules import access
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views import staff as house
from wugeyi.organisations.views.staff import StaffRequest, key_of, page_keys, staff

__all__ = [
    "StaffRequest",
    "askers",
    "frame",
    "key_of",
    "line_of",
    "page_keys",
    "readers",
    "show",
    "writable",
    "writers",
]

readers = staff(*access.READS)
writers = staff(*access.WRITES)
askers = staff(*access.ASKS)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of this app; what it shows is never kept by a cache."""
    return house.show(request, f"buslines/{template}", context, status=status)


def line_of(request: StaffRequest, pk: int) -> Line:
    """Return a line this person may read; else 404."""
    line = queries.load(pk)
    if line is None or not access.reads(request.reach, line.organisation.path):
        raise Http404
    return line


def writable(request: StaffRequest, pk: int) -> Line:
    """Return a line this person may write; 404 if it may not even be read."""
    line = line_of(request, pk)
    need_writing(request, line)
    return line


def need_writing(request: StaffRequest, line: Line) -> None:
    """Let on only who plans and runs a line.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not access.writes(request.reach, line.organisation.path):
        raise PermissionDenied(
            _("这条线由运营单位的书记和工作人员管理，您现在的岗位只能查看。")
        )


def frame(request: StaffRequest, line: Line) -> dict[str, Any]:
    """Return what the head of every page of a line needs."""
    return {
        "line": line,
        "path": lineage(line.organisation),
        "writes": line.closed_on is None
        and access.writes(request.reach, line.organisation.path),
    }
