"""Posting through the actions: numbers, leaves, what is refused, one event each."""

from datetime import date
from uuid import uuid4

import pytest

from tests.audit.helpers import assert_no_event, assert_one_event
from tests.books.collective import Collective, entry, lamps, line, rent, year_of_rent
from wugeyi.books.actions.books import add_item, add_sub_account
from wugeyi.books.actions.posting import post, post_many, reverse
from wugeyi.books.adapter.findings import BadVoucher
from wugeyi.books.adapter.leaves import leaf
from wugeyi.books.adapter.reading import engine_voucher, stream
from wugeyi.books.models import Posting, Voucher
from wugeyi.books.rules.refusals import Refused, Why

DAY = date(2024, 3, 5)


def test_a_voucher_is_posted_whole_and_numbered(collective: Collective) -> None:
    with assert_one_event("books.post"):
        first = post(book=collective.book, entry=rent(DAY), **collective.people)
    second = post(book=collective.book, entry=lamps(DAY), **collective.people)
    other_year = post(
        book=collective.book, entry=rent(date(2025, 1, 2)), **collective.people
    )
    numbers = [(v.year, v.number, v.position) for v in (first, second, other_year)]
    assert numbers == [(2024, 1, 1), (2024, 2, 2), (2025, 1, 3)]
    rows = Posting.objects.filter(voucher=first).order_by("place")
    assert list(rows.values_list("account", "debit_fen", "credit_fen")) == [
        ("102", 100_000, 0),
        ("501", 0, 100_000),
    ]


def test_the_kept_leaf_is_that_of_the_rows(collective: Collective) -> None:
    """What the database's guard computed is what the engine computes from the rows."""
    add_item(
        book=collective.book, kind="project", code="P1", name="路灯", by=None,
        at=collective.people["at"],
    )  # fmt: skip
    odd = entry(
        DAY,
        line("102", 5, '引号" 反斜杠\\ 斜杠/ 表情🌾 é', project="P1"),
        line("501", -5, "…"),
    )
    posted = post(book=collective.book, entry=odd, **collective.people)
    back = reverse(voucher=posted, day=DAY, **collective.people)
    for each in (posted, back):
        each.refresh_from_db()
        assert leaf(engine_voucher(each)) == each.leaf


def test_many_are_posted_by_one_act(collective: Collective) -> None:
    entries = list(year_of_rent())
    with assert_one_event("books.post_many"):
        assert (
            post_many(book=collective.book, entries=entries, **collective.people) == 24
        )
    kept = list(stream(collective.book))
    assert [voucher.number for voucher, _ in kept] == list(range(1, 25))
    assert all(leaf(voucher) == each for voucher, each in kept)


def test_one_bad_voucher_among_many_keeps_all_out(collective: Collective) -> None:
    bad = entry(DAY, line("102", 10), line("501", -9))
    with assert_no_event(), pytest.raises(BadVoucher) as refused:
        post_many(
            book=collective.book, entries=[rent(DAY), bad, rent(DAY)],
            **collective.people,
        )  # fmt: skip
    assert [each.code for each in refused.value.findings] == ["voucher-unbalanced"]
    assert not Voucher.objects.exists()
    assert not Posting.objects.exists()


def test_the_same_voucher_sent_twice_is_one(collective: Collective) -> None:
    sent = entry(DAY, *rent(DAY).lines, client_id=uuid4())
    first = post(book=collective.book, entry=sent, **collective.people)
    assert post(book=collective.book, entry=sent, **collective.people) == first
    assert Voucher.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((line("102", 10), line("501", -9)), "voucher-unbalanced"),
        ((), "voucher-empty"),
        ((line("999", 10), line("501", -10)), "account-unknown"),
        ((line("522", 10), line("501", -10)), "account-other-regime"),
        ((line("1020", 10), line("501", -10)), "account-digits"),
    ],
)
def test_the_engine_refuses_first(
    collective: Collective, lines: tuple, code: str
) -> None:
    with pytest.raises(BadVoucher) as refused:
        post(book=collective.book, entry=entry(DAY, *lines), **collective.people)
    assert code in [each.code for each in refused.value.findings]


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (entry(DAY, line("10201", 10), line("501", -10)), "account"),
        (entry(DAY, line("102", 10, project="P9"), line("501", -10)), "item"),
        (entry(DAY, line("102", 2 * 10**13), line("501", -2 * 10**13)), "whole-fen"),
    ],
)
def test_what_the_engine_does_not_know_the_database_refuses(
    collective: Collective, bad: object, word: str
) -> None:
    with assert_no_event(), pytest.raises(Refused) as refused:
        post(book=collective.book, entry=bad, **collective.people)  # type: ignore[arg-type]
    assert (refused.value.why, refused.value.values) == (Why.GUARD, {"word": word})


def test_an_own_sub_account_may_be_posted_to(collective: Collective) -> None:
    add_sub_account(
        book=collective.book, code="10201", name="基本户", by=None,
        at=collective.people["at"],
    )  # fmt: skip
    good = entry(DAY, line("10201", 10), line("501", -10))
    assert post(book=collective.book, entry=good, **collective.people).number == 1


def test_who_wrote_it_does_not_review_it(collective: Collective) -> None:
    people = collective.people | {"reviewed_by": collective.accountant}
    with pytest.raises(Refused) as refused:
        post(book=collective.book, entry=rent(DAY), **people)
    assert refused.value.why is Why.SAME_PERSON


def test_a_voucher_is_taken_back_once(collective: Collective) -> None:
    posted = post(book=collective.book, entry=rent(DAY), **collective.people)
    back = reverse(voucher=posted, day=DAY, **collective.people)
    assert (back.kind, back.nature, back.reverses_id) == (
        "reversal",
        "ordinary",
        posted.pk,
    )
    with pytest.raises(Refused) as refused:
        reverse(voucher=posted, day=DAY, **collective.people)
    assert refused.value.why is Why.ALREADY_REVERSED
    with pytest.raises(Refused):
        reverse(voucher=back, day=DAY, **collective.people)
