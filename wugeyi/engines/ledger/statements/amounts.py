"""What accounts come to at a day or in a period, each on its own side."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from wugeyi.engines.ledger.balances import rolled
from wugeyi.engines.ledger.chart import Chart, chart
from wugeyi.engines.ledger.numbers import natures
from wugeyi.engines.ledger.records import Book, Posting

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
        net: Counter[str] = Counter()
        self._details: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
        for line in lines:
            net[line.account] += line.net_fen
            party = tuple(each for each in line.dimensions if each[0] in PARTIES)
            self._details[line.account, tuple(sorted(party))] += line.net_fen
        self._net = rolled(net)

    def amount(self, code: str, how: str) -> int:
        """Return an account's balance; of one side only where that is meant."""
        if how in {"debit", "credit"}:
            sign = 1 if how == "debit" else -1
            parts = (
                sign * fen
                for (account, _), fen in self._details.items()
                if account.startswith(code)
            )
            return sum(part for part in parts if part > 0)
        return _own_side(self._chart, code) * self._net.get(code, 0)


class InPeriod:
    """What was posted in a period, closing left out, and balances before it.

    Opening balances that were entered within the period are balances before it, but for
    those of income and expenses: these are what the year had come to.
    """

    def __init__(self, book: Book, first: date, last: date) -> None:
        self._chart = chart(book.regime)
        before: Counter[str] = Counter()
        posted: Counter[str] = Counter()
        kinds = natures(book)
        for voucher in book.vouchers:
            if voucher.day > last:
                continue
            kind = kinds[voucher.mark]
            for line in voucher.postings:
                opens = kind == "opening" and not self._flows(line.account)
                if voucher.day < first or opens:
                    before[line.account] += line.net_fen
                elif kind != "closing":
                    posted[line.account] += line.net_fen
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
