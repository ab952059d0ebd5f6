"""What is due under contracts, and what posted vouchers paid of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from wugeyi.books.models import Book, Draft, Posting, Voucher
from wugeyi.holdings.models import Contract, Due, Settlement
from wugeyi.holdings.queries.drafts import CONTRACT_DUE
from wugeyi.holdings.rules.contracts import CASH, ENDING_DAYS, ENTRIES, Kind

_CASH_LINES = Q(account__startswith=CASH[0]) | Q(account__startswith=CASH[1])


def moved(voucher: Voucher, kind: Kind) -> int:
    """Return what a voucher moved in money, the way a kind of contract pays."""
    sums = voucher.postings.filter(_CASH_LINES).aggregate(
        debit=Coalesce(Sum("debit_fen"), 0), credit=Coalesce(Sum("credit_fen"), 0)
    )
    came: int = sums["debit"] - sums["credit"]
    return came if ENTRIES[kind].incoming else -came


def _by_drafts() -> Subquery:
    """Return what vouchers made from the due date's own drafts moved in money."""
    lines = (
        Posting.objects.filter(
            _CASH_LINES,
            voucher__draft__source=CONTRACT_DUE,
            voucher__draft__source_id=OuterRef("pk"),
            voucher__reversed_by=None,
        )
        .order_by()
        .values("voucher__draft__source_id")
        .annotate(sum=Sum(F("debit_fen") - F("credit_fen")))
        .values("sum")
    )
    return Subquery(lines)


def _by_links() -> Subquery:
    """Return what other vouchers were said to have paid."""
    rows = (
        Settlement.objects.filter(
            due=OuterRef("pk"), withdrawn_at=None, voucher__reversed_by=None
        )
        .order_by()
        .values("due")
        .annotate(sum=Sum("amount_fen"))
        .values("sum")
    )
    return Subquery(rows)


def standing() -> QuerySet[Due]:
    """Return due dates that no later terms took the place of."""
    return Due.objects.filter(superseded_at=None)


def reckoned(rows: QuerySet[Due]) -> QuerySet[Any]:
    """Give each due date ``collected_fen`` and whether a draft of it ``waits``."""
    outgoing = [kind.value for kind, entry in ENTRIES.items() if not entry.incoming]
    waiting = Draft.objects.filter(
        source=CONTRACT_DUE, source_id=OuterRef("pk"), voucher=None
    ).exclude(state=Draft.State.DROPPED)
    return rows.annotate(
        moved_fen=Coalesce(_by_drafts(), 0, output_field=BigIntegerField()),
        linked_fen=Coalesce(_by_links(), 0, output_field=BigIntegerField()),
        collected_fen=F("linked_fen")
        + Case(
            When(
                contract__kind__in=outgoing,
                then=ExpressionWrapper(-F("moved_fen"), output_field=BigIntegerField()),
            ),
            default=F("moved_fen"),
            output_field=BigIntegerField(),
        ),
        waits=Exists(waiting),
    )


def overdue(rows: QuerySet[Due], today: date) -> QuerySet[Any]:
    """Return due dates before today that are not wholly paid, reckoned."""
    return reckoned(rows.filter(due_on__lt=today)).filter(
        collected_fen__lt=F("amount_fen")
    )


def of_contract(contract: Contract) -> list[Any]:
    """Return a contract's standing due dates in order, reckoned; one query."""
    return list(reckoned(standing().filter(contract=contract)).order_by("due_on", "pk"))


@dataclass(frozen=True, slots=True)
class Late:
    """How many due dates of a book are overdue, and what of them is missing."""

    count: int
    missing_fen: int


def late_of(books: Iterable[Book], today: date) -> dict[int, Late]:
    """Return what is overdue, by book; one query."""
    rows = (
        overdue(standing().filter(book__in=[each.pk for each in books]), today)
        .order_by()
        .values_list("book_id", "amount_fen", "collected_fen")
    )
    found: dict[int, Late] = {}
    for book, amount, collected in rows:
        before = found.get(book, Late(0, 0))
        missing = amount - collected
        found[book] = Late(before.count + 1, before.missing_fen + missing)
    return found


def ending(rows: QuerySet[Contract], today: date) -> QuerySet[Contract]:
    """Return contracts that end within ``ENDING_DAYS``, the first to end first."""
    until = today + timedelta(days=ENDING_DAYS)
    return rows.filter(
        terminated_on=None, ends_on__gte=today, ends_on__lte=until
    ).order_by("ends_on", "pk")
