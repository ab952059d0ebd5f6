from datetime import date

import pytest
from django.db import transaction

from tests.books.collective import Collective
from tests.holdings.laying import (
    decide,
    earn,
    household,
    member,
    posted,
    silent,
    told_once,
    usual,
)
from tests.holdings.test_assets import refused
from wugeyi.books.actions.drafts import drop as drop_draft
from wugeyi.holdings.actions import distribution, payouts
from wugeyi.holdings.adapter.distribution import Wanted
from wugeyi.holdings.models import Distribution
from wugeyi.holdings.rules.distribution import Payout as To
from wugeyi.holdings.rules.refusals import Refused, Why

NOTICE, HELD, DAY = date(2025, 1, 5), date(2025, 1, 15), date(2025, 1, 20)


def people(village: Collective) -> None:
    """Three households: 2 + 1.5, 1, and 0.5 shares."""
    first = household(village)
    member(village, first, "M0001", 200)
    member(village, first, "M0002", 150)
    member(village, household(village, "H0002", "李四"), "M0003", 100)
    member(village, household(village, "H0003", "王五"), "M0004", 50)


def proposal(**overrides) -> distribution.Proposal:
    wanted = {"reserve_percent_100": 3000} | overrides
    return distribution.Proposal(
        2024, "章程第三十二条", date(2024, 12, 31), Wanted(**wanted)
    )


def plan(village: Collective, **overrides) -> Distribution:
    return distribution.plan(
        book=village.book, proposal=proposal(**overrides), **usual(village)
    )


def decided(village: Collective) -> Distribution:
    row = plan(village)
    row = distribution.give_notice(row=row, on=NOTICE, **usual(village))
    return distribution.rest_on(
        row=row, decision=decide(village, HELD), **usual(village)
    )


def test_the_worked_example(village: Collective) -> None:
    # 100,000.01 earned, 30 percent to the reserve: 30,000.003, so 30,000.00; members
    # 70,000.01 over five shares of which households have 3.5, 1 and 0.5.
    people(village)
    earn(village, date(2024, 5, 1), 100_001)
    earn(village, date(2024, 6, 1), -1)
    with told_once("holdings.plan"):
        row = plan(village)
    assert (row.net_fen, row.reserve_fen, row.members_fen, row.kept_fen) == (
        100_000_00,
        30_000_00,
        70_000_00,
        0,
    )
    amounts = row.payouts.order_by("pk").values_list(
        "people", "shares_100", "amount_fen"
    )
    assert list(amounts) == [
        (2, 350, 49_000_00),
        (1, 100, 14_000_00),
        (1, 50, 7_000_00),
    ]


def test_members_parts_come_to_the_whole(village: Collective) -> None:
    people(village)
    earn(village, date(2024, 5, 1), 1000)
    row = plan(village, members_fen=100_03)
    parts = list(row.parts.values_list("amount_fen", flat=True))
    assert sum(parts) == 100_03 == sum(row.payouts.values_list("amount_fen", flat=True))
    assert row.kept_fen == 700_00 - 100_03


def test_losses_come_first(village: Collective) -> None:
    people(village)
    earn(village, date(2024, 5, 1), -5_000)
    with silent():
        refused(
            Why.LOSSES,
            distribution.plan,
            book=village.book,
            proposal=proposal(),
            **usual(village),
        )


@pytest.mark.parametrize(
    "changed",
    [
        {"members_fen": 70_000_01},
        {"members_fen": -1},
        {"from_reserve_fen": 5},
        {"reserve_percent_100": 10_001},
        {"others": (("敬老", 80_000_00),)},
    ],
)
def test_more_than_there_is_cannot_be_shared(
    village: Collective, changed: dict
) -> None:
    people(village)
    earn(village, date(2024, 5, 1), 100_000)
    with pytest.raises(Refused) as caught, transaction.atomic():
        plan(village, **changed)
    assert caught.value.why is Why.ENGINE
    assert caught.value.values["text"]


def test_nobody_with_shares_gets_nothing(village: Collective) -> None:
    earn(village, date(2024, 5, 1), 100_000)
    refused(
        Why.ENGINE,
        distribution.plan,
        book=village.book,
        proposal=proposal(),
        **usual(village),
    )


def test_one_plan_a_year_until_it_is_dropped(village: Collective) -> None:
    people(village)
    earn(village, date(2024, 5, 1), 100_000)
    row = plan(village)
    with silent():
        refused(
            Why.OF_YEAR,
            distribution.plan,
            book=village.book,
            proposal=proposal(),
            **usual(village),
        )
    with told_once("holdings.drop_distribution"):
        distribution.drop(row=row, why="份额有误", **usual(village))
    assert plan(village).pk != row.pk


