"""Opening balances: the table, the page, what must hold before they are posted."""

import io
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.audit.helpers import assert_no_event
from tests.books.bringing import accepted, bring, codes, posted
from tests.books.collective import AT, BEGINS, Collective, found, rent
from wugeyi.books.actions import imports
from wugeyi.books.actions.books import add_sub_account
from wugeyi.books.actions.drafts import approve
from wugeyi.books.actions.posting import post
from wugeyi.books.actions.posting import reverse as take_back
from wugeyi.books.adapter.reading import stream
from wugeyi.books.models import Draft, Item, Voucher
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.engines.ledger import check_book
from wugeyi.engines.ledger.records import Book as EngineBook

HEAD = "科目编码,科目名称,方向,期初余额,成员户\n"
SOUND = HEAD + '102,银行存款,借,"1,000.50",\n301,资本,贷,1000.5,\n111,短期投资,借,,\n'


def as_accountant(collective: Collective) -> Client:
    client = Client()
    client.force_login(collective.accountant)
    return client


def test_balances_become_one_voucher_of_the_first_day(collective: Collective) -> None:
    file = bring(collective, SOUND, "opening")
    assert (file.vouchers, codes(file)) == (1, [])
    posted(collective, file)
    voucher = Voucher.objects.get()
    assert (voucher.kind, voucher.day) == ("opening", BEGINS)
    rows = voucher.postings.order_by("place")
    assert list(rows.values_list("account", "debit_fen", "credit_fen")) == [
        ("102", 100_050, 0),
        ("301", 0, 100_050),
    ]


def test_sums_of_rows_below_count_once(collective: Collective) -> None:
    text = HEAD + (
        "102,银行存款,借,300,\n10201,基本户,借,100,\n10202,一般户,借,200,\n"
        "113,内部往来,借,70,\n113,内部往来,借,30,张三\n113,内部往来,借,40,李四\n"
        "301,资本,贷,370,\n合计,,,740,\n"
    )
    file = bring(collective, text, "opening")
    assert codes(file) == []
    posted(collective, file)
    rows = Voucher.objects.get().postings.order_by("place")
    assert list(rows.values_list("account", "debit_fen", "household")) == [
        ("10201", 10_000, ""),
        ("10202", 20_000, ""),
        ("113", 3_000, "H0001"),
        ("113", 4_000, "H0002"),
        ("301", 0, ""),
    ]
    assert Item.objects.filter(kind="household", personal=True).count() == 2


def test_a_balance_on_the_other_side_may_be_negative(collective: Collective) -> None:
    text = HEAD + "102,银行存款,借,100,\n113,内部往来,借,-20,\n301,资本,贷,80,\n"
    posted(collective, bring(collective, text, "opening"))
    rows = Voucher.objects.get().postings.filter(account="113")
    assert list(rows.values_list("debit_fen", "credit_fen")) == [(0, 2_000)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("102,银行存款,借,100,\n301,资本,贷,90,\n", "opening_unbalanced"),
        ("102,银行存款,,100,\n301,资本,贷,100,\n", "side_missing"),
        ("102,银行存款,借,100,\n501,经营收入,贷,100,\n", "opening_income"),
        ("102,银行存款,借,50,\n102,银行存款,借,50,\n301,资本,贷,100,\n", "opening_twice"),
        ("102,银行存款,借,100,\n10201,甲,借,90,\n301,资本,贷,100,\n", "opening_sum_differs"),
        ("102,银行存款,借,1.005,\n301,资本,贷,1.005,\n", "cell_decimals"),
        ("211,应付工资,贷,100,\n102,银行存款,借,100,\n", "account_regime_name"),
        ("102,银行存款,借,0,\n", "opening_empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(collective: Collective, rows: str, code: str) -> None:
    assert code in codes(bring(collective, HEAD + rows, "opening"))


def test_balances_come_once_and_first(collective: Collective) -> None:
    first, second = (bring(collective, SOUND, "opening") for _ in range(2))
    waiting = accepted(collective, second)
    posted(collective, first)
    with assert_no_event(), pytest.raises(Refused) as refused:
        imports.approve(
            file=waiting, version=waiting.version, by=collective.reviewer, at=AT
        )
    assert refused.value.why is Why.CHANGED
    assert "opening_there" in codes(bring(collective, SOUND, "opening"))


def test_balances_taken_back_are_entered_anew(collective: Collective) -> None:
    posted(collective, bring(collective, SOUND, "opening"))
    take_back(voucher=Voucher.objects.get(), day=BEGINS, **collective.people)
    posted(collective, bring(collective, SOUND.replace("000.5", "001.5"), "opening"))
    vouchers = tuple(voucher for voucher, _leaf in stream(collective.book))
    assert [each.kind for each in vouchers] == ["opening", "reversal", "opening"]
    assert check_book(EngineBook("XK", "2023", vouchers)) == ()


def test_balances_after_ordinary_vouchers_are_refused(collective: Collective) -> None:
    post(book=collective.book, entry=rent(date(2024, 2, 1)), **collective.people)
    assert codes(bring(collective, SOUND, "opening")) == ["opening_late"]


def test_the_table_holds_every_account_and_comes_back(db: None) -> None:
    collective = found(regime="2004")
    add_sub_account(book=collective.book, code="10201", name="信用社", by=None, at=AT)
    client = as_accountant(collective)
    answer = client.get(reverse("books:opening-template", args=[collective.book.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    page = book.active
    assert page is not None
    titles = [cell.value for cell in page[2]]
    assert titles[:4] == ["科目编码", "科目名称", "方向", "期初余额"]
    filled = {"10201": 500, "202": 500}
    for row in page.iter_rows(min_row=3):
        if row[0].value in filled:
            row[3].value = filled[row[0].value]
        assert not str(row[0].value).startswith("5")
    kept = io.BytesIO()
    book.save(kept)
    file = bring(collective, kept.getvalue(), "opening")
    assert codes(file) == []
    posted(collective, file)
    assert Voucher.objects.get().postings.count() == 2


def typed(collective: Collective, **amounts: str) -> dict[str, str]:
    return {"client_id": "7c8c7bd4-0f0c-4f3c-9f39-8e6d5f0f6f10", **amounts}


def test_typed_balances_go_to_the_reviewer(collective: Collective) -> None:
    client = as_accountant(collective)
    url = reverse("books:opening", args=[collective.book.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url, typed(collective, debit_102="1,000", credit_301="1000"))
    assert answer.status_code == 302
    # The same press again is the same draft.
    client.post(url, typed(collective, debit_102="1,000", credit_301="1000"))
    draft = Draft.objects.get()
    assert (draft.kind, draft.state, draft.day) == ("opening", "waiting", BEGINS)
    approve(draft=draft, version=draft.version, by=collective.reviewer, at=AT)
    assert Voucher.objects.get().kind == "opening"


def test_typed_balances_that_are_wrong_stay_on_the_page(
    collective: Collective,
) -> None:
    client = as_accountant(collective)
    url = reverse("books:opening", args=[collective.book.pk])
    for amounts in (
        {"debit_102": "987.65", "credit_301": "900"},
        {"debit_102": "987.65", "credit_301": "壹元"},
        {"debit_102": "987.655"},
        {"debit_102": "987.65", "credit_102": "1"},
        {},
    ):
        answer = client.post(url, typed(collective, **amounts))
        assert answer.status_code == 422
        if amounts:
            assert b"987.65" in answer.content
    assert not Draft.objects.exists()
