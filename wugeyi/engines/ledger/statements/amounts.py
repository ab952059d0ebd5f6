"""What accounts come to at a day or in a period, each on its own side."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from wugeyi.engines.ledger.balances import rolled
from wugeyi.engines.ledger.chart import Chart, chart
from wugeyi.engines.ledger.numbers import natures
from wugeyi.engines.ledger.records import Book, Dimensions, Posting

PARTIES = ("counterparty", "member", "household")
"""Dimensions by which dealings with others are told apart."""


class AtDay:
    """Balances at a day's end.

    Parameters
    ----------
    lines
        All lines up to then.
    """

    def __init__(self, accounts: Chart, lines: Iterable[Posting]) -> None:
        self._chart = accounts
        self._lines = tuple(lines)
        net: dict[str, int] = {}
        for line in self._lines:
            fen = line.debit_fen - line.credit_fen
            net[line.account] = net.get(line.account, 0) + fen
        self._net = rolled(net)

    def amount(self, code: str, how: str) -> int:
        """Return an account's balance; of one side only where that is meant."""
        if how in {"debit", "credit"}:
            sign = 1 if how == "debit" else -1
            return sum(max(sign * fen, 0) for fen in self._details(code).values())
        return _own_side(self._chart, code) * self._net.get(code, 0)

    def _details(self, code: str) -> Counter[tuple[str, Dimensions]]:
        """Return what sub-accounts and dealings of an account come to."""
        found: Counter[tuple[str, Dimensions]] = Counter()
        for line in self._lines:
            if line.account.startswith(code):
                party = (each for each in line.dimensions if each[0] in PARTIES)
                found[line.account, tuple(sorted(party))] += line.net_fen
        return found


class InPeriod:
    """What was posted in a period, closing left out, and balances before it.

    Opening balances that were entered within the period are balances before it, but for
    those of income and expenses: these are what the year had come to.
    """

    def __init__(self, book: Book, first: date, last: date) -> None:
        self._chart = chart(book.regime)
        before: dict[str, int] = {}
        posted: dict[str, int] = {}
        kinds = natures(book)
        for voucher in book.vouchers:
            if voucher.day > last:
                continue
            kind = kinds[voucher.mark]
            into = before if voucher.day < first else posted
            if kind == "closing" and into is posted:
                continue
            for line in voucher.postings:
                account = line.account
                opens = kind == "opening" and not self._flows(account)
                target = before if opens else into
                fen = line.debit_fen - line.credit_fen
                target[account] = target.get(account, 0) + fen
        self._before, self._posted = rolled(before), rolled(posted)

    def _flows(self, code: str) -> bool:
        account = self._chart.account(code)
        return account is not None and account.kind in {"income", "expense"}

    def amount(self, code: str, how: str) -> int:
        """Return what was posted to an account, or its balance before."""
        net = self._before if how == "opening" else self._posted
        return _own_side(self._chart, code) * net.get(code, 0)


def _own_side(accounts: Chart, code: str) -> int:
    account = accounts.account(code)
    return -1 if account is not None and account.side == "credit" else 1
