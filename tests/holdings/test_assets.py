from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from tests.books.collective import Collective
from tests.holdings.laying import (
    START,
    asset,
    card,
    land,
    other_books,
    posted,
    silent,
    told_once,
    usual,
)
from wugeyi.books.actions.drafts import drop
from wugeyi.books.actions.posting import reverse
from wugeyi.books.models import Draft, Posting
from wugeyi.books.rules.months import month_of
from wugeyi.holdings.actions import assets
from wugeyi.holdings.actions.depreciation import depreciate
from wugeyi.holdings.models import Asset, Charge
from wugeyi.holdings.queries.depreciation import charges, taken_of
from wugeyi.holdings.queries.overview import sorts
from wugeyi.holdings.rules.assets import Kind, State
from wugeyi.holdings.rules.depreciation import Plan, charge, planned
from wugeyi.holdings.rules.refusals import Refused, Why

FEBRUARY = month_of(date(2024, 2, 1))


def refused(why: Why, act, **given) -> Refused:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(**given)
    assert caught.value.why is why
    return caught.value


# The rule alone


@given(
    some.integers(0, 10**13),
    some.integers(1, 1200),
    some.lists(some.integers(-3, 40), max_size=30),
)
def test_depreciation_comes_to_cost_less_salvage(
    amount: int, months: int, gaps: list[int]
) -> None:
    plan = [Plan(24288, months, amount)]
    taken = 0
    at = 24286
    for gap in gaps:
        at += max(gap, 1)
        fen = charge(plan, at, taken)
        assert fen >= 0
        taken += fen
        assert taken == planned(plan, at) <= amount
    taken += charge(plan, 24288 + months + 5, taken)
    assert taken == amount


@given(some.integers(1, 10**12), some.integers(2, 600))
def test_every_month_is_the_same_but_the_last(amount: int, months: int) -> None:
    plan = Plan(24288, months, amount)
    each = [plan.until(24288 + n) - plan.until(24287 + n) for n in range(months)]
    assert set(each[:-1]) == {amount // months}
    assert sum(each) == amount
    assert each[-1] >= each[0]


@given(
    some.integers(0, 10**10),
    some.integers(1, 240),
    some.integers(1, 260),
    some.integers(1, 240),
    some.integers(0, 10**9),
)
def test_a_new_plan_takes_what_the_old_one_left(
    cost: int, months: int, after: int, rest: int, salvage: int
) -> None:
    first = Plan(24288, months, cost)
    month = 24288 + after
    done = planned([first], month - 1)
    left = max(cost - done - salvage, 0)
    plans = [first, Plan(month, rest, left)]
    assert planned(plans, month - 1) == done
    assert planned(plans, month + rest) == done + left


# Cards


def test_a_card_is_an_item_of_its_book(village: Collective) -> None:
    with told_once("holdings.open_card"):
        made = asset(village, wear=assets.Wear(240, 5_000_00))
    assert (made.item.kind, made.item.code, str(made.item)) == (
        "asset",
        "ZC0001",
        "ZC0001 综合楼",
    )
    plan = made.plans.get()
    assert (plan.month, plan.months, plan.amount_fen) == (FEBRUARY, 240, 95_000_00)


def test_a_resource_has_an_area_and_no_value(village: Collective) -> None:
    made = land(village)
    assert (made.cost_fen, made.area_mu) == (None, Decimal("120.50"))
    given = {"book": village.book, "code": "X1", **usual(village)}
    resource = {"kind": Kind.RESOURCE, "area_mu": Decimal(3)}
    with silent():
        refused(Why.NO_VALUE, assets.open_card, card=card(**resource), **given)
        refused(
            Why.NEEDS_AREA,
            assets.open_card,
            card=card(kind=Kind.RESOURCE, cost_fen=None),
            **given,
        )
        refused(
            Why.NO_WEAR,
            assets.open_card,
            card=card(**resource | {"cost_fen": None}),
            wear=assets.Wear(12),
            **given,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.filter(pk=made.pk).update(cost_fen=5)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"cost_fen": -1}, Why.NEGATIVE),
        ({"brought_fen": -1}, Why.NEGATIVE),
        ({"brought_fen": 100_000_01}, Why.SALVAGE),
        ({"special_fen": 100_000_01}, Why.SALVAGE),
        ({"cost_fen": None}, Why.NEGATIVE),
    ],
)
def test_amounts_of_a_card_are_sound(
    village: Collective, changed: dict, why: Why
) -> None:
    with silent():
        refused(
            why,
            assets.open_card,
            book=village.book,
            code="X1",
            card=card(**changed),
            **usual(village),
        )


