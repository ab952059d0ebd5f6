"""What every page here begins and ends with: the record within reach, the frame."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.branchwork.forms.steps import REFUSALS
from wugeyi.branchwork.models import Recorded
from wugeyi.branchwork.queries import records
from wugeyi.branchwork.queries.units import own_units, unit_by_code
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.rules.refusals import Refused
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views import staff as pages
from wugeyi.organisations.views.staff import StaffRequest, staff

__all__ = [
    "StaffRequest",
    "addressed",
    "readable_or_404",
    "refusal",
    "show",
    "staff",
    "units_of",
    "writable",
]
Row = TypeVar("Row", bound=Recorded)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page; what it shows is never kept by a cache."""
    full = {"today": timezone.localdate(), **(context or {})}
    return pages.show(request, f"branchwork/{template}", full, status=status)


def readable_or_404(request: StaffRequest, model: type[Row], pk: int) -> Row:
    """Return a record within reach."""
    row = records.load(model, pk, request.reach)
    if row is None:
        raise Http404
    return row


def writable(request: StaffRequest, row: Recorded, *, follow: bool = False) -> None:
    """Let through who may change the record (or tell what came of it)."""
    allowed = access.follows if follow else access.writes
    if not allowed(request.reach, row.organisation.path):
        raise PermissionDenied(
            _("这条记录由它所在支部的书记来改；您现在的岗位只能看。")
        )


def units_of(
    request: StaffRequest, asked: Organisation | None = None
) -> list[Organisation]:
    """Return for whom this person may write, the one asked for first."""
    units = own_units(request.reach, access.WRITES)
    if asked is not None:
        units = [asked, *(unit for unit in units if unit.pk != asked.pk)]
    return units


def addressed(request: StaffRequest, *, writing: bool = False) -> Organisation | None:
    """Return the organisation that ``?at=CODE`` names, if it is within reach."""
    roles = access.WRITES if writing else access.READS
    code = str(request.GET.get("at", "") or request.POST.get("at", ""))[:32]
    return unit_by_code(request.reach, roles, code)


def refusal(problem: Refused) -> str:
    """Say in words why an act was refused."""
    return str(REFUSALS[problem.why])
