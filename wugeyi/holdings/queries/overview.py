"""One collective at a glance, at a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Sum

from wugeyi.books.models import Book
from wugeyi.holdings.models import Asset, Company, Contract, Distribution
from wugeyi.holdings.models.assets import KIND_NAMES
from wugeyi.holdings.queries.depreciation import last_month, taken
from wugeyi.holdings.queries.dues import Late, ending, late_of
from wugeyi.holdings.queries.members import Totals, totals
from wugeyi.holdings.rules.assets import Kind, State


@dataclass(frozen=True, slots=True)
class Sort:
    """How many assets of a kind there are, what they cost and what is left of it."""

    kind: str
    name: object
    count: int
    cost_fen: int | None
    worn_fen: int
    area_mu: Decimal | None

    @property
    def left_fen(self) -> int | None:
        """Cost less depreciation; None for resources."""
        return None if self.cost_fen is None else self.cost_fen - self.worn_fen


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of a collective begins with."""

    sorts: list[Sort]
    idle: int
    late: Late
    ending: list[Contract]
    totals: Totals
    charged: int | None
    companies: list[Company]
    distribution: Distribution | None


def sorts(book: Book) -> list[Sort]:
    """Return what there is of each kind; one query."""
    rows = (
        Asset.objects.filter(book=book)
        .exclude(state=State.DISPOSED)
        .annotate(taken_fen=taken())
        .order_by()
        .values("kind")
        .annotate(
            count=Count("pk"),
            cost=Sum("cost_fen"),
            worn=Sum(F("brought_fen") + F("taken_fen")),
            area=Sum("area_mu"),
        )
    )
    found = {row["kind"]: row for row in rows}
    return [
        Sort(
            kind.value,
            name,
            found[kind.value]["count"],
            found[kind.value]["cost"],
            found[kind.value]["worn"] or 0,
            found[kind.value]["area"],
        )
        for kind, name in KIND_NAMES.items()
        if kind.value in found
    ]


def overview(book: Book, today: date) -> Overview:
    """Return the overview of a collective."""
    contracts = Contract.objects.filter(book=book).select_related("counterparty")
    return Overview(
        sorts=sorts(book),
        idle=Asset.objects.filter(book=book, state=State.IDLE).count(),
        late=late_of([book], today).get(book.pk, Late(0, 0)),
        ending=list(ending(contracts, today)[:10]),
        totals=totals(book, today),
        charged=last_month(book),
        companies=list(
            Company.objects.filter(investors__book=book, ended_on=None).distinct()[:20]
        ),
        distribution=Distribution.objects.filter(book=book)
        .exclude(state="dropped")
        .order_by("-year")
        .first(),
    )


def left_of(asset: Asset, taken_fen: int) -> int | None:
    """Return what is left of an asset's value; None for a resource."""
    if asset.kind == Kind.RESOURCE or asset.cost_fen is None:
        return None
    return asset.cost_fen - asset.brought_fen - taken_fen
