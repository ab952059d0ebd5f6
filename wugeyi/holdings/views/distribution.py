"""Distributions: their list, one with its households, the sheet for the wall."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wugeyi.books.models import Draft
from wugeyi.holdings.models import Distribution
from wugeyi.holdings.models.distribution import PAYOUT_NAMES
from wugeyi.holdings.queries import distribution as queries
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.rules.distribution import Payout, State
from wugeyi.holdings.rules.masking import mask
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

STEPS = (State.PLANNED, State.NOTICED, State.DECIDED, State.BOOKED)


@require_safe
@readers
def distributions(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a collective's distributions, year by year."""
    book = book_of(request, pk)
    rows = Distribution.objects.filter(book=book)
    context = {
        **frame(request, book, "distributions"),
        "page": cut(rows, **page_keys(request)),
    }
    return show(request, "distributions.html", context)


def _load(request: StaffRequest, pk: int) -> Distribution:
    rows = Distribution.objects.select_related(
        "book__organisation", "decision", "recorded_by"
    ).prefetch_related("others")
    return row_of(request, rows, pk, "book")


def _rows(plan: Distribution, *, names: bool) -> list[dict[str, Any]]:
    return [
        {
            "payout": each,
            "code": each.household.item.code,
            "name": each.household.item.name
            if names
            else mask(each.household.item.name),
            "fallen": each.state == Payout.PAID
            and each.draft is not None
            and each.draft.state == Draft.State.DROPPED,
        }
        for each in queries.payouts(plan)
    ]


@require_safe
@readers
def distribution(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a distribution: the order of the law, households, what was paid."""
    plan = _load(request, pk)
    context = frame(request, plan.book, "distributions")
    rows = _rows(plan, names=context["names"])
    by_state: dict[str, tuple[int, int]] = {}
    for each in rows:
        many, fen = by_state.get(each["payout"].state, (0, 0))
        by_state[each["payout"].state] = many + 1, fen + each["payout"].amount_fen
    state = State(plan.state)
    context |= {
        "plan": plan,
        "available_fen": plan.before_fen + plan.net_fen + plan.from_reserve_fen,
        "rows": rows,
        "sums": [
            (PAYOUT_NAMES[kind], *by_state[kind.value])
            for kind in Payout
            if kind.value in by_state
        ],
        "step": STEPS.index(state) + 1 if state in STEPS else 0,
        "steps": len(STEPS),
        "drafts": drafts.standing(drafts.DISTRIBUTION, plan.pk)
        .select_related("voucher")
        .order_by("pk"),
    }
    return show(request, "distribution.html", context)


@require_safe
@readers
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the sheet that is hung out: names masked for everybody."""
    plan = _load(request, pk)
    context = {
        **frame(request, plan.book, "distributions"),
        "plan": plan,
        "available_fen": plan.before_fen + plan.net_fen + plan.from_reserve_fen,
        "rows": _rows(plan, names=False),
    }
    return show(request, "notice.html", context)
