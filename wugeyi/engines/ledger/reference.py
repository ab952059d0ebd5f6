"""The same questions answered as slowly and plainly as possible, to hold answers to.

Shares nothing with the rest but the records: every figure is a sum over all lines of
the book, asked for anew.
"""

from datetime import date

from wugeyi.engines.ledger.records import Book, Posting, Voucher

INCOME = ("501", "502", "503", "504")
EXPENSES = ("511", "512", "513", "514", "515", "521")


def lines(book: Book) -> list[tuple[Voucher, Posting]]:
    """Return every line of a book with its voucher."""
    return [(each, line) for each in book.vouchers for line in each.postings]


def balance(book: Book, code: str, until: date) -> int:
    """Return debit less credit of an account with its sub-accounts at a day's end."""
    return sum(
        line.debit_fen - line.credit_fen
        for voucher, line in lines(book)
        if line.account.startswith(code) and voucher.day <= until
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
