"""What every page of staff begins and ends with: who asks, may they, the frame."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import held, lineage
from wugeyi.organisations.views import staff as house
from wugeyi.organisations.views.staff import StaffRequest, page_keys, staff, unit_or_404
from wugeyi.stations.models import Station
from wugeyi.stations.queries import staff as queries
from wugeyi.stations.rules import access

__all__ = [
    "FARTHEST",
    "StaffRequest",
    "anybody",
    "counts",
    "frame",
    "need_writing",
    "own_unit",
    "page_keys",
    "readers",
    "show",
    "station_of",
    "words",
    "writable",
]

FARTHEST = 2**63
readers = staff(*access.READS)
# Whoever keeps a station may count visits there, whatever the post.
anybody = staff()


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of this app; what it shows is never kept by a cache."""
    reach = request.reach  # type: ignore[attr-defined]
    full = {"writes_some": reach.holds(*access.WRITES), **(context or {})}
    return house.show(request, f"stations/desk/{template}", full, status=status)


def station_of(request: StaffRequest, pk: int) -> Station:
    """Return a station this person may read as staff, or keeps; else 404."""
    row = queries.load(pk) if pk < FARTHEST else None
    if row is None or not (
        access.reads(request.reach, row.organisation.path)
        or row.keeper_id == request.user.pk
    ):
        raise Http404
    return row


def writable(request: StaffRequest, pk: int) -> Station:
    """Return a station this person may write; 404 if it may not even be read."""
    row = station_of(request, pk)
    need_writing(request, row.organisation)
    return row


def need_writing(request: StaffRequest, unit: Organisation) -> None:
    """Let on only who writes stations of a unit.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not access.writes(request.reach, unit.path):
        raise PermissionDenied(
            _("驿站由管它的单位的书记、工作人员登记，您现在的岗位只能查看。")
        )


def counts(request: StaffRequest, row: Station) -> bool:
    """Tell whether somebody may count visits: who writes stations, or keeps this one."""
    return (
        access.writes(request.reach, row.organisation.path)
        or row.keeper_id == request.user.pk
    )


def own_unit(request: StaffRequest, code: str = "") -> Organisation:
    """Return the unit a page is about: by its code, or the first one held.

    Raises
    ------
    PermissionDenied
        This person writes no stations there.
    """
    unit = unit_or_404(code) if code else held(request.reach, access.WRITES).first()
    if unit is None:
        raise PermissionDenied(
            _("驿站由管它的单位的书记、工作人员登记，您现在的岗位只能查看。")
        )
    need_writing(request, unit)
    return unit


def frame(request: StaffRequest, row: Station, page: str = "") -> dict[str, Any]:
    """Return what the head of every page of a station needs."""
    writes = row.ended_on is None and access.writes(
        request.reach, row.organisation.path
    )
    tabs = [
        ("desk-station", _("总览")),
        ("visits", _("来了几人次")),
        ("history", _("经过")),
    ]
    return {
        "station": row,
        "path": lineage(row.organisation)[-2:],
        "writes": writes,
        "counts": row.ended_on is None and counts(request, row),
        "tabs": [
            {
                "url": reverse(f"stations:{name}", args=[row.pk]),
                "label": label,
                "current": name == page,
                "count": None,
            }
            for name, label in tabs
        ],
    }


def words(request: HttpRequest, name: str, most: int = 40) -> str:
    """Return a word of the address, as it may be looked for."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:most]
