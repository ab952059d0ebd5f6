"""What assets were charged, and what a month would charge them."""

from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from wugeyi.books.models import Book, Draft
from wugeyi.books.rules.months import first_day
from wugeyi.holdings.models import Asset, AssetPlan, Charge, Depreciation
from wugeyi.holdings.rules.depreciation import Plan, charge


@dataclass(frozen=True, slots=True)
class Charged:
    """What an asset would be charged in a month."""

    asset: Asset
    amount_fen: int
    taken_fen: int


def standing(book: Book | None = None) -> QuerySet[Depreciation]:
    """Return runs whose draft was not dropped and whose voucher was not taken back."""
    rows = Depreciation.objects.filter(withdrawn_at=None)
    if book is not None:
        rows = rows.filter(book=book)
    return rows.exclude(draft__state=Draft.State.DROPPED).filter(
        draft__voucher__reversed_by=None
    )


_STANDS = (
    Q(depreciation__withdrawn_at=None)
    & ~Q(depreciation__draft__state=Draft.State.DROPPED)
    & Q(depreciation__draft__voucher__reversed_by=None)
)


def taken() -> Coalesce:
    """Return, for rows of assets, what they were charged so far."""
    sums = (
        Charge.objects.filter(_STANDS, asset=OuterRef("pk"))
        .order_by()
        .values("asset")
        .annotate(sum=Sum("amount_fen"))
        .values("sum")
    )
    return Coalesce(Subquery(sums), 0)


def taken_of(asset: Asset) -> int:
    """Return what one asset was charged so far."""
    rows = Charge.objects.filter(_STANDS, asset=asset)
    return rows.aggregate(sum=Sum("amount_fen"))["sum"] or 0


def last_charged(asset: Asset) -> int | None:
    """Return the last month an asset was charged in; None if it never was."""
    last: int | None = (
        Charge.objects.filter(_STANDS, asset=asset)
        .order_by("-depreciation__month")
        .values_list("depreciation__month", flat=True)
        .first()
    )
    return last


def plan_of(row: AssetPlan) -> Plan:
    """Return a row as the rule's record."""
    return Plan(row.month, row.months, row.amount_fen)


def plans_of(asset: Asset) -> list[Plan]:
    """Return an asset's plans in their order; one query."""
    return [plan_of(row) for row in asset.plans.order_by("month")]


def charges(book: Book, month: int) -> list[Charged]:
    """Return what a month would charge each asset that is charged; two queries.

    What is disposed of is charged in that month for the last time.
    """
    rows = (
        Asset.objects.filter(book=book, plans__month__lte=month)
        .filter(Q(disposed_on=None) | Q(disposed_on__gte=first_day(month)))
        .select_related("item")
        .prefetch_related(Prefetch("plans", AssetPlan.objects.order_by("month")))
        .annotate(taken_fen=taken())
        .order_by("pk")
        .distinct()
    )
    found = []
    for asset in rows:
        plans = [plan_of(row) for row in asset.plans.all()]
        fen = charge(plans, month, asset.taken_fen)
        if fen:
            found.append(Charged(asset, fen, asset.taken_fen))
    return found


def last_month(book: Book) -> int | None:
    """Return the last month that is charged; None if none is."""
    last: int | None = (
        standing(book).order_by("-month").values_list("month", flat=True).first()
    )
    return last
