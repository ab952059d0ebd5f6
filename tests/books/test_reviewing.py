"""Reviewing and closing on pages: two people, several villages, papers, reversals."""

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.audit.helpers import assert_no_event, assert_one_event
from tests.books.collective import AT, BEGINS, Collective, lamps, rent, year_of_rent
from tests.casework.world import START, plant
from tests.uploads.pictures import photo, saved
from wugeyi.books.actions import drafts, requests
from wugeyi.books.actions.books import open_book
from wugeyi.books.actions.posting import post, post_many
from wugeyi.books.models import (
    Book,
    Closing,
    ClosingRequest,
    Draft,
    Paper,
    Voucher,
)
from wugeyi.books.rules.months import month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.organisations.models import Post
from wugeyi.organisations.rules import Role

DAY = date(2024, 3, 5)
JANUARY = month_of(BEGINS)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def waiting(collective: Collective, book: Book | None = None, yuan: int = 9) -> Draft:
    draft = drafts.write(
        book=book or collective.book, day=DAY, lines=rent(DAY, yuan).lines,
        by=collective.accountant, at=AT,
    )  # fmt: skip
    return drafts.submit(draft=draft, version=1, by=collective.accountant, at=AT)


def other_village(collective: Collective, number: int) -> Book:
    village = plant(
        f"第{number}村", "village", f"9901010015{number:02}", collective.world.town
    )
    return open_book(
        organisation=village, keeper="collective", regime="2023", code=f"V{number}",
        name_zh=f"第{number}村合作社", begins_on=BEGINS, by=collective.accountant, at=AT,
    )  # fmt: skip


def test_a_reviewer_goes_from_one_draft_to_the_next(collective: Collective) -> None:
    first, second = waiting(collective), waiting(collective, yuan=7)
    client = client_of(collective.reviewer)
    url = reverse("books:review-one", args=[first.pk])
    assert "收门面租金" in client.get(url).content.decode()
    answer = client.post(url, {"version": first.version, "approve": "1"})
    assert answer["Location"] == reverse("books:review-one", args=[second.pk])
    url = answer["Location"]
    bare = client.post(url, {"version": second.version, "return": "1"})
    assert bare.status_code == 422
    told = {"version": second.version, "return": "1", "remark": "少了发票"}
    assert client.post(url, told)["Location"] == reverse("books:review")
    second.refresh_from_db()
    assert (second.state, second.remark) == (Draft.State.RETURNED, "少了发票")
    assert Voucher.objects.get().reviewed_by == collective.reviewer


def test_several_villages_are_approved_at_once(collective: Collective) -> None:
    made = [waiting(collective), waiting(collective, other_village(collective, 1))]
    stale = waiting(collective, yuan=3)
    client = client_of(collective.reviewer)
    page = client.get(reverse("books:review")).content.decode()
    assert "第1村合作社" in page
    sent = [f"{each.pk}.{each.version}" for each in made]
    sent += [f"{stale.pk}.1", "999999.1", "x", "", "\x00", "9" * 40]
    client.post(reverse("books:review"), {"draft": sent})
    assert Voucher.objects.count() == 2
    stale.refresh_from_db()
    assert stale.state == Draft.State.WAITING


def test_who_holds_the_cash_or_wrote_it_never_approves(
    collective: Collective,
) -> None:
    draft = waiting(collective)
    for user in (collective.cashier, collective.accountant):
        Post.objects.create(
            person=user, role=Role.REVIEWER, organisation=collective.world.town,
            valid_from=START,
        )  # fmt: skip
        client = client_of(user)
        one = reverse("books:review-one", args=[draft.pk])
        with assert_no_event():
            answer = client.post(one, {"version": draft.version, "approve": "1"})
        assert answer.status_code == 403
        sent = {"draft": [f"{draft.pk}.{draft.version}"]}
        client.post(reverse("books:review"), sent)
        assert "收门面租金" not in client.get(reverse("books:review")).content.decode()
    assert not Voucher.objects.exists()


