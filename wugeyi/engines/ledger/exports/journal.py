"""A book as a journal that ledger and hledger both read."""

from collections.abc import Iterator

from wugeyi.engines.ledger.balances import name_of
from wugeyi.engines.ledger.exports.accounts import amount, path, used
from wugeyi.engines.ledger.numbers import natures
from wugeyi.engines.ledger.records import Book, Voucher, VoucherKind


def journal(book: Book) -> str:
    """Return a book as a journal of ledger and hledger.

    The same book gives the same text. A voucher's number is the transaction's code;
    what lines say and are about are comments below them. Tags say what is no ordinary
    voucher: ``kind``, for a reversal ``reverses`` and the ``nature`` of what it takes
    back, so that opening balances can be kept out of turnover, and closings out of
    income.

    Raises
    ------
    KeyError
        A voucher posts to an account that is none of the chart; check the book first.
    """
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Book) -> Iterator[str]:
    yield f"; {_plain(book.name or book.code)}"
    for code in used(book):
        yield f"; {code} {_plain(name_of(book, code))}"
        yield f"account {path(book, code)}"
    kinds = natures(book)
    for voucher in sorted(book.vouchers, key=lambda each: each.day):
        yield ""
        yield from _voucher(book, voucher, kinds[voucher.mark])


def _voucher(book: Book, voucher: Voucher, nature: VoucherKind) -> Iterator[str]:
    summary = next((each.summary for each in voucher.postings if each.summary), "")
    yield f"{voucher.day} * ({voucher.mark}) {_plain(summary)}".rstrip()
    if nature != "ordinary":
        yield f"    ; nature: {nature}"
    if voucher.kind != "ordinary":
        yield f"    ; kind: {voucher.kind}"
    if voucher.reverses is not None:
        yield f"    ; reverses: {voucher.reverses}"
    for line in voucher.postings:
        yield f"    {path(book, line.account)}  {amount(line.net_fen)} CNY"
        if line.summary:
            yield f"    ; {_plain(line.summary)}"
        for name, value in line.dimensions:
            yield f"    ; {_plain(name)}={_plain(value)}"


def _plain(text: str) -> str:
    """Return text without what begins a comment, a tag or a note in either program."""
    kept = " ".join(text.split())
    for sign, wide in ((";", "；"), ("|", "｜"), (":", "："), ("[", "［"), ("]", "］")):
        kept = kept.replace(sign, wide)
    return kept
