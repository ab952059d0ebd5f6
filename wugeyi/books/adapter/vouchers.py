"""Entries and rows as the engine's vouchers."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from wugeyi.books.rules.entries import ITEM_KINDS, Entry, Line
from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.checking.vouchers import check
from wugeyi.engines.ledger.findings import Finding, errors
from wugeyi.engines.ledger.records import Month, Number, Posting, Regime, Voucher
from wugeyi.engines.ledger.reversal import mirrored


def voucher_of(
    entry: Entry, *, book: str, number: int, reverses: tuple[int, int] | None
) -> Voucher:
    """Return an entry as it will be posted under a number of its year."""
    return Voucher(
        book=book,
        year=entry.day.year,
        number=number,
        day=entry.day,
        postings=tuple(_posting(line) for line in entry.lines),
        reverses=None if reverses is None else Number(*reverses),
        kind=entry.kind,
        attachments=entry.papers,
    )


def wrong_with(voucher: Voucher, regime: str, closed_until: int) -> tuple[Finding, ...]:
    """Return the errors of a voucher that is to be posted.

    ``closed_until`` is the last closed month as ``rules.months`` counts.
    """
    year, month = divmod(closed_until, 12)
    found = check(voucher, chart(cast("Regime", regime)), Month(year, month + 1))
    return errors(found)


def taken_back(voucher: Voucher) -> tuple[Line, ...]:
    """Return the lines that take a voucher back, and say which one."""
    return tuple(
        line_of(each) for each in mirrored(voucher.postings, f"冲销 {voucher.mark}：")
    )


def line_of(posting: Posting) -> Line:
    """Return the engine's line as one to be posted."""
    items = {name: value for name, value in posting.dimensions if name in ITEM_KINDS}
    return Line(
        account=posting.account,
        debit_fen=posting.debit_fen,
        credit_fen=posting.credit_fen,
        summary=posting.summary,
        **items,
    )


def posting_of(
    account: str, debit_fen: int, credit_fen: int, summary: str, items: Sequence[str]
) -> Posting:
    """Return a row's columns as the engine's line; items in the order of columns."""
    if not any(items):
        return Posting(account, debit_fen, credit_fen, summary)
    named = zip(ITEM_KINDS, items, strict=True)
    return Posting(
        account,
        debit_fen,
        credit_fen,
        summary,
        tuple((kind, code) for kind, code in named if code),
    )


def day_of(value: date | str) -> date:
    """Return a day as either database gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _posting(line: Line) -> Posting:
    return Posting(
        line.account, line.debit_fen, line.credit_fen, line.summary, line.items
    )