def test_papers_go_with_a_draft_until_it_is_posted(collective: Collective) -> None:
    draft = waiting(collective)
    cashier = client_of(collective.cashier)
    url = reverse("books:draft-papers", args=[draft.pk])
    good = ContentFile(saved(photo()), name="a.jpg")
    bad = ContentFile(b"no picture", name="b.jpg")
    cashier.post(url, {"photos": [good, bad]})
    paper = Paper.objects.get()
    picture = reverse("books:paper", args=[paper.pk])
    assert cashier.get(picture)["Content-Type"] == "image/jpeg"
    outsider = client_of(collective.world["outsider"])
    assert outsider.get(picture).status_code == 404
    reviewer = client_of(collective.reviewer)
    one = reverse("books:review-one", args=[draft.pk])
    seen_before = {"version": draft.version, "approve": "1"}
    # Another paper came: what was seen is not what would be posted.
    assert reviewer.post(one, seen_before).status_code == 422
    draft.refresh_from_db()
    reviewer.post(one, {"version": draft.version, "approve": "1"})
    assert Voucher.objects.get().papers == 1
    cashier.post(reverse("books:paper-withdraw", args=[paper.pk]))
    paper.refresh_from_db()
    assert paper.withdrawn_at is None


def test_a_voucher_is_taken_back_by_two_people(collective: Collective) -> None:
    posted = post(book=collective.book, entry=rent(DAY), **collective.people)
    client = client_of(collective.accountant)
    url = reverse("books:voucher-reverse", args=[posted.pk])
    early = {"day": "2024-03-04", "reason": "写错", "client_id": ""}
    assert client.post(url, early).status_code == 422
    assert client.post(url, {"day": "2024-03-06", "reason": " "}).status_code == 422
    answer = client.post(url, {"day": "2024-03-06", "reason": "金额写错"})
    draft = Draft.objects.get()
    assert answer["Location"] == reverse("books:draft", args=[draft.pk])
    again = client.post(url, {"day": "2024-03-06", "reason": "又来"})
    assert again.status_code == 422
    reviewer = client_of(collective.reviewer)
    one = reverse("books:review-one", args=[draft.pk])
    assert "金额写错" in reviewer.get(one).content.decode()
    reviewer.post(one, {"version": draft.version, "approve": "1"})
    back = Voucher.objects.get(reverses=posted)
    page = client.get(reverse("books:voucher", args=[posted.pk])).content.decode()
    assert f"已被 {back} 冲销" in page
    assert "金额写错" in client.get(back.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 302


def test_a_month_is_closed_and_opened_by_two_people(collective: Collective) -> None:
    post(book=collective.book, entry=rent(date(2024, 1, 5)), **collective.people)
    accountant = client_of(collective.accountant)
    reviewer = client_of(collective.reviewer)
    months = reverse("books:months", args=[collective.book.pk])
    close = reverse("books:ask-to-close", args=[collective.book.pk])
    accountant.post(close, {"month": "2024-02"})
    assert not ClosingRequest.objects.exists()
    accountant.post(close, {"month": "2024-01"})
    asked = ClosingRequest.objects.get()
    assert not Closing.objects.exists()
    answer = reverse("books:closing-answer", args=[asked.pk])
    assert accountant.post(answer, {"version": 1}).status_code == 403
    assert "同意结账" in reviewer.get(months).content.decode()
    assert "同意结账" not in accountant.get(months).content.decode()
    reviewer.post(answer, {"version": 1, "confirm": "1"})
    assert Closing.objects.get().by == collective.accountant
    assert collective.reviewer.name in accountant.get(months).content.decode()
    reopen = reverse("books:ask-to-reopen", args=[collective.book.pk])
    assert accountant.post(reopen, {"reason": " "}).status_code == 422
    accountant.post(reopen, {"reason": "漏记一笔，镇农经站同意"})
    asked = ClosingRequest.objects.get(state=ClosingRequest.State.WAITING)
    answer = reverse("books:closing-answer", args=[asked.pk])
    reviewer.post(answer, {"version": 1, "confirm": "1"})
    kinds = Closing.objects.order_by("position").values_list("kind", flat=True)
    assert list(kinds) == ["close", "reopen"]


def test_requests_wait_one_at_a_time_and_may_be_declined(
    collective: Collective,
) -> None:
    people = {"by": collective.accountant, "at": AT}
    with assert_one_event("books.ask_to_close"):
        asked = requests.ask_to_close(book=collective.book, month=JANUARY, **people)
    with assert_no_event(), pytest.raises(Refused) as refused:
        requests.ask_to_close(book=collective.book, month=JANUARY, **people)
    assert refused.value.why is Why.TWICE
    with pytest.raises(Refused) as refused:
        requests.confirm(request=asked, version=1, **people)
    assert refused.value.why is Why.SAME_PERSON
    review = {"by": collective.reviewer, "at": AT}
    with pytest.raises(Refused) as refused:
        requests.decline(request=asked, version=1, remark=" ", **review)
    assert refused.value.why is Why.NEEDS_TEXT
    with assert_one_event("books.decline_closing"):
        requests.decline(request=asked, version=1, remark="还有发票没来", **review)
    again = requests.ask_to_close(book=collective.book, month=JANUARY, **people)
    with assert_one_event("books.withdraw_closing"):
        requests.withdraw(request=again, version=1, **people)
    last = requests.ask_to_close(book=collective.book, month=JANUARY, **people)
    with assert_one_event("books.close"):
        requests.confirm(request=last, version=1, **review)


def test_drafts_keep_a_month_open_and_are_named(collective: Collective) -> None:
    waiting(collective)
    post(book=collective.book, entry=lamps(date(2024, 1, 5)), **collective.people)
    for month in (JANUARY, JANUARY + 1):
        people = {"by": collective.accountant, "at": AT}
        asked = requests.ask_to_close(book=collective.book, month=month, **people)
        requests.confirm(request=asked, version=1, by=collective.reviewer, at=AT)
    client = client_of(collective.accountant)
    page = client.get(reverse("books:months", args=[collective.book.pk]))
    assert "还有凭证没有记账" in page.content.decode()
    with pytest.raises(Refused) as refused:
        requests.ask_to_close(
            book=collective.book, month=JANUARY + 2, by=collective.accountant, at=AT
        )
    assert refused.value.why is Why.DRAFTS_OPEN


def test_december_without_a_distribution_is_pointed_out(
    collective: Collective,
) -> None:
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    for month in range(JANUARY, JANUARY + 11):
        people = {"by": collective.accountant, "at": AT}
        asked = requests.ask_to_close(book=collective.book, month=month, **people)
        requests.confirm(request=asked, version=1, by=collective.reviewer, at=AT)
    client = client_of(collective.accountant)
    page = client.get(reverse("books:months", args=[collective.book.pk]))
    assert "也没有向成员分配" in page.content.decode()


def test_lists_take_the_same_queries_however_long(
    collective: Collective, django_assert_max_num_queries: Any
) -> None:
    client = client_of(collective.reviewer)
    book = collective.book

    def counted(address: str) -> int:
        with django_assert_max_num_queries(40) as queries:
            assert client.get(address).status_code == 200
        return len(queries.captured_queries)

    def grow(number: int) -> None:
        village = other_village(collective, number)
        waiting(collective, village)
        waiting(collective)
        post(book=book, entry=rent(DAY, number + 1), **collective.people)

    month = f"{reverse('books:vouchers', args=[book.pk])}?month=2024-03"
    ledger = f"{reverse('books:ledger', args=[book.pk, '102'])}?last=2024-12-31"
    addresses = [
        reverse("books:home"),
        reverse("books:review"),
        reverse("books:book", args=[book.pk]),
        reverse("books:drafts", args=[book.pk]),
        month,
        ledger,
    ]
    grow(1)
    before = {each: counted(each) for each in addresses}
    for number in range(2, 7):
        grow(number)
    assert {each: counted(each) for each in addresses} == before


def test_the_ledger_runs_on_over_its_pages(
    collective: Collective, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wugeyi.books.queries import ledgers

    monkeypatch.setattr(ledgers, "PAGE", 7)
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    args = (collective.book, "102", date(2024, 3, 1), date(2024, 12, 31))
    page = ledgers.page(*args)
    assert page.before_fen == 2 * 70_000
    lines, pages = list(page.lines), 1
    while page.later:
        page = ledgers.page(*args, after=ledgers.read_key(page.later))
        assert page.before_fen == lines[-1].balance_fen
        lines += page.lines
        pages += 1
    assert (len(lines), pages) == (20, 3)
    assert lines[-1].balance_fen == 12 * 70_000
    back = ledgers.page(*args, before=ledgers.read_key(page.earlier or ""))
    assert [each.posting.pk for each in back.lines] == [
        each.posting.pk for each in lines[7:14]
    ]


def test_home_finds_villages_and_tells_where_they_stand(
    collective: Collective,
) -> None:
    other_village(collective, 1)
    waiting(collective)
    client = client_of(collective.accountant)
    home = reverse("books:home")
    both = client.get(home).content.decode()
    assert "溪口村股份经济合作社" in both
    assert "第1村合作社" in both
    for text in ("溪口", "xkc", "XK", "Xikou"):
        page = client.get(home, {"q": text}).content.decode()
        assert "溪口村股份经济合作社" in page, text
        assert "第1村合作社" not in page, text
    assert "没有找到" in client.get(home, {"q": "没有的村"}).content.decode()


def test_a_book_is_opened_with_a_declared_regime(collective: Collective) -> None:
    village = plant("新村", "village", "990101001299", collective.world.town)
    client = client_of(collective.accountant)
    data = {
        "to": village.code, "keeper": "collective", "regime": "",
        "begins_on": "2026-01-01", "code": "XC", "name_zh": "新村合作社",
        "rhythm": "quarterly", "large_fen": "50000",
    }  # fmt: skip
    url = reverse("books:new")
    assert client.post(url, data).status_code == 422
    late = client.post(url, data | {"regime": "2023", "begins_on": "2026-01-02"})
    assert late.status_code == 422
    assert client.post(url, data | {"regime": "2023"}).status_code == 302
    book = Book.objects.get(code="XC")
    assert (book.regime, book.large_fen) == ("2023", 5_000_000)
    stranger = plant("别村", "village", "990102001299", collective.world.other_county)
    data |= {"regime": "2023", "to": stranger.code, "code": "BC"}
    assert client.post(url, data).status_code == 422


def test_statements_are_shown_for_both_regimes(collective: Collective) -> None:
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    client = client_of(collective.reviewer)

    def page(kind: str, **asked: str) -> str:
        url = reverse("books:statement", args=[collective.book.pk, kind])
        answer = client.get(url, asked)
        assert answer.status_code == 200
        return answer.content.decode()

    sheet = page("balance-sheet", month="2024-06")
    assert "4,200.00" in sheet
    assert "未核对" in sheet
    assert "1,000.00" in page("income", month="2024-06")
    assert "6,000.00" in page("income", month="2024-06")
    assert "102 银行存款" in page("trial-balance", month="2024-06")
    assert "净收益" in page("equity", last="2024-12-31")
    village = plant("旧村", "village", "990101001298", collective.world.town)
    old = open_book(
        organisation=village, keeper="collective", regime="2004", code="OLD",
        name_zh="旧村", begins_on=BEGINS, by=None, at=AT,
    )  # fmt: skip
    for kind in ("balance-sheet", "income", "notes", "trial-balance", "equity"):
        url = reverse("books:statement", args=[old.pk, kind])
        assert client.get(url).status_code == 200
