"""All books in one's reach, and what waits for one in them."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wugeyi.books.queries import books as queries
from wugeyi.books.rules import access
from wugeyi.books.views.common import StaffRequest, page_keys, readers, show


@require_safe
@readers
def home(request: StaffRequest) -> HttpResponse:
    """Show one page of the books in reach."""
    text = request.GET.get("q", "")[:60]
    page, rows = queries.listed(
        request.reach,
        text=text if text.isprintable() else "",
        **page_keys(request),
    )
    reviews = request.reach.holds(*access.REVIEWS)
    to_review = queries.to_review(request.reach, request.user.pk)
    context = {
        "page": page,
        "rows": rows,
        "text": text,
        "keeps": request.reach.holds(*access.KEEPS),
        "reviews": reviews,
        "waiting": queries.count_some(to_review) if reviews else 0,
        "most": queries.MOST_COUNTED,
        "asked": list(
            queries.asked_of(request.reach, request.user.pk)
            .select_related("book", "asked_by")
            .order_by("pk")[:20]
        )
        if reviews
        else [],
    }
    return show(request, "home.html", context)
