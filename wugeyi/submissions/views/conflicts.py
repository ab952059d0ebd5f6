"""Conflicts for review: one id, two contents, side by side with what was taken."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.organisations.views.staff import StaffRequest, key_of, show, staff
from wugeyi.submissions import registry
from wugeyi.submissions.actions.conflicts import review
from wugeyi.submissions.forms import ReviewForm
from wugeyi.submissions.models import Conflict, ConflictPhoto
from wugeyi.submissions.queries import conflicts as queries
from wugeyi.submissions.rules import READS
from wugeyi.ui.paging import cut
from wugeyi.uploads.views import picture_response

WRONG = 422
FARTHEST = 2**63


@require_safe
@staff(*READS)
def conflicts(request: StaffRequest) -> HttpResponse:
    """Show one page of conflicts, newest first."""
    page = cut(
        queries.visible(request.reach),
        older=key_of(request.GET.get("older", "")),
        newer=key_of(request.GET.get("newer", "")),
    )
    rows = [(row, registry.label_of(row.kind)) for row in page.rows]
    return show(request, "submissions/conflicts.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*READS)
def conflict(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what came second, and the way to what was taken; note what was found."""
    row = _row(request, pk)
    may = queries.may_review(request.reach, row)
    form = ReviewForm(request.POST or None)
    if request.method == "POST":
        if not may:
            raise PermissionDenied(_("核对由本单位管理员做。"))
        if form.is_valid():
            note = form.cleaned_data["note"]
            review(conflict=row, note=note, by=request.user, at=timezone.now())
            return redirect("submissions:conflict", pk=row.pk)
    context = {
        "row": row,
        "kind": registry.label_of(row.kind),
        "values": queries.values_of(row),
        "photos": row.photos.select_related("upload"),
        "form": form,
        "may": may and row.reviewed_at is None,
    }
    status = WRONG if form.errors else 200
    return show(request, "submissions/conflict.html", context, status=status)


def _row(request: StaffRequest, pk: int) -> Conflict:
    rows = queries.visible(request.reach).filter(pk=pk) if pk < FARTHEST else None
    row = rows.first() if rows is not None else None
    if row is None:
        raise Http404
    return row


@require_safe
@staff(*READS)
def conflict_photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a photograph that came with other content."""
    asking: StaffRequest = request  # type: ignore[assignment]
    photo = None
    if pk < FARTHEST:
        seen = queries.visible(asking.reach).values("pk")
        photo = ConflictPhoto.objects.filter(pk=pk, conflict__in=seen).first()
    if photo is None:
        raise Http404
    return picture_response(photo.upload, thumb="small" in request.GET)
