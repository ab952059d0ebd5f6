"""Balances at a day, running balances of an account, and trial balances.

Amounts are debit less credit unless said otherwise: what stands in credit is negative.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from wugeyi.engines.ledger.chart import chart, subaccounts
from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.numbers import natures
from wugeyi.engines.ledger.records import Book, Posting, Voucher, levels


def balances(book: Book, until: date) -> dict[str, int]:
    """Return each posted account's balance at the end of a day, in fen.

    Sub-accounts stand by themselves; ``rolled`` adds them up. Balances of 0 are left
    out.
    """
    net: Counter[str] = Counter()
    for voucher in book.vouchers:
        if voucher.day <= until:
            for posting in voucher.postings:
                net[posting.account] += posting.debit_fen - posting.credit_fen
    return {code: amount for code, amount in sorted(net.items()) if amount}


def rolled(net: Mapping[str, int]) -> dict[str, int]:
    """Return balances at every level: an account's with those of its sub-accounts."""
    total: dict[str, int] = {}
    for code, amount in net.items():
        for level in levels(code):
            total[level] = total.get(level, 0) + amount
    return dict(sorted(total.items()))


def by_dimension(book: Book, name: str, until: date) -> dict[tuple[str, str], int]:
    """Return balances by account and value of a dimension, in fen.

    Lines without the dimension are under the value "". Balances of 0 are left out.
    """
    net: Counter[tuple[str, str]] = Counter()
    for voucher in book.vouchers:
        if voucher.day <= until:
            for posting in voucher.postings:
                net[posting.account, value_of(posting, name)] += posting.net_fen
    return {key: amount for key, amount in sorted(net.items()) if amount}


def value_of(posting: Posting, name: str) -> str:
    """Return a line's value of a dimension; "" if it has none."""
    return next((value for told, value in posting.dimensions if told == name), "")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in the ledger of one account, with the balance after it."""

    voucher: Voucher
    posting: Posting
    balance_fen: int


def running(book: Book, account: str, first: date, last: date) -> tuple[Entry, ...]:
    """Return the lines of an account and its sub-accounts in a period, by day.

    The balance begins with what was there before the first day. Lines of one day stand
    in the order they were posted.
    """
    lines = [
        (voucher, posting)
        for voucher in sorted(book.vouchers, key=lambda each: each.day)
        for posting in voucher.postings
        if account in levels(posting.account) and voucher.day <= last
    ]
    balance = 0
    entries = []
    for voucher, posting in lines:
        balance += posting.net_fen
        if voucher.day >= first:
            entries.append(Entry(voucher, posting, balance))
    return tuple(entries)


@dataclass(frozen=True, slots=True)
class TrialRow:
    """An account in a trial balance, its sub-accounts included.

    Parameters
    ----------
    level
        1 for three digits, 2 for five, 3 for seven.
    opening_fen, closing_fen
        Debit less credit.
    debit_fen, credit_fen
        Turnover of the period, opening balances left out.
    """

    code: str
    name: str
    level: int
    opening_fen: int
    debit_fen: int
    credit_fen: int
    closing_fen: int


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The accounts of a book in a period.

    Parameters
    ----------
    rows
        By code, so that sub-accounts follow their account.
    total
        What the rows of level 1 come to; its opening and closing are 0 in books that
        balance.
    """

    first: date
    last: date
    rows: tuple[TrialRow, ...]
    total: TrialRow


def trial_balance(book: Book, first: date, last: date) -> TrialBalance:
    """Return opening balance, turnover and closing balance of every account and level.

    Opening balances that were entered within the period count as opening.

    Raises
    ------
    Refused
        The period ends before it begins.
    """
    if last < first:
        values = {"first": first.isoformat(), "last": last.isoformat()}
        raise Refused(Finding("period-turned", "error", "", values))
    opening: Counter[str] = Counter()
    debit: Counter[str] = Counter()
    credit: Counter[str] = Counter()
    kinds = natures(book)
    for voucher in book.vouchers:
        if voucher.day > last:
            continue
        if voucher.day < first or kinds[voucher.mark] == "opening":
            for posting in voucher.postings:
                opening[posting.account] += posting.debit_fen - posting.credit_fen
            continue
        for posting in voucher.postings:
            debit[posting.account] += posting.debit_fen
            credit[posting.account] += posting.credit_fen
    sums = rolled(opening), rolled(debit), rolled(credit)
    rows = tuple(
        _row(book, code, *(each.get(code, 0) for each in sums))
        for code in sorted(sums[0].keys() | sums[1].keys() | sums[2].keys())
    )
    return TrialBalance(first, last, rows, _total(rows))


def trial_by_dimension(
    book: Book, name: str, first: date, last: date
) -> dict[str, TrialBalance]:
    """Return a trial balance for each value of a dimension, such as each project.

    Lines without the dimension are under the value "". What is debited for one value
    may be credited for another, so a single one need not come to 0; all together do.

    Raises
    ------
    Refused
        The period ends before it begins.
    """
    parts: dict[str, list[Voucher]] = {}
    for voucher in book.vouchers:
        lines: dict[str, list[Posting]] = {}
        for posting in voucher.postings:
            lines.setdefault(value_of(posting, name), []).append(posting)
        for value, kept in lines.items():
            part = replace(voucher, postings=tuple(kept))
            parts.setdefault(value, []).append(part)
    return {
        value: trial_balance(replace(book, vouchers=tuple(part)), first, last)
        for value, part in sorted(parts.items())
    }


def name_of(book: Book, code: str) -> str:
    """Return an account's name, or its account's if a sub-account has none."""
    named = book.names.get(code) or subaccounts(book.regime).get(code)
    if named:
        return named
    account = chart(book.regime).account(code)
    return account.name if account else ""


def _row(book: Book, code: str, opening: int, debit: int, credit: int) -> TrialRow:
    return TrialRow(
        code=code,
        name=name_of(book, code),
        level=len(levels(code)),
        opening_fen=opening,
        debit_fen=debit,
        credit_fen=credit,
        closing_fen=opening + debit - credit,
    )


def _total(rows: Iterable[TrialRow]) -> TrialRow:
    top = [each for each in rows if each.level == 1]
    return TrialRow(
        code="",
        name="",
        level=0,
        opening_fen=sum(each.opening_fen for each in top),
        debit_fen=sum(each.debit_fen for each in top),
        credit_fen=sum(each.credit_fen for each in top),
        closing_fen=sum(each.closing_fen for each in top),
    )
