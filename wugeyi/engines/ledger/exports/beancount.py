"""A book as a beancount file."""

from collections.abc import Iterator
from datetime import date, timedelta

from wugeyi.engines.ledger.balances import balances, name_of, rolled
from wugeyi.engines.ledger.exports.accounts import amount, path, used
from wugeyi.engines.ledger.numbers import natures
from wugeyi.engines.ledger.records import Book, Posting, Voucher, VoucherKind


def beancount(book: Book) -> str:
    """Return a book as a beancount file, its last balances asserted without tolerance.

    The same book gives the same text. Vouchers stand by day, those of one day in the
    order they were posted.

    Raises
    ------
    KeyError
        A voucher posts to an account that is none of the chart; check the book first.
    """
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Book) -> Iterator[str]:
    yield f'option "title" {_quoted(book.name or book.code)}'
    yield 'option "operating_currency" "CNY"'
    if not book.vouchers:
        return
    first = min(each.day for each in book.vouchers)
    last = max(each.day for each in book.vouchers)
    for code in used(book):
        yield f"{first} open {path(book, code)} CNY"
        yield f"  name: {_quoted(name_of(book, code))}"
    kinds = natures(book)
    for voucher in sorted(book.vouchers, key=lambda each: each.day):
        yield ""
        yield from _voucher(book, voucher, kinds[voucher.mark])
    yield ""
    yield from _asserted(book, last)


def _voucher(book: Book, voucher: Voucher, nature: VoucherKind) -> Iterator[str]:
    yield f"{voucher.day} * {_quoted(_summary(voucher))}"
    yield f'  voucher: "{voucher.mark}"'
    yield f'  kind: "{voucher.kind}"'
    yield f'  nature: "{nature}"'
    if voucher.reverses is not None:
        yield f'  reverses: "{voucher.reverses}"'
    for line in voucher.postings:
        yield f"  {path(book, line.account)}  {amount(line.net_fen)} CNY"
        yield from _about(line)


def _about(line: Posting) -> Iterator[str]:
    if line.summary:
        yield f"    summary: {_quoted(line.summary)}"
    for at, (name, value) in enumerate(line.dimensions, start=1):
        # A name of ours may be no key to beancount, such as a Chinese one.
        yield f"    dimension{at}: {_quoted(f'{name}={value}')}"


def _asserted(book: Book, last: date) -> Iterator[str]:
    net = rolled(balances(book, last))
    day = last + timedelta(days=1)
    for code in used(book):
        fen = net.get(code, 0)
        yield f"{day} balance {path(book, code)}  {amount(fen)} ~ 0.00 CNY"


def _summary(voucher: Voucher) -> str:
    return next((line.summary for line in voucher.postings if line.summary), "")


def _quoted(text: str) -> str:
    plain = " ".join(text.split("\n"))
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