def test_a_salvage_above_the_cost_is_refused(village: Collective) -> None:
    with silent():
        refused(Why.SALVAGE, asset, village=village, wear=assets.Wear(12, 100_000_01))


def test_a_code_is_taken_once(village: Collective) -> None:
    asset(village)
    with silent():
        refused(Why.TAKEN, asset, village=village)


# Depreciation


def test_a_month_is_one_draft_and_never_twice(village: Collective) -> None:
    house = asset(village, wear=assets.Wear(240, 5_000_00))
    asset(
        village,
        "ZC0002",
        assets.Wear(7),
        name="果树",
        kind=Kind.PRODUCTIVE,
        cost_fen=1000,
        use="production",
    )
    with told_once("holdings.depreciate"):
        run = depreciate(book=village.book, month=FEBRUARY, **usual(village))
    # 95,000 yuan over 240 months; 10 yuan over 7.
    assert run.total_fen == 395_83 + 142
    lines = run.draft.lines.order_by("place").values_list(
        "account", "debit_fen", "credit_fen", "asset"
    )
    assert list(lines) == [
        ("511", 395_83, 0, "ZC0001"),
        ("401", 142, 0, "ZC0002"),
        ("152", 0, 395_83, "ZC0001"),
        ("133", 0, 142, "ZC0002"),
    ]
    assert run.draft.day == date(2024, 2, 29)
    with silent():
        refused(
            Why.MONTH_DONE,
            depreciate,
            book=village.book,
            month=FEBRUARY,
            **usual(village),
        )
    voucher = posted(village, run.draft)
    assert Posting.objects.filter(voucher=voucher, asset=house.item.code).count() == 2


def test_a_dropped_draft_makes_room_for_the_month(village: Collective) -> None:
    made = asset(village, wear=assets.Wear(10))
    run = depreciate(book=village.book, month=FEBRUARY, **usual(village))
    assert taken_of(made) == 10_000_00
    drop(draft=run.draft, version=run.draft.version, **usual(village))
    assert taken_of(made) == 0
    again = depreciate(book=village.book, month=FEBRUARY, **usual(village))
    assert again.pk != run.pk
    voucher = posted(village, again.draft)
    reverse(voucher=voucher, day=date(2024, 3, 1), **village.people)
    assert taken_of(made) == 0
    assert depreciate(book=village.book, month=FEBRUARY, **usual(village)).total_fen


def test_a_month_left_out_is_made_up_for(village: Collective) -> None:
    made = asset(village, wear=assets.Wear(10))
    depreciate(book=village.book, month=FEBRUARY + 2, **usual(village))
    assert taken_of(made) == 30_000_00
    refused(
        Why.MONTH_ORDER, depreciate, book=village.book, month=FEBRUARY, **usual(village)
    )
    depreciate(book=village.book, month=FEBRUARY + 60, **usual(village))
    assert taken_of(made) == 100_000_00
    refused(
        Why.NOTHING_TO_CHARGE,
        depreciate,
        book=village.book,
        month=FEBRUARY + 61,
        **usual(village),
    )


def test_other_months_do_not_touch_what_was_charged(village: Collective) -> None:
    made = asset(village, wear=assets.Wear(10))
    depreciate(book=village.book, month=FEBRUARY, **usual(village))
    change = {"asset": made, "reason": "大修后延长", **usual(village)}
    refused(
        Why.BAD_DAYS, assets.change_wear, wear=assets.Wear(20, 0, FEBRUARY), **change
    )
    with told_once("holdings.change_wear"):
        plan = assets.change_wear(
            wear=assets.Wear(20, 2_000_00, FEBRUARY + 1), **change
        )
    assert plan.amount_fen == 88_000_00
    (row,) = charges(village.book, FEBRUARY + 1)
    assert row.amount_fen == 4_400_00
    depreciate(book=village.book, month=FEBRUARY + 99, **usual(village))
    assert taken_of(made) == 98_000_00


