from datetime import date
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from tests.books.collective import Collective, entry, line
from tests.holdings.laying import (
    asset,
    contract,
    earn,
    other_books,
    paper,
    payments,
    posted,
    silent,
    told_once,
    usual,
)
from tests.holdings.test_assets import refused
from wugeyi.books.actions.drafts import change, drop
from wugeyi.books.actions.posting import post, reverse
from wugeyi.books.rules.entries import Line
from wugeyi.holdings.actions import contracts, dues
from wugeyi.holdings.models import Contract, Due, Promise
from wugeyi.holdings.queries.dues import (
    ending,
    late_of,
    of_contract,
    overdue,
    standing,
)
from wugeyi.holdings.rules.contracts import Kind, Word
from wugeyi.holdings.rules.dues import Rhythm, Terms, TooMany, add_months, schedule
from wugeyi.holdings.rules.refusals import Why

# The rule alone

DAYS = some.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(
    DAYS,
    some.integers(0, 8000),
    some.sampled_from(list(Rhythm)),
    some.integers(1, 10**9),
)
def test_periods_cover_the_contract_without_gap(
    begins: date, length: int, rhythm: Rhythm, fen: int
) -> None:
    ends = date.fromordinal(begins.toordinal() + length)
    found = schedule(Terms(begins, ends, rhythm, fen, begins))
    assert (found[0].first, found[-1].last) == (begins, ends)
    for before, after in pairwise(found):
        assert after.first.toordinal() == before.last.toordinal() + 1
        assert (before.amount_fen, before.part) == (fen, False)
    assert found[-1].amount_fen <= fen
    assert sum(each.amount_fen for each in found) <= fen * len(found)


def test_the_day_of_a_short_month_comes_back() -> None:
    found = schedule(
        Terms(
            date(2024, 1, 1),
            date(2024, 12, 31),
            Rhythm.MONTHLY,
            100,
            date(2024, 1, 31),
        )
    )
    assert [each.due_on.day for each in found] == [
        31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]  # fmt: skip
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)


def test_a_last_period_cut_short_is_paid_by_the_day() -> None:
    # 2024-07-01 to 2024-09-13 are 75 of the 184 days of that half year.
    found = schedule(
        Terms(
            date(2024, 1, 1),
            date(2024, 9, 13),
            Rhythm.HALF_YEARLY,
            10_000_00,
            date(2024, 1, 1),
        )
    )
    assert [(each.amount_fen, each.part) for each in found] == [
        (10_000_00, False),
        (4_076_09, True),
    ]


def test_steps_are_taken_by_years_even_in_quarters() -> None:
    found = schedule(
        Terms(
            date(2024, 1, 1),
            date(2028, 12, 31),
            Rhythm.QUARTERLY,
            1_000_00,
            date(2024, 1, 1),
            step_years=2,
            step_percent_100=500,
            step_fen=10_00,
        )
    )
    assert [each.amount_fen for each in found[::4]] == [
        1_000_00,
        1_000_00,
        1_060_00,
        1_060_00,
        1_123_00,
    ]


def test_too_many_due_dates_are_refused() -> None:
    with pytest.raises(TooMany):
        schedule(
            Terms(
                date(2000, 1, 1),
                date(2060, 1, 1),
                Rhythm.MONTHLY,
                1,
                date(2000, 1, 1),
            )
        )


# Signing


def test_a_contract_makes_its_due_dates(village: Collective) -> None:
    with told_once("holdings.sign"):
        made = contract(village)
    found = of_contract(made)
    assert [(each.due_on, each.amount_fen, each.collected_fen) for each in found] == [
        (date(2024, 2, 10), 12_000_00, 0),
        (date(2025, 2, 10), 12_000_00, 0),
        (date(2026, 2, 10), 12_000_00, 0),
    ]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"written": False}, Why.NOT_WRITTEN),
        ({"non_cash": True}, Why.NOT_VALUED),
        ({"non_cash": True, "valuation_fen": 5, "valued_by": " "}, Why.NOT_VALUED),
    ],
)
def test_what_the_law_wants_of_a_contract(
    village: Collective, changed: dict, why: Why
) -> None:
    paper(village)
    with silent():
        refused(why, contract, village=village, **changed)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"ends_on": date(2024, 1, 31)}, Why.BAD_DAYS),
        ({"ends_on": date(2124, 2, 1)}, Why.BAD_DAYS),
        ({"amount_fen": 0}, Why.NEGATIVE),
        ({"amount_fen": -5}, Why.NEGATIVE),
        ({"ends_on": date(2099, 1, 1), "rhythm": Rhythm.MONTHLY}, Why.TOO_MANY_DUES),
    ],
)
def test_payments_are_sound(village: Collective, changed: dict, why: Why) -> None:
    paper(village)
    with silent():
        refused(why, contract, village=village, terms=changed)


