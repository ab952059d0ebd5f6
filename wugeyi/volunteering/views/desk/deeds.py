"""What volunteers wrote down: looked at, or taken back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import StaffRequest, key_of, need, staff
from wugeyi.uploads.views import picture_response
from wugeyi.volunteering.actions import deeds as actions
from wugeyi.volunteering.models import Deed
from wugeyi.volunteering.queries import desk as queries
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.views.desk.common import show, unit_in_reach
from wugeyi.volunteering.views.trying import or_404


@require_safe
@staff(*access.READS)
def deeds(request: StaffRequest, code: str) -> HttpResponse:
    """List what was done at and below a unit."""
    found = unit_in_reach(request, code)
    context = {"rows": queries.deeds(found, older=key_of(request.GET.get("older", "")))}
    return show(request, "deeds.html", found, "deeds", context)


def _deed(
    request: StaffRequest, pk: int, roles: frozenset[Role] = access.READS
) -> Deed:
    row = or_404(queries.deed_in_reach(pk, request.reach))
    need(request, roles, row.organisation)
    return row


@require_safe
@staff(*access.READS)
def deed(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a deed; not who did it."""
    row = _deed(request, pk)
    return show(request, "deed.html", row.organisation, "deeds", {"deed": row})


@require_POST
@staff(*access.WRITES)
def see(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that somebody looked at it."""
    row = _deed(request, pk, access.WRITES)
    actions.see(deed=row, by=request.user, at=timezone.now())
    messages.success(request, _("记下了：已看过。"))
    return redirect("volunteering:desk-deed", pk=pk)


@require_POST
@staff(*access.WRITES)
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a wrong entry back."""
    row = _deed(request, pk, access.WRITES)
    actions.take_back(deed=row, by=request.user, at=timezone.now())
    messages.success(request, _("已撤回，不再计入。"))
    return redirect("volunteering:desk-deeds", code=row.organisation.code)


@require_safe
@staff(*access.READS)
def picture(request: StaffRequest, pk: int, which: str) -> HttpResponseBase:
    """Show a photograph to staff in reach; no page for everybody shows any."""
    row = _deed(request, pk)
    upload = or_404(row.before if which == "before" else row.after)
    return picture_response(upload)
