"""What is wrong with one voucher, taken by itself."""

from collections.abc import Iterator

from wugeyi.engines.ledger.chart import Chart, chart, other
from wugeyi.engines.ledger.findings import Finding, Value
from wugeyi.engines.ledger.records import (
    LEVELS,
    VOUCHER_KINDS,
    Dimensions,
    Month,
    Posting,
    Voucher,
)


def check(
    voucher: Voucher, accounts: Chart, closed: Month | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with a voucher that is to be posted.

    Parameters
    ----------
    accounts
        The chart of the book's regime.
    closed
        The last closed month of the book, if any is.
    """
    if _sound(voucher, accounts, closed):
        return ()
    return tuple(_check(voucher, accounts, closed))


def _sound(voucher: Voucher, accounts: Chart, closed: Month | None) -> bool:
    """Return whether nothing at all is to be said; most vouchers are so, and import fast.

    May say no to what is sound, never yes to what is not.
    """
    if (
        not voucher.postings
        or voucher.number < 1
        or voucher.attachments < 0
        or voucher.kind not in VOUCHER_KINDS
        or voucher.day.year != voucher.year
        or (voucher.kind == "reversal") != (voucher.reverses is not None)
        or (closed is not None and (voucher.year, voucher.day.month) <= closed)
    ):
        return False
    balance = 0
    for line in voucher.postings:
        debit, credit, summary = line.debit_fen, line.credit_fen, line.summary
        if type(debit) is not int or type(credit) is not int:
            return False
        if not (debit == 0 < credit or credit == 0 < debit):
            return False
        if line.dimensions and not _clean(line.dimensions):
            return False
        if not summary.isprintable() or not summary.strip():
            return False
        if accounts.account(line.account) is None:
            return False
        balance += debit - credit
    return balance == 0


def _clean(dimensions: Dimensions) -> bool:
    names = {name for name, _ in dimensions}
    return len(names) == len(dimensions) and all(
        name.isprintable() and value.isprintable() for name, value in dimensions
    )


def _check(
    voucher: Voucher, accounts: Chart, closed: Month | None
) -> Iterator[Finding]:
    subject = str(voucher.mark)
    yield from _head(voucher, subject)
    month = Month.of(voucher.day)
    if closed is not None and month <= closed:
        values: dict[str, Value] = {"month": str(month), "closed": str(closed)}
        yield Finding("period-closed", "error", subject, values)
    whole = True
    for line, posting in enumerate(voucher.postings, start=1):
        found = tuple(_amount(posting, subject, line))
        whole = whole and not any(each.code == "posting-not-fen" for each in found)
        yield from found
        yield from account(posting.account, accounts, subject)
        yield from _words(posting, subject, line)
    if whole:
        yield from _balance(voucher, subject)


def _head(voucher: Voucher, subject: str) -> Iterator[Finding]:
    if not voucher.postings:
        yield Finding("voucher-empty", "error", subject)
    if voucher.number < 1:
        yield Finding("voucher-number", "error", subject)
    if voucher.attachments < 0:
        values: dict[str, Value] = {"many": voucher.attachments}
        yield Finding("voucher-attachments", "error", subject, values)
    if voucher.kind not in VOUCHER_KINDS:
        yield Finding("voucher-kind", "error", subject, {"kind": voucher.kind})
    if voucher.day.year != voucher.year:
        days: dict[str, Value] = {"day": voucher.day.isoformat(), "year": voucher.year}
        yield Finding("voucher-year", "error", subject, days)
    if voucher.kind == "reversal" and voucher.reverses is None:
        yield Finding("reversal-unnamed", "error", subject)
    if voucher.kind != "reversal" and voucher.reverses is not None:
        named = {"reversed": str(voucher.reverses)}
        yield Finding("reversal-kind", "error", subject, named)


def _amount(posting: Posting, subject: str, line: int) -> Iterator[Finding]:
    debit, credit = posting.debit_fen, posting.credit_fen
    # A bool is an int to Python, and a float may come from a careless caller.
    if type(debit) is not int or type(credit) is not int:
        yield Finding("posting-not-fen", "error", subject, {"line": line})
        return
    if debit and credit:
        yield Finding("posting-both-sides", "error", subject, {"line": line})
    elif not debit and not credit:
        yield Finding("posting-no-amount", "error", subject, {"line": line})
    if min(debit, credit) < 0:
        values: dict[str, Value] = {"line": line, "amount_fen": min(debit, credit)}
        yield Finding("posting-negative", "error", subject, values)


def account(code: str, accounts: Chart, subject: str) -> Iterator[Finding]:
    """Tell whether a code is none of the chart, and what it means in the other one."""
    if accounts.account(code) is not None:
        return
    elsewhere = other(accounts.regime)
    meant = chart(elsewhere).account(code)
    if len(code) not in LEVELS:
        yield Finding("account-digits", "error", subject, {"code": code})
    elif meant is None:
        yield Finding("account-unknown", "error", subject, {"code": code})
    else:
        values = {
            "code": code,
            "regime": accounts.regime,
            "other": elsewhere,
            "meaning": meant.name,
        }
        yield Finding("account-other-regime", "error", subject, values)


def _words(posting: Posting, subject: str, line: int) -> Iterator[Finding]:
    if not posting.summary.strip():
        yield Finding("summary-missing", "warning", subject, {"line": line})
    names = [name for name, _ in posting.dimensions]
    texts = [posting.summary, *names, *(value for _, value in posting.dimensions)]
    if not all(text.isprintable() for text in texts):
        yield Finding("text-control", "error", subject, {"line": line})
    for name in sorted({name for name in names if names.count(name) > 1}):
        values: dict[str, Value] = {"line": line, "name": name}
        yield Finding("dimension-twice", "error", subject, values)


def _balance(voucher: Voucher, subject: str) -> Iterator[Finding]:
    debit = sum(each.debit_fen for each in voucher.postings)
    credit = sum(each.credit_fen for each in voucher.postings)
    if debit != credit:
        values = {
            "debit_fen": debit,
            "credit_fen": credit,
            "gap_fen": abs(debit - credit),
        }
        yield Finding("voucher-unbalanced", "error", subject, values)
