"""Taking a voucher back: the same lines with sides changed, once only, and named."""

from dataclasses import replace
from datetime import date

from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.numbers import find, next_number
from wugeyi.engines.ledger.records import Book, Month, Number, Posting, Voucher


def mirrored(postings: tuple[Posting, ...], prefix: str = "") -> tuple[Posting, ...]:
    """Return lines with their sides changed, their words after a prefix."""
    return tuple(
        replace(
            each,
            debit_fen=each.credit_fen,
            credit_fen=each.debit_fen,
            summary=prefix + each.summary,
        )
        for each in postings
    )


def reverse(book: Book, named: Number, day: date, prefix: str | None = None) -> Voucher:
    """Return the voucher that takes another one back, to be posted next.

    Parameters
    ----------
    named
        The voucher to be taken back.
    day
        The day of the reversal, in an open month and not before that voucher's.
    prefix
        What lines say before the words of that voucher; that it is reversed if None.

    Raises
    ------
    Refused
        There is no such voucher, it is a reversal, it was taken back before, the day is
        too early or in a closed month.
    """
    words = f"冲销 {named}：" if prefix is None else prefix
    subject = f"{day.year}-{next_number(book, day.year)}"
    taken_back = find(book, named)
    again = next((each for each in book.vouchers if each.reverses == named), None)
    values = {"reversed": str(named)}
    if taken_back is None:
        raise Refused(Finding("reversal-of-nothing", "error", subject, values))
    if taken_back.kind == "reversal":
        raise Refused(Finding("reversal-of-reversal", "error", subject, values))
    if again is not None:
        values["other"] = str(again.mark)
        raise Refused(Finding("reversed-twice", "error", subject, values))
    if day < taken_back.day:
        raise Refused(Finding("reversal-early", "error", subject, values))
    if book.closed is not None and Month.of(day) <= book.closed:
        months = {"month": str(Month.of(day)), "closed": str(book.closed)}
        raise Refused(Finding("period-closed", "error", subject, months))
    return Voucher(
        book=book.code,
        year=day.year,
        number=next_number(book, day.year),
        day=day,
        postings=mirrored(taken_back.postings, words),
        reverses=named,
        kind="reversal",
    )
