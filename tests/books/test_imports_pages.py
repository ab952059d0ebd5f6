"""Pages of files: who sends what, what a refused form keeps, a large file as work."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.books.bringing import BANK, YONYOU, accepted, bring, codes, csv
from tests.books.collective import AT, Collective
from wugeyi.accounts.models import User
from wugeyi.books.actions import banking, imports
from wugeyi.books.forms.importmessages import FIELDS, SENTENCES, told
from wugeyi.books.models import BankLine, BookFile, Draft, Voucher
from wugeyi.books.rules.columns import FIELDS as COLUMNS
from wugeyi.imports.messages import READING
from wugeyi.imports.rules import error
from wugeyi.jobs import actions as jobs
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import perform

SOURCES = Path(__file__).parents[2] / "wugeyi" / "books"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(text: str = YONYOU, **more: str) -> dict[str, Any]:
    file = SimpleUploadedFile("记账.csv", csv(text))
    return {"kind": "vouchers", "file": file, "regime": "2023", "account": ""} | more


def url(collective: Collective) -> str:
    return reverse("books:imports", args=[collective.book.pk])


def test_a_file_goes_from_page_to_page(collective: Collective) -> None:
    accountant, reviewer = (
        client_of(each) for each in (collective.accountant, collective.reviewer)
    )
    assert accountant.get(url(collective)).status_code == 200
    answer = accountant.post(url(collective), sent())
    file = BookFile.objects.get()
    assert answer.headers["Location"] == file.get_absolute_url()
    page = accountant.get(file.get_absolute_url())
    assert "可以记 3 张凭证" in page.content.decode()
    act = {"act": "accept", "version": file.version}
    assert accountant.post(file.get_absolute_url(), act).status_code == 302
    file.refresh_from_db()
    listed = reviewer.get(reverse("books:review")).content.decode()
    assert file.get_absolute_url() in listed
    act = {"act": "approve", "version": file.version}
    assert accountant.post(file.get_absolute_url(), act).status_code == 403
    assert not Voucher.objects.exists()
    assert reviewer.post(file.get_absolute_url(), act).status_code == 302
    assert Voucher.objects.count() == 3
    done = reviewer.get(file.get_absolute_url()).content.decode()
    assert "记了 3 张凭证" in done


def test_a_reviewer_says_what_to_change(collective: Collective) -> None:
    file = accepted(collective, bring(collective, YONYOU))
    reviewer = client_of(collective.reviewer)
    act = {"act": "return", "version": file.version, "remark": " "}
    refused = reviewer.post(file.get_absolute_url(), act)
    assert "请把理由或意见写上" in refused.content.decode()
    act["remark"] = "科目不对"
    assert reviewer.post(file.get_absolute_url(), act).status_code == 302
    page = client_of(collective.accountant).get(file.get_absolute_url())
    assert "科目不对" in page.content.decode()


def test_the_system_must_be_told(collective: Collective) -> None:
    client = client_of(collective.accountant)
    answer = client.post(url(collective), sent(regime="", year="2024"))
    assert answer.status_code == 422
    assert "请说明文件按哪一套会计制度" in answer.content.decode()
    assert 'value="2024"' in answer.content.decode()
    assert not BookFile.objects.exists()


def test_what_the_columns_are_is_put_right_on_the_page(collective: Collective) -> None:
    text = YONYOU.replace(
        "日期,凭证字号,摘要,科目编码,科目名称,借方金额,贷方金额", "甲,乙,丙,丁,戊,己,庚"
    )
    file = bring(collective, text)
    client = client_of(collective.accountant)
    names = ("day", "number", "summary", "account", "account_name", "debit", "credit")
    data: dict[str, Any] = {"act": "look", "version": file.version, "regime": "2023"}
    data |= {f"column_{name}": str(place) for place, name in enumerate(names)}
    twice = client.post(file.get_absolute_url(), data | {"column_credit": "5"})
    assert twice.status_code == 422
    assert "一列只能是一样" in twice.content.decode()
    assert client.post(file.get_absolute_url(), data).status_code == 302
    file.refresh_from_db()
    # Its title row and its headings were no headings anybody knows.
    assert "columns_wanting" not in codes(file)


def test_a_cashier_hands_in_a_statement_and_confirms_nothing(
    collective: Collective,
) -> None:
    client = client_of(collective.cashier)
    refused = client.post(url(collective), sent())
    assert refused.status_code == 422
    bank = sent(BANK, kind="bank", account="102", regime="")
    assert client.post(url(collective), bank).status_code == 302
    file = BookFile.objects.get()
    act = {"act": "accept", "version": file.version}
    assert client.post(file.get_absolute_url(), act).status_code == 302
    assert BankLine.objects.count() == 3
    account = reverse("books:bank-account", args=[collective.book.pk, "102"])
    assert client.get(account).status_code == 200
    assert client.post(account, {"act": "sure"}).status_code == 403


def test_pages_of_a_bank(collective: Collective) -> None:
    accepted(collective, bring(collective, BANK, "bank", regime="", account="102"))
    client = client_of(collective.accountant)
    overview = client.get(reverse("books:bank", args=[collective.book.pk]))
    assert "102 银行存款" in overview.content.decode()
    account = reverse("books:bank-account", args=[collective.book.pk, "102"])
    line = BankLine.objects.order_by("pk")[0]
    answer = client.post(account, {"act": "draft", "line": line.pk})
    assert answer.headers["Location"] == Draft.objects.get().get_absolute_url()
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.post(account, {"act": "part", "line": line.pk}).status_code == 200
    assert client.post(account, {"act": "pair", "line": "999"}).status_code == 404
    paper = reverse("books:reconciliation", args=[collective.book.pk, "102"])
    assert client.get(paper, {"on": "2024-02-01"}).status_code == 200
    assert client.get(paper, {"on": "昨天"}).status_code == 422
    other = reverse("books:bank-account", args=[collective.book.pk, "501"])
    assert client.get(other).status_code == 404


def test_a_matched_line_is_parted_on_the_page(collective: Collective) -> None:
    from tests.books.test_bank import book_of

    book_of(collective)
    accepted(collective, bring(collective, BANK, "bank", regime="", account="102"))
    banking.confirm_sure(
        book=collective.book, account="102", by=collective.accountant, at=AT
    )
    line = BankLine.objects.exclude(posting=None).order_by("pk")[0]
    client = client_of(collective.accountant)
    account = reverse("books:bank-account", args=[collective.book.pk, "102"])
    assert "取消对应" in client.get(account).content.decode()
    client.post(account, {"act": "part", "line": line.pk})
    line.refresh_from_db()
    assert line.posting is None


def test_a_page_of_a_file_takes_as_many_queries_for_many_rows(
    collective: Collective, django_assert_max_num_queries: Any
) -> None:
    client = client_of(collective.accountant)
    head, rows = YONYOU.split("\n2024-01-05", 1)
    long = (
        head
        + "\n"
        + "".join(
            f"2024-01-05,记-{n},收,102,银行存款,{n},\n2024-01-05,记-{n},收,501,,,{n}\n"
            for n in range(1, 400)
        )
    )
    for text in (head + "\n2024-01-05" + rows, long):
        file = bring(collective, text)
        with django_assert_max_num_queries(26):
            assert client.get(file.get_absolute_url()).status_code == 200
    second = client.get(file.get_absolute_url(), {"after": "20"})
    assert "21 · " in second.content.decode()


def large(vouchers: int) -> str:
    head = "日期,凭证号,摘要,科目编码,科目名称,借方金额,贷方金额\n"
    return head + "".join(
        f"2024-{n % 12 + 1:02d}-05,记-{n},收取门面租金和摊位费,102,银行存款,{n}.50,\n"
        f"2024-{n % 12 + 1:02d}-05,记-{n},收取门面租金和摊位费,501,经营收入,,{n}.50\n"
        for n in range(1, vouchers + 1)
    )


def done(kind: str, *, at: Any = AT) -> Work:
    work = jobs.take(at=at)
    assert work is not None
    assert work.kind == kind
    return perform(work)


def test_a_large_file_is_read_and_posted_by_the_worker(collective: Collective) -> None:
    file = bring(collective, large(10_000))
    assert (file.state, file.vouchers) == ("reading", 0)
    client = client_of(collective.accountant)
    assert client.get(file.get_absolute_url()).status_code == 200
    assert done("books.read_file").state == "done"
    file.refresh_from_db()
    assert (file.state, file.vouchers, file.errors) == ("looked", 10_000, 0)
    file = accepted(collective, file)
    file = imports.approve(
        file=file, version=file.version, by=collective.reviewer, at=AT
    )
    assert file.state == "posting"
    assert not Voucher.objects.exists()
    assert done("books.post_file").state == "done"
    file.refresh_from_db()
    assert (file.state, Voucher.objects.count()) == ("posted", 10_000)


def test_large_work_that_is_cancelled_leaves_everything_as_it_was(
    collective: Collective,
) -> None:
    file = bring(collective, large(10_000))
    work = jobs.take(at=AT)
    assert work is not None
    jobs.cancel(work=work, by=collective.accountant, at=AT)
    assert perform(work).state == "cancelled"
    file.refresh_from_db()
    assert (file.state, file.vouchers) == ("reading", 0)
    # It may be read again, or thrown away.
    imports.discard(file=file, by=collective.accountant, at=AT)


def test_posting_that_is_refused_waits_for_review_again(
    collective: Collective,
) -> None:
    file = bring(collective, large(10_000))
    done("books.read_file")
    file.refresh_from_db()
    file = accepted(collective, file)
    imports.approve(file=file, version=file.version, by=collective.reviewer, at=AT)
    from wugeyi.books.models import Book

    Book.objects.filter(pk=collective.book.pk).update(closed_at=AT)
    work = done("books.post_file", at=AT + timedelta(minutes=1))
    assert (work.state, work.message) == ("failed", "refused")
    file.refresh_from_db()
    assert (file.state, Voucher.objects.count()) == ("waiting", 0)


def test_every_finding_has_a_sentence_that_says_what_to_do() -> None:
    told_codes = set()
    for path in [
        *SOURCES.glob("rules/import*.py"),
        *SOURCES.glob("rules/opening*.py"),
        *SOURCES.glob("rules/bank*.py"),
        *SOURCES.glob("actions/import*.py"),
    ]:
        text = path.read_text(encoding="utf-8")
        told_codes |= set(
            re.findall(r'\b(?:error|warning|info)\(\s*[\w.\[\]]+,\s*"(\w+)"', text)
        )
        told_codes |= set(re.findall(r'Unreadable\("(\w+)"\)', text))
    known = SENTENCES.keys() | READING.keys()
    missing = {
        code for code in told_codes if code not in known and f"cell_{code}" not in known
    }
    assert len(told_codes) > 50
    assert missing == set()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sentence_can_be_filled(language: str) -> None:
    with translation.override(language):
        for code in SENTENCES:
            value = "day/number" if code == "columns_wanting" else "值"
            said, _advice = told(error(1, code, value, other="day", other_line=2))
            assert "%(" not in said


def test_every_column_is_named() -> None:
    for names in COLUMNS.values():
        assert set(names) <= FIELDS.keys()
