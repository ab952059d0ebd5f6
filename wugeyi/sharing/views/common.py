"""What every page of sharing begins and ends with."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views import staff as house
from wugeyi.organisations.views.staff import StaffRequest, page_keys, staff, unit_or_404
from wugeyi.sharing.rules import access

__all__ = ["StaffRequest", "page_keys", "readers", "show", "unit_or_404"]

readers = staff(*access.READS)
FARTHEST = 2**63


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of staff; what it shows is never kept by a cache."""
    return house.show(request, f"sharing/desk/{template}", context, status=status)


def unit_of(request: StaffRequest, code: str) -> Organisation:
    """Return a community within one's reach; else 404."""
    unit = unit_or_404(code)
    if not access.reads(request.reach, unit.path):
        raise Http404
    return unit


def need_writing(request: StaffRequest, unit: Organisation) -> None:
    """Let on only who works for a community.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not access.writes(request.reach, unit.path):
        raise PermissionDenied(
            _("共建共享由本社区的工作人员和书记来记，您现在的岗位只能查看。")
        )


TABS = ("day", "things", "partners", "thanks")


def frame(request: StaffRequest, unit: Organisation, page: str = "") -> dict[str, Any]:
    """Return what the head of every page of a community needs; one query."""
    names = {
        "day": _("今天"),
        "things": _("共享目录"),
        "partners": _("共建伙伴"),
        "thanks": _("感谢"),
    }
    return {
        "unit": unit,
        "path": lineage(unit),
        "writes": access.writes(request.reach, unit.path),
        "tabs": [
            {
                "url": reverse(f"sharing:{name}", args=[unit.code]),
                "label": names[name],
                "current": name == page,
                "count": None,
            }
            for name in TABS
        ],
    }


def text_of(request: HttpRequest, name: str = "text") -> str:
    """Return what is looked for: printable, short."""
    text = request.GET.get(name, "").strip()[:40]
    return text if text.isprintable() else ""
