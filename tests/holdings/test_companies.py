from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from tests.books.collective import Collective
from tests.holdings.laying import (
    company,
    investor,
    other_books,
    pay,
    posted,
    silent,
    tianxing,
    told_once,
    usual,
)
from tests.holdings.test_assets import refused
from wugeyi.books.actions.drafts import drop
from wugeyi.books.models import Draft
from wugeyi.holdings.actions import companies, dividends, investments
from wugeyi.holdings.adapter.sharing import shared
from wugeyi.holdings.models import Dividend, Investor
from wugeyi.holdings.queries.companies import came_of, table
from wugeyi.holdings.rules.companies import Form, Given, Liability, Party
from wugeyi.holdings.rules.investments import outlook, sensitivity
from wugeyi.holdings.rules.refusals import Why

DAY = date(2024, 12, 20)


def declare(village: Collective, made, fen: int, **more) -> Dividend:
    values = {
        "declared_on": DAY,
        "basis_on": DAY,
        "of_year": 2024,
        "pool_fen": fen,
        "resolution": "股东会决议〔2024〕2 号",
    }
    return dividends.declare(
        company=made, declared=dividends.Declared(**(values | more)), **usual(village)
    )


# The rule alone


@given(
    some.integers(0, 10**12),
    some.lists(some.integers(0, 10**11), min_size=1, max_size=30),
)
def test_dividends_come_to_the_pool(pool: int, parts: list[int]) -> None:
    found = shared(pool, parts)
    whole = sum(parts)
    if not whole:
        assert found == [0] * len(parts)
        return
    assert sum(found) == pool
    for part, fen in zip(parts, found, strict=True):
        assert part * pool // whole <= fen <= part * pool // whole + 1


def test_payback_by_hand() -> None:
    # 3.8 million for 600,000 a year: back after six years and four months.
    found = outlook(
        amount_fen=3_800_000_00,
        yearly_fen=600_000_00,
        years=20,
        residual_fen=0,
        percent=100,
    )
    assert (found.payback, found.surplus_fen) == (6.3, 8_200_000_00)
    rows = sensitivity(amount_fen=1000, yearly_fen=0, years=5, residual_fen=0)
    assert [row.payback for row in rows] == [None] * 4


# Share table


def test_the_share_table_of_the_example(village: Collective) -> None:
    made = tianxing(village)
    rows = table(made, DAY).rows
    # 115 of 225 is 51.11 percent: more than half.
    assert [row.percent_100 for row in rows] == [5111, 4444, 444]
    assert table(made, DAY).majority
    assert table(made, DAY).paid_in_fen == 2_250_000_00
    assert table(made, date(2024, 3, 9)).paid_in_fen == 0


def test_a_collective_is_no_general_partner(village: Collective) -> None:
    made = company(village, form=Form.PARTNERSHIP)
    with silent():
        refused(
            Why.GENERAL_PARTNER,
            investor,
            village=village,
            of=made,
            party=Party.COLLECTIVE,
            yuan=5,
            liability=Liability.GENERAL,
        )
    row = investor(village, made, Party.COLLECTIVE, 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Investor.objects.filter(pk=row.pk).update(liability="general")
    assert investor(village, made, Party.PRIVATE, 5, liability=Liability.GENERAL)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"subscribed_fen": 0}, Why.NEGATIVE),
        ({"subscribed_fen": -100}, Why.NEGATIVE),
        ({"book": None, "party": Party.COLLECTIVE}, Why.NO_COLLECTIVE),
        ({"name": " "}, Why.NEEDS_REASON),
        ({"joined_on": date(2024, 2, 28)}, Why.BAD_DAYS),
    ],
)
def test_stakes_are_sound(village: Collective, changed: dict, why: Why) -> None:
    made = company(village)
    with silent():
        refused(
            why,
            investor,
            village=village,
            of=made,
            yuan=5,
            **({"party": Party.STATE} | changed),
        )


def test_more_than_subscribed_is_not_paid_in(village: Collective) -> None:
    made = company(village)
    who = investor(village, made, Party.COLLECTIVE, 100)
    with told_once("holdings.pay_in"):
        row = pay(village, who, 60, book_it=True)
    lines = row.draft.lines.order_by("place")
    assert [(each.account, each.debit_fen, each.credit_fen) for each in lines] == [
        ("141", 60_00, 0),
        ("102", 0, 60_00),
    ]
    with silent():
        refused(Why.OVER_SUBSCRIBED, pay, village=village, who=who, yuan=41)
        refused(Why.NEGATIVE, pay, village=village, who=who, yuan=-1)
        refused(Why.NOT_VALUED, pay, village=village, who=who, yuan=1, given=Given.LAND)
        refused(
            Why.BAD_DAYS, pay, village=village, who=who, yuan=1, on=date(2024, 2, 1)
        )
        refused(
            Why.DRAFT_WAITS,
            companies.withdraw_pay_in,
            row=row,
            reason="错",
            **usual(village),
        )
        refused(
            Why.OVER_SUBSCRIBED,
            companies.change_stake,
            investor=who,
            subscribed_fen=59_99,
            left_on=None,
            **usual(village),
        )
    drop(draft=row.draft, version=row.draft.version, **usual(village))
    with told_once("holdings.withdraw_pay_in"):
        companies.withdraw_pay_in(row=row, reason="错", **usual(village))
    assert table(made, DAY).paid_in_fen == 0


