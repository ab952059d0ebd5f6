"""The same questions answered as slowly and plainly as possible, to hold answers to.

Shares nothing with the rest but the records: every figure is a sum over all lines of
the book, asked for anew.
"""

from datetime import date
from hashlib import sha256

from wugeyi.engines.ledger.records import Book, Posting, Voucher

INCOME = ("501", "502", "503", "504")
EXPENSES = ("511", "512", "513", "514", "515", "521")


def lines(book: Book) -> list[tuple[Voucher, Posting]]:
    """Return every line of a book with its voucher."""
    return [(each, line) for each in book.vouchers for line in each.postings]


def balance(
    book: Book, code: str, until: date, about: tuple[str, str] | None = None
) -> int:
    """Return debit less credit of an account with its sub-accounts at a day's end.

    Only lines about something, if it is told: a dimension's name and value.
    """
    return sum(
        line.debit_fen - line.credit_fen
        for voucher, line in lines(book)
        if line.account.startswith(code)
        and voucher.day <= until
        and (about is None or about in line.dimensions)
    )


def turnover(book: Book, code: str, first: date, last: date) -> tuple[int, int]:
    """Return debits and credits of a period, without opening balances."""
    counted = [
        line
        for voucher, line in lines(book)
        if line.account.startswith(code)
        and first <= voucher.day <= last
        and nature(book, voucher) != "opening"
    ]
    return sum(x.debit_fen for x in counted), sum(x.credit_fen for x in counted)


def opening(book: Book, code: str, first: date, last: date) -> int:
    """Return what an account began a period with."""
    debit, credit = turnover(book, code, first, last)
    return balance(book, code, last) - debit + credit


def nature(book: Book, voucher: Voucher) -> str:
    """Return the kind of a voucher, or of the one it takes back."""
    for each in book.vouchers:
        if voucher.reverses == (each.year, each.number):
            return each.kind
    return voucher.kind


def income(book: Book, first: date, last: date) -> int:
    """Return net income of a period: credit less debit of income and expenses."""
    return -sum(
        line.debit_fen - line.credit_fen
        for voucher, line in lines(book)
        if line.account[:3] in INCOME + EXPENSES
        and first <= voucher.day <= last
        and nature(book, voucher) != "closing"
    )


def undistributed(book: Book, until: date) -> int:
    """Return what was earned and not distributed, closed or not, at a day's end."""
    codes = ("321", "322", *INCOME, *EXPENSES)
    return -sum(balance(book, code, until) for code in codes)


def assets(book: Book, until: date) -> int:
    """Return the assets' total: 1xx and 401, dealings in credit not set off."""
    total = sum(balance(book, code, until) for code in ("1", "401"))
    return total + dealings_in_credit(book, until)


def dealings_in_credit(book: Book, until: date) -> int:
    """Return what is owed to those of account 113 that stand in credit."""
    dealt = [
        (line.account, tuple(sorted(line.dimensions)), line)
        for voucher, line in lines(book)
        if line.account.startswith("113") and voucher.day <= until
    ]

    def party(about: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        names = ("counterparty", "member", "household")
        return [each for each in about if each[0] in names]

    total = 0
    for code, about in {(code, tuple(party(about))) for code, about, _ in dealt}:
        net = sum(
            line.debit_fen - line.credit_fen
            for told, dims, line in dealt
            if told == code and tuple(party(dims)) == about
        )
        total += max(-net, 0)
    return total


def one_by_one(pool: int, counts: list[int], total: int) -> list[int]:
    """Return a pool's parts by largest remainder, fen by fen, of whole counts."""
    parts = [pool * count // total for count in counts]
    rests = [pool * count % total for count in counts]
    while sum(parts) < pool:
        lucky = rests.index(max(rests))
        parts[lucky] += 1
        rests[lucky] = -1
    return parts


def tree(leaves: list[bytes]) -> bytes:
    """Return MTH of RFC 6962, section 2.1, as it is defined there."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + tree(leaves[:k]) + tree(leaves[k:])).digest()


def audit_path(at: int, leaves: list[bytes]) -> list[bytes]:
    """Return PATH of RFC 6962, section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if at < k:
        return [*audit_path(at, leaves[:k]), tree(leaves[k:])]
    return [*audit_path(at - k, leaves[k:]), tree(leaves[:k])]


def grown(old: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    """Return SUBPROOF of RFC 6962, section 2.1.2."""
    if old == len(leaves):
        return [] if whole else [tree(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if old <= k:
        return [*grown(old, leaves[:k], whole=whole), tree(leaves[k:])]
    return [*grown(old - k, leaves[k:], whole=False), tree(leaves[:k])]