def test_a_number_is_taken_once_and_other_books_are_not_ours(
    village: Collective,
) -> None:
    contract(village)
    refused(Why.TAKEN, contract, village=village)
    theirs = other_books(village)
    with silent():
        refused(
            Why.NOT_YOURS,
            contracts.sign,
            book=theirs,
            paper=paper(village),
            payments=payments(),
            **usual(village),
        )


# Collecting


def test_collected_is_what_was_posted(village: Collective) -> None:
    made = contract(village, asset=asset(village))
    first = of_contract(made)[0]
    with told_once("holdings.draft_due"):
        draft = dues.draft_due(
            due=first, day=date(2024, 2, 12), amount_fen=5_000_00, **usual(village)
        )
    assert (draft.source, draft.source_id) == ("contract_due", first.pk)
    assert [
        (each.account, each.asset, each.counterparty)
        for each in draft.lines.order_by("place")
    ] == [("102", "ZC0001", "WL0001"), ("501", "ZC0001", "WL0001")]
    waiting = of_contract(made)[0]
    assert (waiting.collected_fen, waiting.waits) == (0, True)
    refused(
        Why.DRAFT_WAITS,
        dues.draft_due,
        due=first,
        day=date(2024, 2, 12),
        **usual(village),
    )
    voucher = posted(village, draft)
    assert of_contract(made)[0].collected_fen == 5_000_00
    rest = dues.draft_due(due=first, day=date(2024, 3, 1), **usual(village))
    assert rest.lines.get(place=1).debit_fen == 7_000_00
    posted(village, rest)
    assert of_contract(made)[0].collected_fen == 12_000_00
    refused(
        Why.SETTLED, dues.draft_due, due=first, day=date(2024, 3, 1), **usual(village)
    )
    reverse(voucher=voucher, day=date(2024, 3, 2), **village.people)
    assert of_contract(made)[0].collected_fen == 7_000_00


def test_what_the_accountant_changed_in_the_draft_counts(village: Collective) -> None:
    made = contract(village)
    first = of_contract(made)[0]
    draft = dues.draft_due(due=first, day=date(2024, 2, 12), **usual(village))
    draft = change(
        draft=draft,
        version=draft.version,
        day=draft.day,
        lines=[
            Line("102", 11_000_00, 0, "收租"),
            Line("112", 1_000_00, 0, "欠"),
            Line("501", 0, 12_000_00, "收租"),
        ],
        **usual(village),
    )
    posted(village, draft)
    assert of_contract(made)[0].collected_fen == 11_000_00


def test_a_dropped_draft_collects_nothing(village: Collective) -> None:
    made = contract(village)
    draft = dues.draft_due(
        due=of_contract(made)[0], day=date(2024, 2, 12), **usual(village)
    )
    drop(draft=draft, version=draft.version, **usual(village))
    first = of_contract(made)[0]
    assert (first.collected_fen, first.waits) == (0, False)


def test_a_posted_voucher_is_linked_in_parts(village: Collective) -> None:
    made = contract(village)
    first, second, _third = of_contract(made)
    voucher = earn(village, date(2024, 2, 11), 20_000)
    with told_once("holdings.link_voucher"):
        dues.link(due=first, voucher=voucher, **usual(village))
    assert of_contract(made)[0].collected_fen == 12_000_00
    refused(
        Why.OVER_VOUCHER,
        dues.link,
        due=second,
        voucher=voucher,
        amount_fen=8_000_01,
        **usual(village),
    )
    row = dues.link(due=second, voucher=voucher, **usual(village))
    assert row.amount_fen == 8_000_00
    dues.unlink(row=row, **usual(village))
    assert of_contract(made)[1].collected_fen == 0
    spent = earn(village, date(2024, 2, 12), -500)
    refused(Why.NO_PAYMENT, dues.link, due=second, voucher=spent, **usual(village))
    reverse(voucher=voucher, day=date(2024, 2, 13), **village.people)
    assert of_contract(made)[0].collected_fen == 0
    refused(Why.ENDED, dues.link, due=second, voucher=voucher, **usual(village))


def test_an_investment_is_paid_the_other_way(village: Collective) -> None:
    earn(village, date(2024, 1, 20), 50_000)
    made = contract(village, {"rhythm": Rhythm.ONCE}, kind=Kind.INVESTMENT)
    (only,) = of_contract(made)
    draft = dues.draft_due(due=only, day=date(2024, 2, 12), **usual(village))
    assert [
        (each.account, each.debit_fen, each.credit_fen)
        for each in draft.lines.order_by("place")
    ] == [("141", 12_000_00, 0), ("102", 0, 12_000_00)]
    posted(village, draft)
    assert of_contract(made)[0].collected_fen == 12_000_00


