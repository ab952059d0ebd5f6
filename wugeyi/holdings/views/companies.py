"""Companies: their list, a card with its share table, a dividend; investments."""

from datetime import date

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.holdings.models import Dividend, Investment, PayIn
from wugeyi.holdings.queries import companies as queries
from wugeyi.holdings.queries.dues import of_contract
from wugeyi.holdings.rules import access
from wugeyi.holdings.rules.investments import sensitivity
from wugeyi.holdings.views.common import (
    FARTHEST,
    StaffRequest,
    book_of,
    company_frame,
    company_of,
    frame,
    page_keys,
    readers,
    row_of,
    show,
)
from wugeyi.ui.paging import cut


@require_safe
@readers
def companies(request: StaffRequest) -> HttpResponse:
    """Show companies within one's reach."""
    rows = queries.visible(request.reach).select_related("organisation")
    text = request.GET.get("text", "").strip()[:60]
    if text and text.isprintable():
        rows = rows.filter(Q(name__icontains=text) | Q(code__iexact=text))
    context = {"page": cut(rows, **page_keys(request)), "text": text}
    return show(request, "companies.html", context)


@require_safe
@readers
def company(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a company: who has which share, what was paid in, dividends."""
    found = company_of(request, pk)
    today = timezone.localdate()
    pay_ins = (
        PayIn.objects.filter(investor__company=found)
        .select_related("investor__book", "draft__voucher__reversed_by")
        .order_by("-on", "-pk")
    )
    context = {
        **company_frame(request, found),
        "table": queries.table(found, today),
        "pay_ins": pay_ins[:200],
        "dividends": found.dividends.order_by("-declared_on", "-pk")[:50],
        "left": found.investors.filter(left_on__isnull=False).select_related("book"),
        "today": today,
    }
    return show(request, "company.html", context)


@require_safe
@readers
def dividend(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a dividend: who gets what, and how far each village has booked it."""
    rows = Dividend.objects.select_related("company__organisation", "recorded_by")
    found = rows.filter(pk=pk).first() if pk < FARTHEST else None
    if found is None:
        raise Http404
    company_of(request, found.company_id)
    parts = [
        {
            "part": each,
            "declared": queries.stands(each.declared_draft),
            "received": queries.stands(each.received_draft),
            "keeps": each.investor.book is not None
            and access.keeps(request.reach, each.investor.book.organisation.path),
        }
        for each in queries.parts(found)
    ]
    ours = [
        each
        for each in parts
        if each["part"].investor.book_id and each["part"].amount_fen  # type: ignore[attr-defined]
    ]
    context = {
        **company_frame(request, found.company),
        "dividend": found,
        "parts": parts,
        "to_book": any(not each["declared"] and each["keeps"] for each in ours),
        "to_receive": any(
            each["declared"] and not each["received"] and each["keeps"] for each in ours
        ),
        "paid_in_fen": sum(each["part"].paid_in_fen for each in parts),  # type: ignore[attr-defined]
    }
    return show(request, "dividend.html", context)


@require_safe
@readers
def investments(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a collective's investments and the companies it has a share in."""
    book = book_of(request, pk)
    rows = Investment.objects.filter(book=book).select_related("company")
    shared = book.investments_in.select_related("company").annotate(
        paid_fen=queries.paid_in()
    )
    context = {
        **frame(request, book, "investments"),
        "page": cut(rows, **page_keys(request)),
        "shared": shared.order_by("-pk")[:50],
    }
    return show(request, "investments.html", context)


@require_safe
@readers
def investment(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an investment: expected, decided, paid, what came, and what if."""
    rows = Investment.objects.select_related(
        "book__organisation", "company", "contract", "decision"
    )
    found = row_of(request, rows, pk, "book")
    paid = came = 0
    if found.company is not None:
        paid, came = queries.came_of(found.book, found.company)
    if found.contract is not None:
        paid += sum(each.collected_fen for each in of_contract(found.contract))
    context = {
        **frame(request, found.book, "investments"),
        "investment": found,
        "paid_fen": paid,
        "came_fen": came,
        "left_fen": max(paid - came, 0),
        "years_so_far": _years(found.begins_on, timezone.localdate()),
        "outlooks": sensitivity(
            amount_fen=found.amount_fen,
            yearly_fen=found.expected_fen,
            years=found.years,
            residual_fen=found.residual_fen,
        ),
    }
    return show(request, "investment.html", context)


def _years(begins: date, today: date) -> int:
    """Return whole years since a day, 0 before it."""
    done = (
        today.year
        - begins.year
        - ((today.month, today.day) < (begins.month, begins.day))
    )
    return max(done, 0)
