"""Closing months: in order, once, with sums that are those of the vouchers."""

from datetime import date

import pytest

from tests.books.collective import (
    BEGINS,
    Collective,
    entry,
    lamps,
    line,
    rent,
    year_of_rent,
)
from wugeyi.books.actions.heads import publish
from wugeyi.books.actions.months import close_month, reopen
from wugeyi.books.actions.posting import post, post_many, reverse
from wugeyi.books.adapter.amounts import summed
from wugeyi.books.adapter.findings import BadVoucher
from wugeyi.books.adapter.reading import stream
from wugeyi.books.models import MonthSum, Voucher
from wugeyi.books.rules.months import last_day, month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.engines.ledger import balance_sheet, income_statement, trial_balance
from wugeyi.engines.ledger import head as engine_head
from wugeyi.engines.ledger.records import Book as EngineBook

JANUARY = month_of(BEGINS)


def closing(collective: Collective) -> dict:
    return {
        "by": collective.accountant,
        "reviewed_by": collective.reviewer,
        "at": collective.people["at"],
    }


def close(collective: Collective, *months: int) -> None:
    for month in months:
        close_month(book=collective.book, month=month, **closing(collective))


def whole(collective: Collective) -> EngineBook:
    """The same book made of every voucher: what sums are held against."""
    return EngineBook(
        code=collective.book.code,
        regime="2023",
        vouchers=tuple(voucher for voucher, _ in stream(collective.book)),
    )


def same_statements(collective: Collective, until: date) -> None:
    short, full = summed(collective.book, until), whole(collective)
    first = date(until.year, 1, 1)
    assert balance_sheet(short, until) == balance_sheet(full, until)
    assert income_statement(short, first, until) == income_statement(full, first, until)
    assert trial_balance(short, first, until) == trial_balance(full, first, until)


def test_months_close_in_order(collective: Collective) -> None:
    with pytest.raises(Refused) as refused:
        close(collective, JANUARY + 1)
    assert refused.value.why is Why.NOT_NEXT
    close(collective, JANUARY, JANUARY + 1)
    with pytest.raises(Refused):
        close(collective, JANUARY + 1)


def test_nothing_is_posted_into_a_closed_month(collective: Collective) -> None:
    close(collective, JANUARY)
    with pytest.raises(BadVoucher) as refused:
        post(book=collective.book, entry=rent(last_day(JANUARY)), **collective.people)
    assert [each.code for each in refused.value.findings] == ["period-closed"]
    post(book=collective.book, entry=rent(date(2024, 2, 1)), **collective.people)


def test_december_carries_the_year_over(collective: Collective) -> None:
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    close(collective, *range(JANUARY, JANUARY + 12))
    made = Voucher.objects.filter(kind="closing")
    assert made.count() == 3
    sheet = balance_sheet(
        summed(collective.book, date(2024, 12, 31)), date(2024, 12, 31)
    )
    assert sheet.amount("undistributed") == 12 * 70_000
    same_statements(collective, date(2024, 12, 31))


def test_statements_of_sums_are_those_of_every_voucher(collective: Collective) -> None:
    entries = [
        entry(BEGINS, line("102", 500), line("301", -500), kind="opening"),
        *year_of_rent(2024),
        *year_of_rent(2025),
    ]
    post_many(book=collective.book, entries=entries, **collective.people)
    back = Voucher.objects.get(number=5, year=2024)
    reverse(voucher=back, day=date(2024, 4, 1), **collective.people)
    for month in range(JANUARY, JANUARY + 15):
        close(collective, month)
    for until in (
        date(2024, 1, 5),
        date(2024, 6, 30),
        date(2024, 12, 31),
        date(2025, 2, 10),
        date(2025, 3, 31),
        date(2025, 4, 1),
        date(2025, 11, 30),
    ):
        same_statements(collective, until)


def test_a_month_opens_again_by_a_reason_and_takes_its_closing_back(
    collective: Collective,
) -> None:
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    close(collective, *range(JANUARY, JANUARY + 12))
    with pytest.raises(Refused) as refused:
        reopen(book=collective.book, reason=" ", decision=None, **closing(collective))
    assert refused.value.why is Why.NEEDS_TEXT
    reopen(
        book=collective.book,
        reason="十二月漏记一笔电费，镇农经站同意",
        decision=None,
        **closing(collective),
    )
    post(book=collective.book, entry=lamps(date(2024, 12, 31), 1), **collective.people)
    close(collective, JANUARY + 11)
    until = date(2024, 12, 31)
    same_statements(collective, until)
    sheet = balance_sheet(summed(collective.book, until), until)
    assert sheet.amount("undistributed") == 12 * 70_000 - 100


def test_only_the_last_closed_month_opens_again(collective: Collective) -> None:
    with pytest.raises(Refused) as refused:
        reopen(book=collective.book, reason="x", decision=None, **closing(collective))
    assert refused.value.why is Why.NOTHING_CLOSED


def test_sums_are_kept_once_a_month_is_closed(collective: Collective) -> None:
    post(book=collective.book, entry=rent(date(2024, 1, 5)), **collective.people)
    post(book=collective.book, entry=rent(date(2024, 1, 6), 7), **collective.people)
    close(collective, JANUARY)
    rows = MonthSum.objects.order_by("account")
    assert list(rows.values_list("account", "debit_fen", "credit_fen")) == [
        ("102", 100_700, 0),
        ("501", 0, 100_700),
    ]


def test_a_published_head_is_the_engine_s(collective: Collective) -> None:
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    made = publish(book=collective.book, at=collective.people["at"])
    vouchers = [voucher for voucher, _ in stream(collective.book)]
    assert str(made) == str(engine_head("XK", vouchers))
    assert publish(book=collective.book, at=collective.people["at"]) == made
