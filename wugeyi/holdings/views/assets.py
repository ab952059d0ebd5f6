"""Assets: their list, a card, depreciation month by month."""

from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wugeyi.books.rules.months import first_day
from wugeyi.holdings.models import Asset, AssetChange, AssetPlan, Charge, Depreciation
from wugeyi.holdings.models.assets import KIND_NAMES, STATE_NAMES
from wugeyi.holdings.models.base import choices
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.queries.depreciation import plan_of, standing, taken
from wugeyi.holdings.queries.overview import left_of
from wugeyi.holdings.rules.assets import ACCOUNTS, Kind
from wugeyi.holdings.rules.depreciation import last_month
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

MOST = 60


@require_safe
@readers
def assets(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one page of a collective's assets and resources."""
    book = book_of(request, pk)
    asked = {name: request.GET.get(name, "") for name in ("kind", "state", "text")}
    rows = Asset.objects.filter(book=book).select_related("item")
    rows = rows.annotate(taken_fen=taken())
    kinds, states = dict(choices(KIND_NAMES)), dict(choices(STATE_NAMES))
    if asked["kind"] in kinds:
        rows = rows.filter(kind=asked["kind"])
    if asked["state"] in states:
        rows = rows.filter(state=asked["state"])
    text = asked["text"].strip()[:60]
    if text and text.isprintable():
        words = Q(item__name__icontains=text) | Q(item__code__icontains=text)
        rows = rows.filter(words | Q(place__icontains=text))
    page = cut(rows, **page_keys(request))
    listed = [(row, left_of(row, row.taken_fen)) for row in page.rows]  # type: ignore[attr-defined]
    context = {
        **frame(request, book, "assets"),
        "page": page,
        "rows": listed,
        "asked": asked,
        "kinds": list(kinds.items()),
        "states": list(states.items()),
        "filtered": any(asked.values()),
    }
    return show(request, "assets.html", context)


@require_safe
@readers
def asset(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a card: what it is, what is left of it, what was done with it."""
    rows = (
        Asset.objects.select_related("book__organisation", "item", "project")
        .annotate(taken_fen=taken())
        .prefetch_related(
            Prefetch("plans", AssetPlan.objects.order_by("month")),
            Prefetch(
                "changes",
                AssetChange.objects.select_related(
                    "decision", "draft", "recorded_by"
                ).order_by("-on", "-pk"),
            ),
        )
    )
    found = row_of(request, rows, pk, "book")
    plans = list(found.plans.all())
    charges = (
        Charge.objects.filter(asset=found, depreciation__withdrawn_at=None)
        .select_related("depreciation__draft__voucher")
        .order_by("-depreciation__month")[:MOST]
    )
    last = last_month([plan_of(each) for each in plans])
    context: dict[str, Any] = {
        **frame(request, found.book, "assets"),
        "asset": found,
        "left_fen": left_of(found, found.taken_fen),  # type: ignore[attr-defined]
        "worn_fen": found.brought_fen + found.taken_fen,  # type: ignore[attr-defined]
        "accounts": ACCOUNTS[Kind(found.kind)],
        "plans": [(each, first_day(each.month), plan_of(each)) for each in plans],
        "last": None if last is None else first_day(last),
        "charges": [(each, first_day(each.depreciation.month)) for each in charges],
        "contracts": found.contracts.select_related("counterparty").order_by("-pk")[
            :10
        ],
        "fund": drafts.standing(drafts.ASSET_FUND, found.pk)
        .select_related("voucher")
        .first(),
    }
    return show(request, "asset.html", context)


@require_safe
@readers
def depreciations(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the months that were charged."""
    book = book_of(request, pk)
    rows = standing(book).select_related("draft__voucher")
    page = cut(rows, **page_keys(request))
    context = {
        **frame(request, book, "assets"),
        "page": page,
        "rows": [(row, first_day(row.month)) for row in page.rows],
    }
    return show(request, "depreciations.html", context)


@require_safe
@readers
def depreciation(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what each asset was charged in a month."""
    rows = Depreciation.objects.select_related(
        "book__organisation", "draft__voucher", "recorded_by"
    )
    found = row_of(request, rows, pk, "book")
    charges = found.charges.select_related("asset__item").order_by("asset__item__code")
    context = {
        **frame(request, found.book, "assets"),
        "run": found,
        "month": first_day(found.month),
        "charges": charges,
    }
    return show(request, "depreciation.html", context)