def test_overdue_and_ending(village: Collective) -> None:
    made = contract(village)
    today = date(2025, 2, 11)
    rows = standing().filter(book=village.book)
    assert [each.due_on.year for each in overdue(rows, today)] == [2024, 2025]
    found = late_of([village.book], today)[village.book.pk]
    assert (found.count, found.missing_fen) == (2, 24_000_00)
    draft = dues.draft_due(
        due=of_contract(made)[0], day=date(2024, 2, 12), **usual(village)
    )
    posted(village, draft)
    assert [each.due_on.year for each in overdue(rows, today)] == [2025]
    contracts_ = Contract.objects.filter(book=village.book)
    assert list(ending(contracts_, date(2026, 12, 1))) == [made]
    assert not ending(contracts_, date(2026, 10, 1))
    assert not ending(contracts_, date(2027, 2, 1))


# Changing


def test_a_change_keeps_what_was(village: Collective) -> None:
    made = contract(village)
    posted(
        village,
        dues.draft_due(
            due=of_contract(made)[0], day=date(2024, 2, 12), **usual(village)
        ),
    )
    new = contracts.Change(
        payments(begins_on=date(2025, 2, 1), amount_fen=9_000_00),
        date(2025, 1, 5),
        "受灾减租",
    )
    with told_once("holdings.change_terms"):
        terms = contracts.change_terms(contract=made, change=new, **usual(village))
    assert terms.kind == "change"
    assert [each.amount_fen for each in of_contract(made)] == [
        12_000_00,
        9_000_00,
        9_000_00,
    ]
    assert Due.objects.filter(contract=made).count() == 5
    made.refresh_from_db()
    assert made.ends_on == date(2027, 1, 31)


def test_a_renewal_begins_after_the_end(village: Collective) -> None:
    made = contract(village)
    new = contracts.Change(
        payments(begins_on=date(2027, 2, 1), ends_on=date(2030, 1, 31)),
        date(2026, 12, 5),
        "到期续租",
    )
    terms = contracts.change_terms(contract=made, change=new, **usual(village))
    assert terms.kind == "renewal"
    assert len(of_contract(made)) == 6
    made.refresh_from_db()
    assert made.ends_on == date(2030, 1, 31)


def test_a_change_neither_cuts_a_period_nor_takes_back_money(
    village: Collective,
) -> None:
    made = contract(village)
    cut = contracts.Change(payments(begins_on=date(2025, 3, 1)), date(2025, 1, 5), "x")
    with silent():
        refused(
            Why.BAD_DAYS,
            contracts.change_terms,
            contract=made,
            change=cut,
            **usual(village),
        )
    dues.draft_due(due=of_contract(made)[1], day=date(2025, 2, 12), **usual(village))
    whole = contracts.Change(
        payments(begins_on=date(2025, 2, 1)), date(2025, 1, 5), "x"
    )
    with silent():
        refused(
            Why.DUES_BOOKED,
            contracts.change_terms,
            contract=made,
            change=whole,
            **usual(village),
        )


def test_an_end_before_its_time(village: Collective) -> None:
    made = contract(village)
    stop = {"contract": made, "reason": "承租人退租", **usual(village)}
    refused(Why.BAD_DAYS, contracts.terminate, on=date(2028, 1, 1), **stop)
    with told_once("holdings.terminate"):
        contracts.terminate(on=date(2025, 6, 30), **stop)
    assert [each.due_on.year for each in of_contract(made)] == [2024, 2025]
    refused(Why.ENDED, contracts.terminate, on=date(2025, 6, 30), **stop)


# Promises


def test_a_guarantee_is_refused_a_promise_kept(village: Collective) -> None:
    given = {
        "book": village.book,
        "giver": "村党支部",
        "text": "支部兜底",
        "on": date(2024, 2, 1),
        **usual(village),
    }
    with silent():
        refused(Why.GUARANTEE, contracts.promise, kind=Word.GUARANTEE, **given)
    with told_once("holdings.promise"):
        row = contracts.promise(kind=Word.PROMISE, **given)
    assert not village.book.drafts.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=row.pk).update(kind="guarantee")
    with told_once("holdings.withdraw_promise"):
        contracts.withdraw_promise(row=row, reason="兑现了", **usual(village))


def test_a_voucher_of_other_books_is_not_ours(village: Collective) -> None:
    made = contract(village)
    theirs = other_books(village)
    voucher = post(
        book=theirs,
        entry=entry(date(2024, 2, 1), line("102", 5, "x"), line("501", -5, "x")),
        **village.people,
    )
    refused(
        Why.NOT_YOURS,
        dues.link,
        due=of_contract(made)[0],
        voucher=voucher,
        **usual(village),
    )