# Dividends


def test_a_dividend_to_the_fen(village: Collective) -> None:
    made = tianxing(village)
    with told_once("holdings.declare"):
        found = declare(village, made, 100_000_01)
    parts = found.parts.order_by("pk").values_list("amount_fen", flat=True)
    # 51,111.116…, 44,444.448…, 4,444.444…: the two fen left go to the largest cut.
    assert list(parts) == [51_111_12, 44_444_45, 4_444_44]
    assert sum(parts) == 100_000_01


def test_one_action_books_every_village(village: Collective) -> None:
    theirs = other_books(village)
    made = company(village)
    for who, yuan in (
        (investor(village, made, Party.COLLECTIVE, 600), 600),
        (investor(village, made, Party.COLLECTIVE, 300, book=theirs), 300),
        (investor(village, made, Party.STATE, 100), 100),
    ):
        pay(village, who, yuan)
    found = declare(village, made, 1000_00)
    given = {"dividend": found, **usual(village)}
    with told_once("holdings.book_dividend"):
        drafts = dividends.book_dividend(day=DAY, keeps=lambda book: True, **given)
    assert [(each.book, each.lines.get(place=1).debit_fen) for each in drafts] == [
        (village.book, 600_00),
        (theirs, 300_00),
    ]
    assert [each.account for each in drafts[0].lines.order_by("place")] == [
        "112",
        "502",
    ]
    with silent():
        refused(
            Why.NOT_NOW,
            dividends.book_dividend,
            day=DAY,
            keeps=lambda book: True,
            **given,
        )
        refused(
            Why.DRAFT_WAITS,
            dividends.withdraw_dividend,
            reason="错",
            **given,
        )
    for each in drafts:
        posted(village, each)
    came = dividends.receive_dividend(day=DAY, keeps=lambda book: True, **given)
    assert [each.account for each in came[0].lines.order_by("place")] == ["102", "112"]
    assert came_of(theirs, made) == (300_00, 300_00)


def test_books_of_others_wait_for_their_accountant(village: Collective) -> None:
    theirs = other_books(village)
    made = company(village)
    for book in (village.book, theirs):
        pay(village, investor(village, made, Party.COLLECTIVE, 5, book=book), 5)
    found = declare(village, made, 100)
    ours = {"keeps": lambda book: book == village.book, "day": DAY}
    given = {"dividend": found, **usual(village)}
    (draft,) = dividends.book_dividend(**ours, **given)
    assert draft.book == village.book
    with silent():
        refused(Why.NOT_KEPT, dividends.book_dividend, **ours, **given)
    (other,) = dividends.book_dividend(day=DAY, keeps=lambda book: True, **given)
    assert other.book == theirs
    drop(draft=draft, version=draft.version, **usual(village))
    (again,) = dividends.book_dividend(**ours, **given)
    assert again.pk != draft.pk


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"pool_fen": 0}, Why.NEGATIVE),
        ({"pool_fen": -5}, Why.NEGATIVE),
        ({"basis_on": date(2024, 12, 21)}, Why.BAD_DAYS),
        ({"basis_on": date(2024, 2, 1)}, Why.BAD_DAYS),
        ({"basis_on": date(2024, 3, 5)}, Why.NO_PAID_IN),
    ],
)
def test_what_is_no_dividend(village: Collective, changed: dict, why: Why) -> None:
    made = tianxing(village)
    with silent():
        refused(
            why,
            declare,
            village=village,
            made=made,
            **({"fen": changed.pop("pool_fen", 100)} | changed),
        )
    assert not Draft.objects.filter(source="dividend").exists()


def test_an_investment_ends_with_what_came_of_it(village: Collective) -> None:
    values = {
        "title": "种植",
        "state": "running",
        "amount_fen": 1000,
        "expected_fen": 100,
        "years": 10,
        "begins_on": DAY,
    }
    with told_once("holdings.propose"):
        row = investments.propose(
            book=village.book,
            prospect=investments.Prospect(**values),
            **usual(village),
        )
    failed = {"investment": row, **usual(village)}
    with silent():
        refused(
            Why.NEEDS_REASON,
            investments.edit_investment,
            prospect=investments.Prospect(**(values | {"state": "failed"})),
            **failed,
        )
    investments.edit_investment(
        prospect=investments.Prospect(
            **(values | {"state": "failed", "outcome": "连续三年歉收"})
        ),
        **failed,
    )
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("failed", "连续三年歉收")