def test_the_way_of_a_plan(village: Collective) -> None:
    people(village)
    earn(village, date(2024, 5, 1), 100_000)
    row = plan(village)
    given = {"row": row, **usual(village)}
    good = decide(village, HELD)
    refused(Why.NO_NOTICE, distribution.rest_on, decision=good, **given)
    refused(Why.NOT_DECIDED, distribution.book_it, day=DAY, **given)
    with told_once("holdings.give_notice"):
        distribution.give_notice(on=NOTICE, **given)
    early = decide(village, date(2025, 1, 14))
    refused(Why.NOTICE_SHORT, distribution.rest_on, decision=early, **given)
    few = decide(village, HELD, in_favour=407)
    refused(Why.NOT_DECIDED, distribution.rest_on, decision=few, **given)
    other = decide(village, HELD, matter="investment")
    refused(Why.NOT_DECIDED, distribution.rest_on, decision=other, **given)
    with told_once("holdings.rest_on"):
        distribution.rest_on(decision=good, **given)
    with told_once("holdings.book_distribution"):
        drafts = distribution.book_it(day=DAY, **given)
    told = [
        [
            (each.account, each.debit_fen, each.credit_fen, each.household)
            for each in draft.lines.order_by("place")
        ]
        for draft in drafts
    ]
    assert told == [
        [("3220101", 30_000_00, 0, ""), ("311", 0, 30_000_00, "")],
        [
            ("3220102", 70_000_00, 0, ""),
            ("211", 0, 49_000_00, "H0001"),
            ("211", 0, 14_000_00, "H0002"),
            ("211", 0, 7_000_00, "H0003"),
        ],
    ]
    for draft in drafts:
        assert draft.decision == good
        posted(village, draft)
    refused(Why.DRAFT_WAITS, lambda: distribution.drop(why="x", **given))
    refused(Why.NOT_DECIDED, distribution.book_it, day=DAY, **given)


def test_households_are_paid_once(village: Collective) -> None:
    people(village)
    earn(village, date(2024, 5, 1), 100_000)
    row = decided(village)
    for draft in distribution.book_it(row=row, day=DAY, **usual(village)):
        posted(village, draft)
    one, two, three = row.payouts.order_by("pk")
    with told_once("holdings.set_aside"):
        payouts.set_aside(
            payout=three, to=To.DIED, on=DAY, text="待继承", **usual(village)
        )
    with silent():
        refused(
            Why.NOT_NOW,
            payouts.set_aside,
            payout=two,
            to=To.PAID,
            on=DAY,
            text="x",
            **usual(village),
        )
    with told_once("holdings.pay_out"):
        draft = payouts.pay(row=row, households=None, day=DAY, **usual(village))
    lines = draft.lines.order_by("place").values_list(
        "account", "debit_fen", "credit_fen", "household"
    )
    assert list(lines) == [
        ("211", 49_000_00, 0, "H0001"),
        ("211", 14_000_00, 0, "H0002"),
        ("102", 0, 63_000_00, ""),
    ]
    refused(
        Why.NOT_NOW,
        payouts.pay,
        row=row,
        households=[one],
        day=DAY,
        **usual(village),
    )
    refused(
        Why.NOTHING_TO_CHARGE,
        payouts.pay,
        row=row,
        households=None,
        day=DAY,
        **usual(village),
    )
    heirs = payouts.pay(row=row, households=[three], day=DAY, **usual(village))
    assert heirs.lines.get(place=1).debit_fen == 7_000_00
    one.refresh_from_db()
    refused(
        Why.DRAFT_WAITS,
        payouts.set_aside,
        payout=one,
        to=To.UNCLAIMED,
        on=DAY,
        text="退回",
        **usual(village),
    )
    drop_draft(draft=draft, version=draft.version, **usual(village))
    payouts.set_aside(
        payout=one, to=To.UNCLAIMED, on=DAY, text="退回", **usual(village)
    )
    again = payouts.pay(row=row, households=[one], day=DAY, **usual(village))
    assert again.lines.get(place=1).debit_fen == 49_000_00


def test_losses_of_before_are_made_up_first(village: Collective) -> None:
    people(village)
    earn(village, date(2024, 2, 1), -20_000)
    earn(village, date(2025, 5, 1), 100_000)
    row = distribution.plan(
        book=village.book,
        proposal=distribution.Proposal(2025, "章程", date(2025, 12, 31), Wanted(3000)),
        **usual(village),
    )
    assert (row.before_fen, row.losses_fen, row.base_fen, row.reserve_fen) == (
        -20_000_00,
        20_000_00,
        80_000_00,
        24_000_00,
    )