def test_what_is_disposed_of_is_charged_to_that_month(village: Collective) -> None:
    made = asset(village, wear=assets.Wear(10, 0))
    depreciate(book=village.book, month=FEBRUARY, **usual(village))
    with told_once("holdings.dispose"):
        change = assets.dispose(
            asset=made,
            what=assets.Disposal(date(2024, 3, 20), "scrapped", "塌了"),
            book_it=True,
            **usual(village),
        )
    assert change.draft is not None
    lines = change.draft.lines.order_by("place").values_list(
        "account", "debit_fen", "credit_fen"
    )
    assert list(lines) == [
        ("152", 10_000_00, 0),
        ("154", 90_000_00, 0),
        ("151", 0, 100_000_00),
    ]
    assert [each.amount_fen for each in charges(village.book, FEBRUARY + 1)] == [
        10_000_00
    ]
    assert not charges(village.book, FEBRUARY + 2)
    made.refresh_from_db()
    assert made.state == State.DISPOSED
    refused(
        Why.ENDED,
        assets.use_otherwise,
        asset=made,
        state=State.IDLE,
        on=date(2024, 4, 1),
        **usual(village),
    )


def test_an_asset_given_into_a_company_is_valued_first(village: Collective) -> None:
    made = asset(village)
    what = assets.Disposal(date(2024, 3, 20), "contributed", "入股")
    refused(
        Why.NOT_VALUED,
        assets.dispose,
        asset=made,
        what=what,
        book_it=False,
        **usual(village),
    )


def test_a_special_fund_goes_to_the_reserve_once(village: Collective) -> None:
    made = asset(village, special_fen=60_000_00, special_note="一事一议")
    with told_once("holdings.carry_fund"):
        draft = assets.carry_fund(asset=made, day=START, **usual(village))
    lines = draft.lines.order_by("place").values_list(
        "account", "debit_fen", "credit_fen", "asset"
    )
    assert list(lines) == [
        ("241", 60_000_00, 0, "ZC0001"),
        ("311", 0, 60_000_00, "ZC0001"),
    ]
    refused(Why.FUND_BOOKED, assets.carry_fund, asset=made, day=START, **usual(village))
    plain = asset(village, "ZC0009")
    refused(Why.NO_FUND, assets.carry_fund, asset=plain, day=START, **usual(village))


def test_states_follow_the_calendar(village: Collective) -> None:
    made = asset(village)
    use = {"asset": made, **usual(village)}
    with told_once("holdings.use_otherwise"):
        assets.use_otherwise(state=State.LEASED, on=date(2024, 5, 1), **use)
    refused(
        Why.NOT_NOW,
        assets.use_otherwise,
        state=State.LEASED,
        on=date(2024, 6, 1),
        **use,
    )
    refused(
        Why.BAD_DAYS, assets.use_otherwise, state=State.IDLE, on=date(2024, 4, 1), **use
    )


def test_a_cost_is_put_right_while_nothing_is_charged(village: Collective) -> None:
    made = asset(village, wear=assets.Wear(10))
    edited = assets.edit_card(
        asset=made, card=card(cost_fen=50_000_00, name="老综合楼"), **usual(village)
    )
    assert edited.plans.get().amount_fen == 50_000_00
    made.item.refresh_from_db()
    assert made.item.name == "老综合楼"
    depreciate(book=village.book, month=FEBRUARY, **usual(village))
    refused(
        Why.TOO_LATE,
        assets.edit_card,
        asset=made,
        card=card(cost_fen=60_000_00),
        **usual(village),
    )
    refused(
        Why.CHANGED,
        assets.edit_card,
        asset=made,
        card=card(cost_fen=50_000_00),
        version=1,
        **usual(village),
    )


def test_books_of_the_old_system_get_no_draft(village: Collective) -> None:
    old = replace(village, book=other_books(village, regime="2004"))
    asset(old, wear=assets.Wear(10))
    with silent():
        refused(Why.REGIME, depreciate, book=old.book, month=FEBRUARY, **usual(village))
    assert not Charge.objects.exists()
    assert not Draft.objects.exists()


def test_sums_by_kind(village: Collective) -> None:
    asset(village, wear=assets.Wear(10), brought_fen=1_000_00)
    asset(village, "ZC0002")
    land(village)
    depreciate(book=village.book, month=FEBRUARY, **usual(village))
    rows = {row.kind: row for row in sorts(village.book)}
    assert (rows["fixed"].count, rows["fixed"].cost_fen) == (2, 200_000_00)
    assert rows["fixed"].left_fen == 200_000_00 - 1_000_00 - 9_900_00
    assert (rows["resource"].area_mu, rows["resource"].left_fen) == (
        Decimal("120.50"),
        None,
    )
