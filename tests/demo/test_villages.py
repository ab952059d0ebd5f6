"""The invented villages' books lead to what the article prints of those they resemble."""

from datetime import UTC, date, datetime

import pytest

from tests.casework.world import World, build, hire
from wugeyi.books.adapter.amounts import summed
from wugeyi.books.models import Book, Closing, Disclosure, Draft
from wugeyi.demo.hospital.branchwork import words as load_words
from wugeyi.demo.villages import books, stories, vouchers
from wugeyi.demo.villages.units import build as build_units
from wugeyi.engines.ledger import balance_sheet, trial_balance
from wugeyi.figures.queries import Period, figures
from wugeyi.holdings.models import Company, PayIn
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role

UNTIL = datetime(2026, 3, 18, 6, 0, tzinfo=UTC)
YEAR = Period.year(2024)


@pytest.fixture
def world(db: None) -> World:
    load_words(since=date(2018, 1, 1), at=UNTIL)
    return build()


def kept(world: World, *places: int) -> list[Book]:
    town = build_units(parent=world.county, on=date(2018, 1, 1), at=UNTIL)
    keepers = books.Keepers(
        hire("kuaiji", Role.ACCOUNTANT, town), hire("jihe", Role.REVIEWER, town)
    )
    return [books.keep(stories.VILLAGES[each], keepers, UNTIL) for each in places]


@pytest.mark.parametrize(("place", "yuan"), [(1, 499_000), (2, 897_600)])
def test_operating_income_of_2024_is_the_article_s(place: int, yuan: int) -> None:
    operating = sum(
        flow.yuan
        for flow in stories.VILLAGES[place].flows
        if flow.credit in {"501", "502"}
    )
    assert operating == yuan


def test_the_village_with_the_station_earns_over_six_million() -> None:
    flows = stories.VILLAGES[0].flows
    assert sum(f.yuan for f in flows if f.credit in {"501", "502"}) > 6_000_000


def test_a_year_is_split_to_the_yuan() -> None:
    for village in stories.VILLAGES:
        for flow in village.flows:
            for year in (2022, 2024, 2025):
                parts = vouchers.split(village, flow, year)
                assert sum(parts.values()) == vouchers.amount(flow, year)
                assert min(parts.values()) > 0


def test_books_are_kept_closed_and_balance(world: World) -> None:
    book, other = kept(world, 1, 4)
    found = figures(["village_operating_income", "share_200k"], world.city, YEAR)
    small = sum(f.yuan for f in stories.VILLAGES[4].flows if f.credit == "501")
    assert found["village_operating_income"].value == (499_000 + small) * 100
    assert found["share_200k"].denominator == 2
    assert Closing.objects.filter(book=book, kind="close").count() == 3 * 12 + 1
    for each in (book, other):
        day = date(2026, 1, 31)
        sums = summed(each, day)
        assert trial_balance(sums, date(2026, 1, 1), day).total.closing_fen == 0
        sheet = balance_sheet(sums, day)
        cash = [p for v in sums.vouchers for p in v.postings if p.account == "102"]
        assert sum(line.net_fen for line in cash) > 0
        assert sheet.amount("assets") == sheet.amount("liabilities_and_equity")
    assert Draft.objects.filter(state="waiting").exists()


def test_the_company_is_shared_as_told_and_sheets_are_shown(world: World) -> None:
    (book,) = kept(world, 3)
    company = Company.objects.get()
    paid = PayIn.objects.filter(investor__company=company)
    assert sorted(paid.values_list("amount_fen", flat=True)) == [
        100_000 * 100,
        1_000_000 * 100,
        1_150_000 * 100,
    ]
    # What the village's books say it gave is what the company's card says.
    given = sum(
        line.net_fen
        for voucher in summed(book, date(2026, 3, 18)).vouchers
        for line in voucher.postings
        if line.account == "141"
    )
    assert given == 1_150_000 * 100
    sheet = Disclosure.objects.get(book=book)
    assert sheet.state == Disclosure.State.PUBLISHED


def test_begun_again_it_goes_on(world: World) -> None:
    (book,) = kept(world, 4)
    many = book.vouchers.count()
    village = stories.VILLAGES[4]
    keepers = books.Keepers(
        book.vouchers.first().prepared_by, book.vouchers.first().reviewed_by
    )
    books.keep(village, keepers, UNTIL)
    assert book.vouchers.count() == many
    assert Organisation.objects.get(code=village.code).invented
