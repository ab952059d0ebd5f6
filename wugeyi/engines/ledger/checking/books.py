"""What is wrong with a book: numbers, reversals, what was posted twice, balances."""

from collections.abc import Iterator
from datetime import date

from wugeyi.engines.ledger.balances import balances, rolled
from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.checking.vouchers import check
from wugeyi.engines.ledger.findings import Finding, Refused, Value, errors
from wugeyi.engines.ledger.numbers import natures
from wugeyi.engines.ledger.records import Book, Number, Posting, Voucher

CASH = ("101", "102")
LEFT_EMPTY = "181"


def check_book(book: Book) -> tuple[Finding, ...]:
    """Return what is wrong with a book.

    Vouchers are checked one by one and with those before them; balances are looked at
    as they are after the last one. Closed months are not held against vouchers that
    were posted before the closing.
    """
    accounts = chart(book.regime)
    found: list[Finding] = []
    for voucher in book.vouchers:
        found.extend(check(voucher, accounts))
    found.extend(_numbers(book))
    found.extend(_openings(book))
    found.extend(_reversals(book))
    found.extend(_same(book))
    if not errors(tuple(found)):
        found.extend(_balances(book))
    return tuple(found)


def require(book: Book) -> None:
    """Raise what is wrong with a book.

    Raises
    ------
    Refused
        Something is an error.
    """
    found = errors(check_book(book))
    if found:
        raise Refused(*found)


def _numbers(book: Book) -> Iterator[Finding]:
    last: dict[int, int] = {}
    seen: set[Number] = set()
    for voucher in book.vouchers:
        subject = str(voucher.mark)
        if voucher.book != book.code:
            values = {"told": voucher.book, "book": book.code}
            yield Finding("voucher-foreign", "error", subject, values)
        expected = Number(voucher.year, last.get(voucher.year, 0) + 1)
        if voucher.mark in seen:
            yield Finding("number-twice", "error", subject)
        elif voucher.mark != expected:
            named = {"expected": str(expected)}
            yield Finding("number-gap", "error", subject, named)
        seen.add(voucher.mark)
        last[voucher.year] = voucher.number


def _openings(book: Book) -> Iterator[Finding]:
    opened = False
    earliest = min((each.day for each in book.vouchers), default=None)
    # Opening balances that were wrong are taken back and entered anew.
    kinds = natures(book)
    for voucher in book.vouchers:
        late = opened or voucher.day != earliest
        if voucher.kind == "opening" and late:
            yield Finding("opening-late", "error", str(voucher.mark))
        opened = opened or kinds[voucher.mark] != "opening"


def _reversals(book: Book) -> Iterator[Finding]:
    before: dict[Number, Voucher] = {}
    reversed_by: dict[Number, Number] = {}
    for voucher in book.vouchers:
        named = voucher.reverses
        if named is not None:
            code = _wrong(voucher, before.get(named), again=named in reversed_by)
            if code:
                values = {
                    "reversed": str(named),
                    "other": str(reversed_by.get(named, "")),
                }
                yield Finding(code, "error", str(voucher.mark), values)
            reversed_by.setdefault(named, voucher.mark)
        before[voucher.mark] = voucher


def _wrong(voucher: Voucher, taken_back: Voucher | None, *, again: bool) -> str:
    if taken_back is None:
        return "reversal-of-nothing"
    if taken_back.kind == "reversal":
        return "reversal-of-reversal"
    if again:
        return "reversed-twice"
    if voucher.day < taken_back.day:
        return "reversal-early"
    mirrored = [_sides(each)[::-1] for each in taken_back.postings]
    lines = [_sides(each) for each in voucher.postings]
    accounts = [_whose(each) for each in voucher.postings]
    if (lines, accounts) != (mirrored, [_whose(each) for each in taken_back.postings]):
        return "reversal-differs"
    return ""


def _sides(posting: Posting) -> tuple[int, int]:
    return posting.debit_fen, posting.credit_fen


def _whose(posting: Posting) -> tuple[object, ...]:
    return posting.account, posting.dimensions


def _same(book: Book) -> Iterator[Finding]:
    seen: dict[tuple[date, tuple[Posting, ...]], Number] = {}
    for voucher in book.vouchers:
        if voucher.kind != "ordinary" or not voucher.postings:
            continue
        first = seen.setdefault((voucher.day, voucher.postings), voucher.mark)
        if first is not voucher.mark and first != voucher.mark:
            values = {"other": str(first)}
            yield Finding("voucher-same", "warning", str(voucher.mark), values)


def _balances(book: Book) -> Iterator[Finding]:
    until = max((each.day for each in book.vouchers), default=date.min)
    net = rolled(balances(book, until))
    for code, account in chart(book.regime).accounts.items():
        amount = net.get(code, 0)
        values: dict[str, Value] = {
            "code": code,
            "name": account.name,
            "amount_fen": abs(amount),
        }
        wrong = amount < 0 if account.side == "debit" else amount > 0
        if wrong and (code in CASH or account.contra):
            yield Finding("balance-wrong-side", "warning", code, values)
        if code == LEFT_EMPTY and amount and book.regime == "2023":
            yield Finding("balance-left", "note", code, values)
