"""Vouchers as a table of lines, one row a line, as ``reading`` takes them."""

import csv
import io
from collections.abc import Sequence

from wugeyi.engines.ledger.balances import name_of
from wugeyi.engines.ledger.columns import (
    DIMENSIONS,
    KINDS,
    OTHER_DIMENSION,
    VOUCHERS,
)
from wugeyi.engines.ledger.exports.accounts import amount
from wugeyi.engines.ledger.records import Book, Posting, Voucher


def table(book: Book) -> str:
    """Return a book's vouchers as CSV with Chinese titles.

    Dimensions come back sorted by name; without values, they do not come back.
    """
    names = sorted(
        {
            name
            for v in book.vouchers
            for line in v.postings
            for name, _ in line.dimensions
        }
    )
    titles = [chinese for chinese, _ in VOUCHERS.values()]
    rows = [titles + [dimension_title(name) for name in names]]
    for voucher in book.vouchers:
        rows += [_row(book, voucher, line, names) for line in voucher.postings]
    return written(rows)


def dimension_title(name: str) -> str:
    """Return the title of a dimension's column."""
    return DIMENSIONS[name][0] if name in DIMENSIONS else OTHER_DIMENSION + name


def written(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _row(book: Book, voucher: Voucher, line: Posting, names: list[str]) -> list[str]:
    told = dict(line.dimensions)
    return [
        str(voucher.year),
        str(voucher.number),
        voucher.day.isoformat(),
        KINDS[voucher.kind][0],
        str(voucher.reverses or ""),
        str(voucher.attachments),
        line.summary,
        line.account,
        name_of(book, line.account),
        amount(line.debit_fen) if line.debit_fen else "",
        amount(line.credit_fen) if line.credit_fen else "",
        *(told.get(name, "") for name in names),
    ]
