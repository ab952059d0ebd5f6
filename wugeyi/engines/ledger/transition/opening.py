"""The opening balances of the new book, once a person has confirmed every row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.findings import Finding, Refused, Value
from wugeyi.engines.ledger.records import Book, Posting, Voucher
from wugeyi.engines.ledger.transition.proposing import Carried, proposed

FLOWS = ("income", "expense")


def carried_over(book: Book, last: date, rows: Sequence[Carried], code: str) -> Voucher:
    """Return the voucher of opening balances of a new book by the system of 2023.

    A balance may be split into several rows. Dimensions are kept.

    Parameters
    ----------
    book
        By the system of 2004, its year closed.
    last
        The day whose balances are carried over; the voucher is of the day after.
    code
        The new book's.

    Raises
    ------
    Refused
        A row is not confirmed, has no account of 2023, or rows do not come to what the
        old book has; or income was not carried over before.
    """
    found = tuple(_wrong(book, last, rows))
    if found:
        raise Refused(*found)
    first = date.fromordinal(last.toordinal() + 1)
    lines = tuple(
        Posting(
            each.new,
            max(each.fen, 0),
            max(-each.fen, 0),
            "新旧会计制度衔接，期初余额",
            each.dimensions,
        )
        for each in rows
        if each.fen
    )
    return Voucher(code, first.year, 1, first, lines, kind="opening")


def _wrong(book: Book, last: date, rows: Sequence[Carried]) -> Iterator[Finding]:
    if book.regime != "2004":
        yield Finding("transition-regime", "error", book.code)
        return
    accounts, old = chart("2023"), chart("2004")
    kept = proposed(book, last)
    for each in kept:
        account = old.account(each.old)
        if account is not None and account.kind in FLOWS:
            values: dict[str, Value] = {"code": each.old, "amount_fen": each.fen}
            yield Finding("transition-unclosed", "error", account.name, values)
    for each in rows:
        if not each.confirmed:
            yield Finding("transition-unconfirmed", "error", each.old)
        account = accounts.account(each.new)
        if account is None or account.kind in FLOWS:
            yield Finding("transition-target", "error", each.old, {"code": each.new})
    yield from _differing(kept, rows)


def _differing(kept: Sequence[Carried], rows: Sequence[Carried]) -> Iterator[Finding]:
    there = {(each.old, each.dimensions): each.fen for each in kept}
    told: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
    for each in rows:
        told[each.old, tuple(sorted(each.dimensions))] += each.fen
    for key in sorted(there.keys() | told.keys()):
        if there.get(key, 0) != told[key]:
            values: dict[str, Value] = {
                "about": "，".join("=".join(each) for each in key[1]),
                "kept_fen": there.get(key, 0),
                "told_fen": told[key],
            }
            yield Finding("transition-differs", "error", key[0], values)
