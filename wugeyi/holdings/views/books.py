"""Collectives within one's reach, one at a glance, promises."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.books.models import Keeper
from wugeyi.holdings.models import Promise
from wugeyi.holdings.queries.access import visible
from wugeyi.holdings.queries.dues import late_of
from wugeyi.holdings.queries.overview import overview
from wugeyi.holdings.views.common import (
    StaffRequest,
    book_of,
    frame,
    page_keys,
    readers,
    show,
)
from wugeyi.organisations.queries import lineages
from wugeyi.ui.paging import cut


@require_safe
@readers
def home(request: StaffRequest) -> HttpResponse:
    """Show collectives within one's reach, and what is overdue in each."""
    rows = visible(request.reach).filter(keeper=Keeper.COLLECTIVE, closed_at=None)
    text = request.GET.get("text", "").strip()[:60]
    if text and text.isprintable():
        rows = rows.filter(organisation__name__icontains=text)
    page = cut(rows, **page_keys(request))
    late = late_of(page.rows, timezone.localdate()) if page.rows else {}
    above = lineages([row.organisation for row in page.rows]) if page.rows else {}
    listed = [
        (row, [each.name for each in above[row.organisation_id][-2:]], late.get(row.pk))
        for row in page.rows
    ]
    context = {"page": page, "rows": listed, "text": text}
    return show(request, "home.html", context)


@require_safe
@readers
def book(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a collective at a glance."""
    found = book_of(request, pk)
    told = overview(found, timezone.localdate())
    context = {**frame(request, found, "book"), "told": told}
    return show(request, "book.html", context)


@require_safe
@readers
def promises(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was promised; nothing of it is booked."""
    found = book_of(request, pk)
    rows = Promise.objects.filter(book=found).select_related("contract")
    context = {
        **frame(request, found, "contracts"),
        "page": cut(rows, **page_keys(request)),
    }
    return show(request, "promises.html", context)
