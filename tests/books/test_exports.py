"""Books as files: read back by our own import, by the engine's command, by permission."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.audit.helpers import assert_one_event
from tests.books.bringing import bring, codes, posted
from tests.books.collective import (
    AT,
    BEGINS,
    Collective,
    entry,
    found,
    line,
    year_of_rent,
)
from wugeyi.books.actions.books import add_item, add_sub_account, open_book
from wugeyi.books.actions.months import close_month
from wugeyi.books.actions.posting import post_many
from wugeyi.books.actions.posting import reverse as take_back
from wugeyi.books.adapter import exports
from wugeyi.books.adapter.reading import stream
from wugeyi.books.models import Book, Voucher
from wugeyi.books.rules.months import month_of
from wugeyi.engines.ledger import check_book, read
from wugeyi.engines.ledger.balances import balances, by_dimension
from wugeyi.engines.ledger.records import Book as EngineBook

UNTIL = date(2025, 12, 31)


def full(regime: str = "2023") -> Collective:
    """A book with everything a voucher may have."""
    c = found(regime=regime)
    at = {"by": None, "at": AT}
    add_sub_account(book=c.book, code="10201", name="信用社，基本户", **at)
    add_item(
        book=c.book, kind="household", code="H0001", name="张三", personal=True, **at
    )
    entries = [
        entry(BEGINS, line("102", 500), line("301", -500), kind="opening"),
        *year_of_rent(),
        entry(
            date(2024, 12, 2),
            line("113", 20, '借款“急用", ; 第1行', household="H0001"),
            line("10201", -20, "借款"),
            papers=3,
        ),
    ]
    post_many(book=c.book, entries=entries, **c.people)
    take_back(
        voucher=Voucher.objects.get(year=2024, number=4),
        day=date(2024, 12, 5),
        **c.people,
    )
    for month in range(12):
        close_month(
            book=c.book, month=month_of(BEGINS) + month, by=c.accountant,
            reviewed_by=c.reviewer, at=AT,
        )  # fmt: skip
    return c


def written(book: Book, form: str) -> bytes:
    file = io.BytesIO()
    exports.write(book, form, file, first=BEGINS, last=UNTIL, at=AT)
    return file.getvalue()


def engine_book(book: Book) -> EngineBook:
    return EngineBook(
        code=book.code,
        regime="2023",
        vouchers=tuple(voucher for voucher, _leaf in stream(book)),
    )


def empty(c: Collective) -> Book:
    """Another book of the same village, where what was taken out is brought in."""
    return open_book(
        organisation=c.village,
        keeper="committee",
        regime=c.book.regime,
        code="XK2",
        name_zh="溪口村民委员会",
        begins_on=BEGINS,
        by=c.accountant,
        at=AT,
    )


def vouchers_csv(book: Book) -> bytes:
    with zipfile.ZipFile(io.BytesIO(written(book, "csv"))) as packed:
        return packed.read("vouchers.csv")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_taken_out_comes_back_with_the_same_balances(
    db: None, form: str
) -> None:
    c = full()
    content = vouchers_csv(c.book) if form == "csv" else written(c.book, form)
    before = engine_book(c.book)
    c.book = empty(c)
    file = bring(c, content)
    assert codes(file) == []
    posted(c, file)
    after = engine_book(c.book)
    assert len(after.vouchers) == len(before.vouchers)
    for day in (date(2024, 1, 1), date(2024, 6, 30), date(2024, 12, 31)):
        assert balances(after, day) == balances(before, day)
        households = by_dimension(before, "household", day)
        assert by_dimension(after, "household", day) == households
    assert check_book(after) == ()
    assert [each.attachments for each in after.vouchers if each.attachments] == [3]


def test_the_folder_is_what_the_engine_reads(db: None, tmp_path: Path) -> None:
    c = full()
    with zipfile.ZipFile(io.BytesIO(written(c.book, "csv"))) as packed:
        packed.extractall(tmp_path)
    kept, noticed = read(tmp_path)
    assert noticed == ()
    assert kept.book.vouchers == engine_book(c.book).vouchers
    assert (kept.book.code, kept.book.names) == ("XK", {"10201": "信用社，基本户"})
    assert str(kept.book.closed) == "2024-12"
    assert check_book(kept.book) == ()
    head = exports.head_of(c.book)
    assert (tmp_path / "head.txt").read_text() == f"{head}\n"
    done = subprocess.run(
        [sys.executable, "-m", "wugeyi.engines.ledger", "check", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert head.split()[-1] in done.stdout


@pytest.mark.parametrize("form", ["beancount", "ledger"])
def test_journals_begin_with_the_head(db: None, form: str) -> None:
    c = full()
    text = written(c.book, form).decode()
    assert text.startswith(f"; {exports.head_of(c.book)}\n")
    assert text.count("2024-12-31 *") == 3


def test_the_workbook_has_statements_under_the_head(db: None) -> None:
    c = full()
    book = openpyxl.load_workbook(io.BytesIO(written(c.book, "xlsx")))
    assert book.sheetnames == [
        "凭证",
        "科目余额",
        "试算平衡",
        "资产负债表",
        "收益及收益分配表",
    ]
    head = exports.head_of(c.book)
    for page in book:
        assert head in str(page["A1"].value)
    trial = {
        row[0].value: row[5].value for row in book["科目余额"].iter_rows(min_row=3)
    }
    # The rent of February was taken back.
    assert trial["102"] == 500 + 11 * 1000 - 12 * 300 - 20
    totals = list(book["试算平衡"].iter_rows(values_only=True))[-1]
    assert totals[2] in (0, None)
    assert totals[3] == totals[4]


def test_an_empty_book_can_be_taken_out(collective: Collective) -> None:
    for form in exports.FORMS:
        assert written(collective.book, form)


def test_a_file_is_handed_out_by_reach_and_noted(collective: Collective) -> None:
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    url = reverse("books:export-file", args=[collective.book.pk, "csv"])
    client = Client()
    client.force_login(collective.cashier)
    with assert_one_event("books.export"):
        answer = client.get(url)
        content = b"".join(answer.streaming_content)
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert "vouchers.csv" in packed.namelist()
    client.force_login(collective.world["outsider"])
    assert client.get(url).status_code == 404
    client.force_login(collective.accountant)
    unknown = reverse("books:export-file", args=[collective.book.pk, "docx"])
    assert client.get(unknown).status_code == 404
    page = reverse("books:export", args=[collective.book.pk])
    assert client.get(page).status_code == 200
    turned = client.get(page, {"first": "2024-12-31", "last": "2024-01-01"})
    assert turned.status_code == 422


def test_a_table_takes_as_many_queries_for_many_vouchers(
    collective: Collective, django_assert_num_queries: Callable
) -> None:
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    with django_assert_num_queries(5):
        written(collective.book, "csv")
