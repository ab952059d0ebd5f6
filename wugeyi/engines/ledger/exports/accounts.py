"""What accounts are called in other programs."""

from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.records import Book, Kind, levels

# Cost of production is a stock of the balance sheet.
ROOTS: dict[Kind, str] = {
    "asset": "Assets",
    "cost": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}


def path(book: Book, code: str) -> str:
    """Return an account's name in plain-text accounting: Assets:102:01:01.

    Raises
    ------
    KeyError
        The code is none of the book's chart.
    """
    account = chart(book.regime).account(code)
    if account is None:
        raise KeyError(code)
    steps = [code[:3], code[3:5], code[5:7]]
    return ":".join([ROOTS[account.kind], *filter(None, steps)])


def used(book: Book) -> list[str]:
    """Return the codes posted to, and those they are part of, in order."""
    posted = {line.account for each in book.vouchers for line in each.postings}
    return sorted({level for code in posted for level in levels(code)})


def amount(fen: int) -> str:
    """Return fen as yuan with two decimals, without separators: -1234.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
