"""Contracts: their list, what is overdue, what ends soon, a card."""

from django.db.models import F, Prefetch, Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.books.models import Draft
from wugeyi.holdings.models import Contract, Settlement, Terms
from wugeyi.holdings.queries.drafts import CONTRACT_DUE
from wugeyi.holdings.queries.dues import ending, of_contract, overdue, standing
from wugeyi.holdings.rules.contracts import ENDING_DAYS, ENTRIES, Kind
from wugeyi.holdings.views.common import (
    StaffRequest,
    book_of,
    frame,
    page_keys,
    readers,
    row_of,
    show,
)
from wugeyi.ui.paging import cut

# So many overdue due dates are listed, the oldest first.
MOST = 100


@require_safe
@readers
def contracts(request: StaffRequest, pk: int) -> HttpResponse:
    """Show contracts: all, those with something overdue, those that end soon."""
    book = book_of(request, pk)
    today = timezone.localdate()
    wanted = request.GET.get("show", "")
    context = {**frame(request, book, "contracts"), "show": wanted, "today": today}
    rows = Contract.objects.filter(book=book).select_related(
        "counterparty", "asset__item"
    )
    if wanted == "overdue":
        dues = overdue(standing().filter(book=book), today).annotate(
            missing_fen=F("amount_fen") - F("collected_fen")
        )
        found = list(
            dues.select_related("contract__counterparty").order_by("due_on", "pk")[
                : MOST + 1
            ]
        )
        context |= {
            "dues": [(each, (today - each.due_on).days) for each in found[:MOST]],
            "more": MOST if len(found) > MOST else 0,
        }
        return show(request, "overdue.html", context)
    if wanted == "ending":
        context |= {"soon": list(ending(rows, today)[:MOST]), "days": ENDING_DAYS}
        return show(request, "ending.html", context)
    text = request.GET.get("text", "").strip()[:60]
    if text and text.isprintable():
        words = Q(title__icontains=text) | Q(number__icontains=text)
        rows = rows.filter(words | Q(counterparty__name__icontains=text))
    context |= {"page": cut(rows, **page_keys(request)), "text": text}
    return show(request, "contracts.html", context)


@require_safe
@readers
def contract(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a contract: its paper, terms by date, what is due and what was paid."""
    rows = Contract.objects.select_related(
        "book__organisation",
        "counterparty",
        "asset__item",
        "decision",
        "project",
        "recorded_by",
    ).prefetch_related(
        Prefetch(
            "terms",
            Terms.objects.select_related("decision", "recorded_by").order_by("-pk"),
        ),
        "promises",
    )
    found = row_of(request, rows, pk, "book")
    dues = of_contract(found)
    keys = [each.pk for each in dues]
    made: dict[int, list[Draft]] = {}
    for draft in (
        Draft.objects.filter(source=CONTRACT_DUE, source_id__in=keys)
        .exclude(state=Draft.State.DROPPED)
        .select_related("voucher__reversed_by")
        .order_by("pk")
    ):
        made.setdefault(draft.source_id or 0, []).append(draft)
    links: dict[int, list[Settlement]] = {}
    for link in (
        Settlement.objects.filter(due__in=keys, withdrawn_at=None)
        .select_related("voucher__reversed_by")
        .order_by("pk")
    ):
        links.setdefault(link.due_id, []).append(link)
    today = timezone.localdate()
    context = {
        **frame(request, found.book, "contracts"),
        "contract": found,
        "incoming": ENTRIES[Kind(found.kind)].incoming,
        "dues": [
            {
                "due": each,
                "missing_fen": max(each.amount_fen - each.collected_fen, 0),
                "late": each.due_on < today,
                "drafts": made.get(each.pk, []),
                "links": links.get(each.pk, []),
            }
            for each in dues
        ],
        "total_fen": sum(each.amount_fen for each in dues),
        "collected_fen": sum(each.collected_fen for each in dues),
        "today": today,
    }
    return show(request, "contract.html", context)
