"""Small books drawn by Hypothesis, and lines that are quick to write."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.records import Book, Posting, Voucher
from wugeyi.engines.ledger.reversal import reverse

SUBACCOUNTS = ("1020101", "10202", "11301", "50101", "32202", "3220102")
ACCOUNTS = (*chart("2023").accounts, *SUBACCOUNTS)
DIMENSIONS = ((), (("household", "H1"),), (("household", "H2"), ("project", "鱼塘")))
FIRST_DAY = date(2024, 1, 1)


def dr(account, fen, summary="摘要", *dimensions):
    return Posting(account, fen, 0, summary, dimensions)


def cr(account, fen, summary="摘要", *dimensions):
    return Posting(account, 0, fen, summary, dimensions)


def voucher(number, day, *postings, **more):
    return Voucher("V1", day.year, number, day, postings, **more)


def book(*vouchers, **more):
    return Book("V1", "2023", vouchers, **more)


def added(kept, *vouchers):
    return replace(kept, vouchers=kept.vouchers + vouchers)


@st.composite
def postings(draw):
    """Lines of a voucher that balances."""
    amounts = draw(st.lists(st.integers(1, 10**9), min_size=1, max_size=4))
    account = st.sampled_from(ACCOUNTS)
    about = st.sampled_from(DIMENSIONS)
    lines = []
    for amount in amounts:
        one, other = draw(account), draw(account)
        lines.append(Posting(one, amount, 0, "借", draw(about)))
        lines.append(Posting(other, 0, amount, "贷", draw(about)))
    return tuple(lines)


@st.composite
def books(draw, years=2, most=12):
    """Books with opening balances now and then, vouchers of all days, reversals."""
    days = sorted(draw(st.lists(st.integers(0, 365 * years), max_size=most)))
    made = Book("V1", "2023")
    numbers = {}
    for order, offset in enumerate(days):
        day = FIRST_DAY + timedelta(days=offset)
        opens = order == 0 and draw(st.booleans())
        standing = [
            each.mark
            for each in made.vouchers
            if each.kind != "reversal"
            and not any(other.reverses == each.mark for other in made.vouchers)
        ]
        if standing and draw(st.integers(0, 3)) == 0:
            each = reverse(made, draw(st.sampled_from(standing)), day)
        else:
            numbers[day.year] = 1 + max(
                (v.number for v in made.vouchers if v.year == day.year), default=0
            )
            kind = "opening" if opens else "ordinary"
            each = voucher(numbers[day.year], day, *draw(postings()), kind=kind)
        made = added(made, each)
    return made
