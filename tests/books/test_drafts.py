"""Drafts: who writes, who reviews, what is posted, and that each act is one event."""

from datetime import date
from uuid import uuid4

import pytest

from tests.audit.helpers import assert_no_event, assert_one_event
from tests.books.collective import AT, BEGINS, Collective, line, rent
from wugeyi.books.actions import drafts
from wugeyi.books.actions.books import add_item
from wugeyi.books.actions.posting import post
from wugeyi.books.adapter.findings import BadVoucher
from wugeyi.books.models import Draft, Posting, Voucher
from wugeyi.books.rules.refusals import Refused, Why

DAY = date(2024, 3, 5)


def written(collective: Collective, *lines: object, **more: object) -> Draft:
    given = lines or rent(DAY).lines
    return drafts.write(
        book=collective.book, day=DAY, lines=given, by=collective.accountant, at=AT,
        **more,
    )  # type: ignore[arg-type]  # fmt: skip


def waiting(collective: Collective, *lines: object, **more: object) -> Draft:
    draft = written(collective, *lines, **more)
    return drafts.submit(
        draft=draft, version=draft.version, by=collective.accountant, at=AT
    )


def approved(collective: Collective, draft: Draft) -> Voucher:
    return drafts.approve(
        draft=draft, version=draft.version, by=collective.reviewer, at=AT
    )


def why(refused: pytest.ExceptionInfo[Refused]) -> Why:
    return refused.value.why


def test_one_writes_another_reviews_and_it_is_posted(collective: Collective) -> None:
    with assert_one_event("books.write_draft"):
        draft = written(collective)
    with assert_one_event("books.submit_draft"):
        draft = drafts.submit(draft=draft, version=1, by=collective.accountant, at=AT)
    with assert_one_event("books.post"):
        voucher = approved(collective, draft)
    draft.refresh_from_db()
    assert (draft.state, draft.voucher) == (Draft.State.POSTED, voucher)
    assert voucher.prepared_by == collective.accountant
    assert voucher.reviewed_by == collective.reviewer
    rows = Posting.objects.filter(voucher=voucher).order_by("place")
    assert [(row.account, row.debit_fen, row.credit_fen) for row in rows] == [
        ("102", 100_000, 0),
        ("501", 0, 100_000),
    ]


def test_the_same_form_twice_is_one_draft(collective: Collective) -> None:
    once = uuid4()
    first = written(collective, client_id=once)
    with assert_no_event():
        assert written(collective, client_id=once) == first
    assert Draft.objects.count() == 1


def test_nobody_reviews_what_they_wrote(collective: Collective) -> None:
    draft = waiting(collective)
    with assert_no_event(), pytest.raises(Refused) as refused:
        drafts.approve(draft=draft, version=2, by=collective.accountant, at=AT)
    assert why(refused) is Why.SAME_PERSON
    with pytest.raises(Refused) as refused:
        drafts.return_(
            draft=draft, version=2, remark="改", by=collective.accountant, at=AT
        )
    assert why(refused) is Why.SAME_PERSON
    assert not Voucher.objects.exists()


def test_whoever_changes_a_draft_answers_for_it(collective: Collective) -> None:
    draft = waiting(collective)
    changed = drafts.change(
        draft=draft,
        version=draft.version,
        day=DAY,
        lines=rent(DAY, 7).lines,
        by=collective.reviewer,
        at=AT,
    )
    assert changed.state == Draft.State.WRITING
    again = drafts.submit(
        draft=changed, version=changed.version, by=collective.reviewer, at=AT
    )
    with pytest.raises(Refused) as refused:
        approved(collective, again)
    assert why(refused) is Why.SAME_PERSON


def test_a_page_loaded_before_a_change_changes_nothing(collective: Collective) -> None:
    draft = waiting(collective)
    seen = draft.version
    drafts.change(
        draft=draft, version=seen, day=DAY, lines=rent(DAY, 9).lines,
        by=collective.accountant, at=AT,
    )  # fmt: skip
    for act in (
        lambda: drafts.approve(
            draft=draft, version=seen, by=collective.reviewer, at=AT
        ),
        lambda: drafts.drop(draft=draft, version=seen, by=collective.accountant, at=AT),
        lambda: drafts.submit(
            draft=draft, version=seen, by=collective.accountant, at=AT
        ),
    ):
        with assert_no_event(), pytest.raises(Refused) as refused:
            act()
        assert why(refused) is Why.CHANGED


def test_what_could_not_be_posted_is_not_given_to_the_reviewer(
    collective: Collective,
) -> None:
    odd = written(collective, line("102", 10), line("501", -9))
    with assert_no_event(), pytest.raises(BadVoucher):
        drafts.submit(draft=odd, version=1, by=collective.accountant, at=AT)
    unknown = written(collective, line("10299", 10), line("501", -10))
    with pytest.raises(Refused) as refused:
        drafts.submit(draft=unknown, version=1, by=collective.accountant, at=AT)
    assert refused.value.values == {"word": "account", "code": "10299"}
    other = written(collective, line("102", 10, project="P9"), line("501", -10))
    with pytest.raises(Refused) as refused:
        drafts.submit(draft=other, version=1, by=collective.accountant, at=AT)
    assert refused.value.values == {"word": "item", "code": "P9"}
    add_item(
        book=collective.book, kind="project", code="P9", name="路灯", by=None, at=AT
    )
    drafts.submit(draft=other, version=1, by=collective.accountant, at=AT)


def test_a_returned_draft_says_why_and_waits_again(collective: Collective) -> None:
    draft = waiting(collective)
    with pytest.raises(Refused) as refused:
        drafts.return_(
            draft=draft, version=2, remark="  ", by=collective.reviewer, at=AT
        )
    assert why(refused) is Why.NEEDS_TEXT
    with assert_one_event("books.return_draft"):
        back = drafts.return_(
            draft=draft, version=2, remark="少了发票", by=collective.reviewer, at=AT
        )
    assert (back.state, back.remark) == (Draft.State.RETURNED, "少了发票")
    again = drafts.submit(draft=back, version=3, by=collective.accountant, at=AT)
    assert approved(collective, again).number == 1


def test_a_dropped_draft_is_never_posted(collective: Collective) -> None:
    draft = waiting(collective)
    with assert_one_event("books.drop_draft"):
        dropped = drafts.drop(draft=draft, version=2, by=collective.accountant, at=AT)
    with pytest.raises(Refused) as refused:
        approved(collective, dropped)
    assert why(refused) is Why.CHANGED


def test_a_voucher_is_taken_back_by_a_reviewed_draft(collective: Collective) -> None:
    posted = post(book=collective.book, entry=rent(DAY), **collective.people)
    draft = waiting(collective, kind="reversal", reverses=posted)
    back = approved(collective, draft)
    assert (back.kind, back.reverses) == ("reversal", posted)
    with pytest.raises(Refused) as refused:
        waiting(collective, kind="reversal", reverses=posted)
    assert why(refused) is Why.ALREADY_REVERSED


def test_closed_books_take_no_draft(collective: Collective) -> None:
    collective.book.closed_at = AT
    with pytest.raises(Refused) as refused:
        written(collective)
    assert why(refused) is Why.CLOSED


def test_opening_balances_are_drafts_too(collective: Collective) -> None:
    draft = drafts.write(
        book=collective.book, day=BEGINS, kind="opening",
        lines=(line("102", 5), line("301", -5)), by=collective.accountant, at=AT,
    )  # fmt: skip
    draft = drafts.submit(draft=draft, version=1, by=collective.accountant, at=AT)
    assert approved(collective, draft).nature == "opening"
