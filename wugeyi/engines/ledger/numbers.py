"""Numbers of vouchers: which is next, which voucher has one, what kind of thing it is."""

from wugeyi.engines.ledger.records import Book, Number, Voucher, VoucherKind


def next_number(book: Book, year: int) -> int:
    """Return the number the next voucher of a year gets."""
    numbers = (each.number for each in book.vouchers if each.year == year)
    return max(numbers, default=0) + 1


def find(book: Book, number: Number) -> Voucher | None:
    """Return the voucher of a number, if there is one."""
    return next((each for each in book.vouchers if each.mark == number), None)


def natures(book: Book) -> dict[Number, VoucherKind]:
    """Return what each voucher does: a reversal does what it takes back did.

    So the reversal of a closing is no income, and that of opening balances no turnover.
    """
    kinds: dict[Number, VoucherKind] = {}
    for voucher in book.vouchers:
        kind = voucher.kind
        if voucher.reverses is not None:
            kind = kinds.get(voucher.reverses, "ordinary")
        kinds[voucher.mark] = kind
    return kinds
