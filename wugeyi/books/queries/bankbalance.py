"""The bank reconciliation statement of a day (银行存款余额调节表)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from wugeyi.books.models import BankLine, Book, Posting, VoucherKind

MOST = 500
"""Open lines of each kind that are listed; their sum counts all."""


@dataclass(frozen=True, slots=True)
class Open:
    """What one side has and the other has not: a sum of all, and the first of them."""

    fen: int
    rows: tuple[tuple[date, str, int], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both balances and what is open between them.

    Parameters
    ----------
    bank_fen
        What the newest line up to the day left in the bank; None if no statement
        reaches back to it or lines have no balance.
    bank_day
        The day of that line.
    before_fen
        By how much books and bank differed on the day before the first statement.
    """

    account: str
    on: date
    book_fen: int
    bank_fen: int | None
    bank_day: date | None
    bank_came: Open
    bank_went: Open
    book_came: Open
    book_went: Open
    first_day: date | None
    before_fen: int | None

    @property
    def book_adjusted_fen(self) -> int:
        """The books' balance with what only the bank has."""
        return self.book_fen + self.bank_came.fen + self.bank_went.fen

    @property
    def bank_adjusted_fen(self) -> int | None:
        """The bank's balance with what only the books have."""
        if self.bank_fen is None:
            return None
        return self.bank_fen + self.book_came.fen + self.book_went.fen

    @property
    def gap_fen(self) -> int | None:
        """By how much the adjusted balances still differ: 0 if all is explained."""
        adjusted = self.bank_adjusted_fen
        return None if adjusted is None else self.book_adjusted_fen - adjusted


def reconcile(book: Book, account: str, on: date) -> Reconciled:
    """Return the reconciliation at the end of a day; a fixed number of queries."""
    lines = BankLine.objects.filter(
        statement__book=book,
        statement__account=account,
        on__gte=book.begins_on,
        on__lte=on,
    )
    postings = Posting.objects.filter(
        book=book, account__startswith=account, voucher__day__lte=on
    )
    oldest = lines.order_by("on", "statement_id", "place").first()
    newest = lines.order_by("-on", "-statement_id", "-place").first()
    start = None if oldest is None else oldest.on
    open_lines = lines.filter(Q(posting=None) | Q(posting__voucher__day__gt=on))
    open_postings = _open_postings(postings, start, on)
    return Reconciled(
        account=account,
        on=on,
        book_fen=_net(postings),
        bank_fen=None if newest is None else newest.balance_fen,
        bank_day=None if newest is None else newest.on,
        bank_came=_lines(open_lines.filter(amount_fen__gt=0)),
        bank_went=_lines(open_lines.filter(amount_fen__lt=0)),
        book_came=_postings(open_postings.filter(debit_fen__gt=0)),
        book_went=_postings(open_postings.filter(credit_fen__gt=0)),
        first_day=start,
        before_fen=_before(postings, oldest),
    )


def _open_postings(
    postings: QuerySet[Posting], start: date | None, on: date
) -> QuerySet[Posting]:
    """Return what the bank did not know of by the day.

    Opening balances and what was posted before the first statement count as settled,
    unless a later line shows that it was not. A voucher that was taken back and what
    took it back are no movements of money.
    """
    later = Q(bank_line__on__gt=on)
    if start is None:
        return postings.filter(later)
    taken_back = Posting.objects.filter(
        voucher=OuterRef("voucher__reverses"),
        place=OuterRef("place"),
        bank_line=None,
        voucher__day__gte=start,
    )
    fresh = (
        Q(bank_line=None, voucher__day__gte=start)
        & ~Q(voucher__nature=VoucherKind.OPENING)
        & ~Q(voucher__reversed_by__day__lte=on)
        & ~Exists(taken_back)
    )
    return postings.filter(later | fresh)


def _net(postings: QuerySet[Posting]) -> int:
    found = postings.order_by().aggregate(
        fen=Coalesce(Sum(F("debit_fen") - F("credit_fen")), 0)
    )
    return int(found["fen"])


def _before(postings: QuerySet[Posting], oldest: BankLine | None) -> int | None:
    if oldest is None or oldest.balance_fen is None:
        return None
    opening = Q(voucher__nature=VoucherKind.OPENING)
    earlier = postings.filter(opening | Q(voucher__day__lt=oldest.on))
    matched = earlier.exclude(bank_line=None)
    bank = oldest.balance_fen - oldest.amount_fen
    return _net(earlier) - _net(matched) - bank


def _lines(rows: QuerySet[BankLine]) -> Open:
    total = rows.order_by().aggregate(fen=Coalesce(Sum("amount_fen"), 0))["fen"]
    found = list(rows.order_by("on", "pk")[: MOST + 1])
    shown = tuple(
        (
            each.on,
            " ".join(filter(None, [each.counterparty, each.memo])),
            each.amount_fen,
        )
        for each in found[:MOST]
    )
    return Open(int(total), shown, len(found) > MOST)


def _postings(rows: QuerySet[Posting]) -> Open:
    found = list(
        rows.select_related("voucher").order_by("voucher__day", "pk")[: MOST + 1]
    )
    shown = tuple(
        (
            each.voucher.day,
            f"{each.voucher} {each.summary}",
            each.debit_fen - each.credit_fen,
        )
        for each in found[:MOST]
    )
    return Open(_net(rows), shown, len(found) > MOST)
