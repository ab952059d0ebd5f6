"""Closing months in order, and carrying a year's income over.

The income of a year goes from its accounts to 321 and from there to undistributed
income; what was distributed is set against it. Production cost (401) and everything
else of the balance sheet keeps its balance.
"""

from collections import Counter
from dataclasses import replace
from datetime import date

from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.checking import require
from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.numbers import next_number
from wugeyi.engines.ledger.records import (
    Book,
    Dimensions,
    Kind,
    Month,
    Posting,
    Voucher,
)
from wugeyi.engines.ledger.reversal import reverse

YEAR_INCOME = "321"
DISTRIBUTED = "32201"
UNDISTRIBUTED = "32202"

_Nets = dict[tuple[str, Dimensions], int]


def close_month(book: Book, month: Month, *, monthly: bool = False) -> Book:
    """Return the book with a month closed, its closing vouchers posted.

    Parameters
    ----------
    monthly
        Carry income over to 321 every month; otherwise only in December.

    Raises
    ------
    Refused
        It is not the month after the last closed one (or, if none is, that of the first
        voucher), or something is wrong with the book.
    """
    expected = _expected(book)
    if expected is not None and month != expected:
        values = {"expected": str(expected)}
        raise Refused(Finding("closing-order", "error", str(month), values))
    require(book)
    if month.month == 12:
        book = settle(carry(book, month.last, year=True), month.last)
    elif monthly:
        book = carry(book, month.last)
    return replace(book, closed=month)


def reopen(book: Book, decision: str) -> Book:
    """Return the book with its last closed month open again.

    Closing vouchers of that month are taken back by reversals of its last day, which
    tell the decision. Close the month again when it is mended.

    Parameters
    ----------
    decision
        Who decided it, when and why: what a reader of the books is to know.

    Raises
    ------
    Refused
        No month is closed, or no decision is told.
    """
    month = book.closed
    if month is None:
        raise Refused(Finding("reopening-nothing", "error"))
    if not decision.strip():
        raise Refused(Finding("reopening-undecided", "error", str(month)))
    first = min((each.day for each in book.vouchers), default=month.first)
    before = month.before
    closed = before if before >= Month.of(first) else None
    book = replace(book, closed=closed)
    taken = {each.reverses for each in book.vouchers}
    standing = [
        each.mark
        for each in book.vouchers
        if each.kind == "closing"
        and Month.of(each.day) == month
        and each.mark not in taken
    ]
    for mark in reversed(standing):
        made = reverse(book, mark, month.last, f"{decision.strip()}，冲销 {mark}：")
        book = replace(book, vouchers=(*book.vouchers, made))
    return book


def carry(book: Book, day: date, *, year: bool = False) -> Book:
    """Return the book with income and expenses carried over to 321.

    Parameters
    ----------
    day
        Vouchers up to it are carried, and the new ones are dated so.
    year
        Carry 321 over to undistributed income, too. May be done in December before the
        closing, so that the year's income is known when its distribution is posted.

    Raises
    ------
    Refused
        The day is in a closed month.
    """
    if book.closed is not None and Month.of(day) <= book.closed:
        values = {"month": str(Month.of(day)), "closed": str(book.closed)}
        raise Refused(Finding("period-closed", "error", str(day), values))
    kinds: tuple[tuple[Kind, str], ...] = (
        ("income", "结转本期收入"),
        ("expense", "结转本期支出"),
    )
    for kind, summary in kinds:
        moved = _of_kind(book, kind, day)
        book = _posted(book, day, moved, YEAR_INCOME, summary)
    if year:
        moved = _under(book, YEAR_INCOME, day)
        book = _posted(book, day, moved, UNDISTRIBUTED, "结转本年收益")
    return book


def settle(book: Book, day: date) -> Book:
    """Return the book with what was distributed set against undistributed income."""
    moved = _under(book, DISTRIBUTED, day)
    return _posted(book, day, moved, UNDISTRIBUTED, "结平各项分配")


def _expected(book: Book) -> Month | None:
    if book.closed is not None:
        return book.closed.following
    first = min((each.day for each in book.vouchers), default=None)
    return None if first is None else Month.of(first)


def _nets(book: Book, until: date) -> _Nets:
    net: Counter[tuple[str, Dimensions]] = Counter()
    for voucher in book.vouchers:
        if voucher.day <= until:
            for line in voucher.postings:
                net[line.account, line.dimensions] += line.net_fen
    return {key: fen for key, fen in sorted(net.items()) if fen}


def _of_kind(book: Book, kind: Kind, until: date) -> _Nets:
    accounts = chart(book.regime)
    return {
        key: fen
        for key, fen in _nets(book, until).items()
        if (account := accounts.account(key[0])) is not None and account.kind == kind
    }


def _under(book: Book, code: str, until: date) -> _Nets:
    nets = _nets(book, until).items()
    return {key: fen for key, fen in nets if key[0].startswith(code)}


def _posted(book: Book, day: date, moved: _Nets, target: str, summary: str) -> Book:
    if not moved:
        return book
    lines = [
        _line(account, -fen, summary, dimensions)
        for (account, dimensions), fen in moved.items()
    ]
    total = sum(moved.values())
    if total:
        lines.append(_line(target, total, summary, ()))
    number = next_number(book, day.year)
    made = Voucher(book.code, day.year, number, day, tuple(lines), kind="closing")
    return replace(book, vouchers=(*book.vouchers, made))


def _line(account: str, net: int, summary: str, dimensions: Dimensions) -> Posting:
    return Posting(account, max(net, 0), max(-net, 0), summary, dimensions)
