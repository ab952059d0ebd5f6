"""What every page of projects begins and ends with."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wugeyi.organisations.views import staff as pages
from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.projects.models import Project
from wugeyi.projects.queries.access import load
from wugeyi.projects.rules import access

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
    return pages.show(request, f"projects/{template}", context, status=status)


def project_of(request: StaffRequest, pk: int) -> Project:
    """Return a project this person may read; else 404."""
    project = load(pk)
    if project is None or not access.reads(request.reach, project.organisation.path):
        raise Http404
    return project


def writable(request: StaffRequest, pk: int) -> Project:
    """Return a project this person may write; 404 if it may not even be read."""
    project = project_of(request, pk)
    if not access.writes(request.reach, project.organisation.path):
        raise PermissionDenied(
            _("这个项目由它所在单位的书记和工作人员登记，您现在的岗位只能查看。")
        )
    return project


def key(text: str) -> int | None:
    """Read a key of an address; anything else is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
