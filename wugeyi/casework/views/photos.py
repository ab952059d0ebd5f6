"""Photographs of a case: to who may read the case (public ones: views.public)."""

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from wugeyi.casework.models import CasePhoto
from wugeyi.casework.queries import access as queries
from wugeyi.casework.rules import access
from wugeyi.casework.views.staff import StaffRequest, staff
from wugeyi.uploads.views import picture_response


@require_safe
@staff()
def photo(request: StaffRequest, pk: int, *, thumb: bool = False) -> HttpResponseBase:
    """Hand out a photograph to somebody who may read its case."""
    found = (
        CasePhoto.objects.select_related(
            "upload", "case__place", "case__handler", "case__reported_party"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None or not access.sees(request.reach, queries.where(found.case)):
        raise Http404
    return picture_response(found.upload, thumb=thumb)
