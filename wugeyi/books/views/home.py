"""All books in one's reach."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wugeyi.books.queries import paging
from wugeyi.books.queries.access import visible
from wugeyi.books.rules import access
from wugeyi.books.views.common import StaffRequest, key_of, readers, show


@require_safe
@readers
def home(request: StaffRequest) -> HttpResponse:
    """Show one page of the books in reach."""
    rows = visible(request.reach).select_related("organisation")
    page = paging.cut(
        rows,
        older=key_of(request.GET.get("older", "")),
        newer=key_of(request.GET.get("newer", "")),
    )
    keeps = request.reach.holds(*access.KEEPS)
    return show(request, "home.html", {"page": page, "keeps": keeps})
