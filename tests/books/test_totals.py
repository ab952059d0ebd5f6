"""Totals of all villages come from closed months and open onto them."""

from datetime import date

import pytest
from django.test import Client

from tests.books.collective import AT, BEGINS, Collective, rent, year_of_rent
from tests.casework.world import plant
from wugeyi.books.actions.books import open_book
from wugeyi.books.actions.months import close_month, reopen
from wugeyi.books.actions.posting import post_many
from wugeyi.books.models import Book, MonthFigure
from wugeyi.books.queries.opening import open_months
from wugeyi.books.queries.totals import CODES, not_closed, totals
from wugeyi.books.rules.months import month_of
from wugeyi.figures.actions import fold, recount
from wugeyi.figures.queries import Period, figures
from wugeyi.organisations.queries.posts import reach_of

YEAR = Period.year(2024)


def village(collective: Collective, name: str, code: str) -> Book:
    unit = plant(name, "village", code, collective.world.town)
    return open_book(
        organisation=unit,
        keeper="collective",
        regime="2023",
        code=code,
        name_zh=name,
        begins_on=BEGINS,
        by=None,
        at=AT,
    )


def keep_a_year(collective: Collective, book: Book, monthly_yuan: int) -> None:

    entries = [rent(date(2024, month, 5), monthly_yuan) for month in range(1, 13)]
    post_many(book=book, entries=entries, **collective.people)
    close(collective, book, 12)


def close(collective: Collective, book: Book, months: int) -> None:
    first = month_of(BEGINS)
    for month in range(first, first + months):
        close_month(
            book=book,
            month=month,
            by=collective.accountant,
            reviewed_by=collective.reviewer,
            at=AT,
        )


def test_a_city_s_share_counts_only_closed_years(collective: Collective) -> None:
    keep_a_year(collective, collective.book, 20_000)
    keep_a_year(collective, village(collective, "甲村", "V1"), 10_000)
    keep_a_year(collective, village(collective, "乙村", "V2"), 16_667)
    behind = village(collective, "丙村", "V3")
    post_many(book=behind, entries=list(year_of_rent()), **collective.people)
    close(collective, behind, 11)
    found = figures(CODES, collective.world.city, YEAR)
    share = found["share_200k"]
    assert (share.numerator, share.denominator) == (2, 3)
    # Eleven months of the village that is behind count too: they are closed.
    income = found["village_operating_income"].value
    assert income == (20_000 + 10_000 + 16_667) * 100 * 12 + 11 * 100_000
    assert [book.pk for book in not_closed(collective.world.city, 2024)] == [behind.pk]


def test_closing_entries_are_no_income(collective: Collective) -> None:
    keep_a_year(collective, collective.book, 1_000)
    found = figures(CODES, collective.village, YEAR)
    assert found["village_operating_income"].value == 12 * 100_000
    assert found["village_income_total"].value == 12 * 100_000
    assert found["village_expense_total"].value == 0


def test_a_reopened_month_is_taken_back(collective: Collective) -> None:
    keep_a_year(collective, collective.book, 20_000)
    reopen(
        book=collective.book,
        reason="漏记",
        decision=None,
        by=collective.accountant,
        reviewed_by=collective.reviewer,
        at=AT,
    )
    found = figures(CODES, collective.village, YEAR)
    assert found["villages_year_closed"].value is None
    assert found["village_operating_income"].value == 11 * 20_000 * 100
    fold(at=AT)
    assert not recount(at=AT)[1]


def test_figures_open_onto_months_for_whoever_may_read(
    collective: Collective, client: Client
) -> None:
    keep_a_year(collective, collective.book, 20_000)
    client.force_login(collective.accountant)
    page = client.get("/books/totals/9901?year=2024")
    assert page.status_code == 200
    text = page.content.decode()
    assert "24" in text
    assert "1 / 1" in text
    shown = client.get("/figures/village_operating_income/9901/")
    assert shown.status_code == 200


def test_the_months_behind_a_figure_open(
    collective: Collective, client: Client
) -> None:
    keep_a_year(collective, collective.book, 20_000)
    client.force_login(collective.accountant)
    reach = reach_of(collective.accountant, on=date(2026, 3, 18))
    ids = list(MonthFigure.objects.values_list("pk", flat=True))
    opened = open_months(ids, reach=reach, today=date(2026, 3, 18))
    assert len(opened) == 12
    for each in opened.values():
        assert client.get(each.url).status_code == 200


@pytest.mark.parametrize("more", [1, 8])
def test_the_page_asks_no_more_for_more_villages(
    collective: Collective, more: int, django_assert_max_num_queries: object
) -> None:
    for number in range(more):
        village(collective, f"村{number}", f"W{number}")
    fold(at=AT)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        totals(collective.world.town, 2024, today=date(2026, 3, 18))
