"""The vouchers a distribution is posted by; standard entries as recalled."""

from datetime import date

from wugeyi.engines.ledger.distribution.records import Distribution
from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.numbers import next_number
from wugeyi.engines.ledger.records import Book, Month, Posting, Voucher

# Domain page 2.5, recalled; sub-accounts as in data/subaccounts-2023.csv.
RESERVE, PAYABLE, UNDISTRIBUTED = "311", "211", "32202"
TO_RESERVE, TO_MEMBERS, TO_OTHERS = "3220101", "3220102", "3220199"


def vouchers(book: Book, distribution: Distribution, day: date) -> tuple[Voucher, ...]:
    """Return the vouchers of a distribution, to be posted next and in this order.

    What members get is owed to each household (211, dimension "household") until paid.
    Parts that come to nothing have no voucher.

    Raises
    ------
    Refused
        The day is in a closed month, or the book is not kept by the 2023 system.
    """
    if book.regime != "2023":
        raise Refused(Finding("distribution-regime", "error", book.regime))
    if book.closed is not None and Month.of(day) <= book.closed:
        values = {"month": str(Month.of(day)), "closed": str(book.closed)}
        raise Refused(Finding("period-closed", "error", str(day), values))
    parts = [each for each in _parts(distribution) if each]
    number = next_number(book, day.year)
    return tuple(
        Voucher(book.code, day.year, number + at, day, lines)
        for at, lines in enumerate(parts)
    )


def _parts(of: Distribution) -> tuple[tuple[Posting, ...], ...]:
    households = tuple(
        (fen, "向成员分配", (("household", household),))
        for household, fen in of.by_household().items()
    )
    others = tuple((fen, name, ()) for name, fen in of.others)
    made_up = of.decision.from_reserve_fen
    return (
        _entry(RESERVE, UNDISTRIBUTED, ((made_up, "公积公益金弥补亏损", ()),)),
        _entry(TO_RESERVE, RESERVE, ((of.reserve_fen, "提取公积公益金", ()),)),
        _entry(TO_MEMBERS, PAYABLE, households),
        _entry(TO_OTHERS, PAYABLE, others),
    )


def _entry(
    debit: str,
    credit: str,
    parts: tuple[tuple[int, str, tuple[tuple[str, str], ...]], ...],
) -> tuple[Posting, ...]:
    paid = [part for part in parts if part[0]]
    if not paid:
        return ()
    total = sum(fen for fen, _, _ in paid)
    return (
        Posting(debit, total, 0, paid[0][1]),
        *(Posting(credit, 0, fen, summary, about) for fen, summary, about in paid),
    )
