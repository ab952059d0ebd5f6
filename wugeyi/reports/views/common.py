"""What every page of reports needs: the frame, the form, the filling, the refusal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.rules import window_of
from wugeyi.accounts.throttle import allow, key_of, too_often
from wugeyi.organisations.views import staff as pages
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.reports.models import Cell, Filling, Form
from wugeyi.reports.rules import access, limits


def show(
    request: StaffRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page of reports; what it shows is never kept by a cache."""
    return pages.show(request, f"reports/{template}", context, status=status)


def form_or_404(request: StaffRequest, pk: int) -> Form:
    """Return a form this person may see."""
    found = Form.objects.select_related("organisation", "recorded_by")
    form = found.filter(pk=pk).first()
    if form is None or not access.sees_form(request.reach, form.organisation.path):
        raise Http404
    return form


def filling_or_404(request: StaffRequest, pk: int) -> Filling:
    """Return a filled form this person may read."""
    found = Filling.objects.select_related(
        "form", "form__organisation", "organisation", "begun_by", "frozen_by"
    )
    filling = found.filter(pk=pk).first()
    if filling is None:
        raise Http404
    if not access.sees_filling(request.reach, filling.organisation.path):
        raise Http404
    return filling


def cell_or_404(request: StaffRequest, pk: int) -> Cell:
    """Return a cell of a filled form this person may read."""
    found = Cell.objects.select_related(
        "filling", "filling__form", "filling__organisation", "organisation", "known"
    )
    cell = found.filter(pk=pk).first()
    if cell is None:
        raise Http404
    if not access.sees_filling(request.reach, cell.filling.organisation.path):
        raise Http404
    return cell


def too_many_uploads(request: StaffRequest) -> HttpResponse | None:
    """Count one upload of this person; the page that says when to go on, if too many."""
    now = timezone.now()
    key = key_of("report-form", str(request.user.pk))
    if allow(key, limit=limits.UPLOADS, per=limits.UPLOADS_PER, at=now):
        return None
    return too_often(request, window_of(now, limits.UPLOADS_PER).end)


def may(permitted: bool) -> None:  # noqa: FBT001
    """Refuse with the page that explains it."""
    if not permitted:
        raise PermissionDenied(
            _("这张表不在您岗位的范围里。请联系本单位管理员核对岗位。")
        )
