"""One kept assessment: what figures of a circle open onto."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from wugeyi.circles.queries import assessments as queries
from wugeyi.circles.rules import access
from wugeyi.circles.views.common import frame, key, readers, show
from wugeyi.organisations.views.staff import StaffRequest


@require_safe
@readers
def assessment(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was found on a day: by kind, and place by place from one on."""
    found = queries.load(pk)
    if found is None or not access.reads(request.reach, found.circle.organisation.path):
        raise Http404
    page = queries.areas(found, first=key(request.GET.get("area", "")))
    context = {
        **frame(request, found.circle),
        "assessment": found,
        "kinds": queries.kinds(found),
        "areas": page.rows,
        "following": page.following,
    }
    return show(request, "assessment.html", context)
