"""Writing a voucher on its page: what is understood, refused, and never lost."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.books.collective import AT, Collective, rent
from wugeyi.books.actions import drafts
from wugeyi.books.actions.books import add_item, add_sub_account
from wugeyi.books.actions.posting import post
from wugeyi.books.models import Draft, Voucher
from wugeyi.books.rules.accountnames import Choice, look, meant
from wugeyi.books.rules.money import NoAmount, Wrong, typed_fen

DAY = date(2024, 3, 5)


@pytest.fixture
def client(collective: Collective) -> Client:
    made = Client()
    made.force_login(collective.accountant)
    return made


def typed(*rows: tuple[str, ...], **more: str) -> dict[str, str]:
    """A page as it is sent: rows of summary, account, debit, credit."""
    data = {"day": "2024-03-05", "client_id": str(uuid4()), **more}
    for place, row in enumerate(rows):
        for name, value in zip(
            ("summary", "account", "debit", "credit"), row, strict=False
        ):
            data[f"line-{place}-{name}"] = value
    return data


RENT = (("收租金", "102", "1,200.50", ""), ("", "jysr", "", "1200.5"))


def send(client: Client, collective: Collective, data: dict[str, str]) -> Any:
    return client.post(reverse("books:enter", args=[collective.book.pk]), data)


def test_a_voucher_is_typed_by_pinyin_and_submitted(
    client: Client, collective: Collective
) -> None:
    answer = send(client, collective, typed(*RENT, submit="1"))
    assert answer.status_code == 302
    draft = Draft.objects.get()
    assert draft.state == Draft.State.WAITING
    lines = draft.lines.order_by("place")
    rows = lines.values_list("summary", "account", "debit_fen", "credit_fen")
    assert list(rows) == [
        ("收租金", "102", 120_050, 0),
        ("收租金", "501", 0, 120_050),
    ]


def test_the_same_page_sent_twice_is_one_draft(
    client: Client, collective: Collective
) -> None:
    data = typed(*RENT, submit="1")
    for _again in range(2):
        assert send(client, collective, data).status_code == 302
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1.234", "最多写到分"),
        ("1.230", "最多写到分"),
        ("一百", "不是金额"),
        ("12a", "不是金额"),
        ("-5", "不能是负数"),
        ("9" * 15, "太大"),
        ("9" * 30, "太大"),
        ("1e5", "不是金额"),
        ("NaN", "不是金额"),
    ],
)
def test_a_wrong_amount_names_its_row_and_nothing_is_lost(
    client: Client, collective: Collective, amount: str, words: str
) -> None:
    data = typed(
        ("付路灯电费 <b>", "公益支出", "3", ""), ("", "102", "", amount), save="1"
    )
    answer = send(client, collective, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "第 2 行" in page
    for kept in ("付路灯电费 &lt;b&gt;", "公益支出", amount, data["client_id"]):
        assert kept in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("999", "没有找到"),
        ("收入", "可能是"),
        ("没有这个科目", "没有找到"),
        ("522 补助收入", "没有找到"),
    ],
)
def test_an_account_that_is_not_clear_is_asked_back(
    client: Client, collective: Collective, account: str, words: str
) -> None:
    answer = send(client, collective, typed(("x", account, "1", ""), save="1"))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_what_is_unbalanced_may_be_kept_but_not_submitted(
    client: Client, collective: Collective
) -> None:
    odd = (("收租金", "102", "10", ""), ("", "501", "", "9"))
    answer = send(client, collective, typed(*odd, submit="1"))
    assert answer.status_code == 422
    assert "差 1 元" in answer.content.decode()
    assert send(client, collective, typed(*odd, save="1")).status_code == 302
    draft = Draft.objects.get()
    page = client.get(reverse("books:draft", args=[draft.pk])).content.decode()
    assert "还不能交复核" in page
    assert "相差 1.00" in page


def test_both_sides_of_one_row_are_refused(
    client: Client, collective: Collective
) -> None:
    answer = send(client, collective, typed(("x", "102", "1", "1"), save="1"))
    assert answer.status_code == 422
    assert "一行只能写借方或贷方" in answer.content.decode()


def test_more_rows_without_scripts_keep_what_was_typed(
    client: Client, collective: Collective
) -> None:
    data = typed(*RENT, more="1")
    page = send(client, collective, data).content.decode()
    assert page.count("data-line-number") == 10  # nine rows and the pattern
    for kept in ("收租金", "1,200.50", "jysr", data["client_id"], "2024-03-05"):
        assert kept in page
    assert not Draft.objects.exists()


def test_a_stale_page_changes_nothing_and_loses_nothing(
    client: Client, collective: Collective
) -> None:
    draft = drafts.write(
        book=collective.book, day=DAY, lines=rent(DAY).lines,
        by=collective.accountant, at=AT,
    )  # fmt: skip
    drafts.change(
        draft=draft, version=1, day=DAY, lines=rent(DAY, 5).lines,
        by=collective.accountant, at=AT,
    )  # fmt: skip
    url = reverse("books:draft-change", args=[draft.pk])
    answer = client.post(url, typed(*RENT, save="1", version="1"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有人改过它" in page
    assert "1,200.50" in page
    assert draft.lines.order_by("place").first().debit_fen == 500
    assert 'name="version" value="2"' in page
    again = client.post(url, typed(*RENT, save="1", version="2"))
    assert again.status_code == 302
    assert draft.lines.order_by("place").first().debit_fen == 120_050


def test_items_are_found_and_kept(client: Client, collective: Collective) -> None:
    add_item(
        book=collective.book, kind="project", code="P1", name="红色研学", by=None, at=AT
    )
    data = typed(*RENT, save="1")
    data |= {"line-0-project": "hsyx", "line-1-project": "P1 红色研学"}
    assert send(client, collective, data).status_code == 302
    kept = Draft.objects.get().lines.order_by("place")
    assert list(kept.values_list("project", flat=True)) == ["P1", "P1"]
    bad = typed(*RENT, save="1") | {"line-1-household": "张三"}
    answer = send(client, collective, bad)
    assert answer.status_code == 422
    assert "没有找到“张三”" in answer.content.decode()


def test_templates_and_copies_begin_a_voucher(
    client: Client, collective: Collective
) -> None:
    url = reverse("books:enter", args=[collective.book.pk])
    page = client.get(url, {"template": "welfare"}).content.decode()
    assert "514 公益支出" in page
    assert 'data-side="credit"' in page
    posted = post(book=collective.book, entry=rent(DAY), **collective.people)
    copied = client.get(url, {"copy": posted.pk}).content.decode()
    assert 'value="1000"' in copied
    made = client.post(
        reverse("books:template-new", args=[posted.pk]), {"name": "每月租金"}
    )
    assert made.status_code == 302
    listed = client.get(url).content.decode()
    assert "每月租金" in listed
    own = collective.book.templates.get()
    begun = client.get(url, {"template": own.pk}).content.decode()
    assert "收门面租金" in begun
    assert 'value="1000"' not in begun


def test_search_finds_by_code_name_and_initials(
    client: Client, collective: Collective
) -> None:
    add_sub_account(book=collective.book, code="10201", name="基本户", by=None, at=AT)
    url = reverse("books:search", args=[collective.book.pk])

    def found(text: str) -> list[str]:
        units = client.get(url, {"q": text}).json()["units"]
        return [each["value"] for each in units]

    assert found("102")[:2] == ["102 银行存款", "10201 基本户"]
    assert found("银行")[0] == "102 银行存款"
    assert found("yhck")[0] == "102 银行存款"
    assert found("jbh") == ["10201 基本户"]
    assert found("") == found("zzzz") == found("\x00") == []


def test_a_voucher_of_a_closed_month_is_kept_as_a_draft_only(
    client: Client, collective: Collective
) -> None:
    answer = send(client, collective, typed(*RENT, submit="1") | {"day": "2023-12-31"})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("books:draft", args=[Draft.objects.get().pk])
    assert Draft.objects.get().state == Draft.State.WRITING
    assert "已结账" in client.get(answer["Location"]).content.decode()


RUBBISH = ["", "x" * 5000, "-1", "9" * 40, "\x00", "<script>", "٣", "2024-13-99", "🌾"]


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_in_every_form_is_answered(
    client: Client, collective: Collective, rubbish: str
) -> None:
    book = collective.book
    draft = drafts.write(
        book=book, day=DAY, lines=rent(DAY).lines, by=collective.accountant, at=AT
    )
    voucher = post(book=book, entry=rent(DAY), **collective.people)
    names = [
        "day",
        "version",
        "client_id",
        "decision",
        "summary",
        "name",
        "name_zh",
        "name_en",
        "code",
        "keeper",
        "regime",
        "begins_on",
        "rhythm",
        "large_fen",
        "to",
        "to_pick",
        "personal",
        "reason",
        "remark",
        "active",
        "month",
        "line-0-summary",
        "line-0-account",
        "line-0-debit",
        "line-0-credit",
        "line-0-project",
        "line-999-debit",
        "line-x-debit",
    ]
    data = dict.fromkeys(names, rubbish)
    for address in (
        reverse("books:new"),
        reverse("books:edit", args=[book.pk]),
        reverse("books:enter", args=[book.pk]),
        reverse("books:draft-change", args=[draft.pk]),
        reverse("books:draft-submit", args=[draft.pk]),
        reverse("books:draft-drop", args=[draft.pk]),
        reverse("books:draft-papers", args=[draft.pk]),
        reverse("books:sub-account", args=[book.pk]),
        reverse("books:item-new", args=[book.pk, "counterparty"]),
        reverse("books:voucher-reverse", args=[voucher.pk]),
        reverse("books:template-new", args=[voucher.pk]),
        reverse("books:ask-to-close", args=[book.pk]),
        reverse("books:ask-to-reopen", args=[book.pk]),
    ):
        assert client.post(address, data).status_code in {302, 422}, address
    for address in (
        reverse("books:home"),
        reverse("books:accounts", args=[book.pk]),
        reverse("books:ledger", args=[book.pk, "102"]),
        reverse("books:items", args=[book.pk, "project"]),
        reverse("books:vouchers", args=[book.pk]),
        reverse("books:drafts", args=[book.pk]),
        reverse("books:enter", args=[book.pk]),
        reverse("books:search", args=[book.pk]),
        reverse("books:statement", args=[book.pk, "income"]),
    ):
        asked = [
            "q",
            "older",
            "newer",
            "day",
            "first",
            "last",
            "month",
            "state",
            "template",
            "copy",
            "kind",
            "item",
            "after",
            "before",
            "all",
        ]
        answer = client.get(address, dict.fromkeys(asked, rubbish))
        assert answer.status_code == 200, address
    assert Voucher.objects.count() == 1


def test_strangers_keys_are_not_found(client: Client, collective: Collective) -> None:
    for name in (
        "draft", "draft-change", "voucher", "voucher-print", "paper", "book", "edit",
        "item-rename", "template-edit",
    ):  # fmt: skip
        for key in (999_999, 2**63, 10**30):
            url = reverse(f"books:{name}", args=[key])
            assert client.get(url).status_code == 404, url


@pytest.mark.parametrize(
    ("text", "fen"),
    [("1,200.5", 120_050), ("３万元", 3_000_000), ("", 0), ("¥12", 1200), ("0", 0)],
)
def test_amounts_as_people_type_them(text: str, fen: int) -> None:
    assert typed_fen(text) == fen


@pytest.mark.parametrize("text", ["1.234元", "1．２３４", "0.001"])
def test_parts_of_a_fen_are_no_amount(text: str) -> None:
    with pytest.raises(NoAmount) as refused:
        typed_fen(text)
    assert refused.value.wrong is Wrong.DECIMALS


def test_what_a_typed_account_means() -> None:
    chart = [
        Choice("102", "银行存款"),
        Choice("10201", "基本户", "银行存款"),
        Choice("501", "经营收入"),
        Choice("504", "其他收入"),
    ]
    assert [each.code for each in meant(chart, "102 银行存款")] == ["102"]
    assert [each.code for each in meant(chart, "经营收入")] == ["501"]
    assert [each.code for each in meant(chart, "收入")] == ["501", "504"]
    assert [each.code for each in look(chart, "yhckjbh")] == ["10201"]
    assert meant(chart, "银行存款 — 基本户")[0].code == "10201"
