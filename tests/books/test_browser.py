"""The accountant's day in a browser: keyboard, phone, no scripts, two people."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import looking
from tests.books.collective import AT, Collective, found, rent, year_of_rent
from wugeyi.books.actions import drafts
from wugeyi.books.actions.posting import post_many
from wugeyi.books.models import Draft, Voucher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2024, 3, 5)


@pytest.fixture
def collective(transactional_db: None) -> Collective:
    return found()


def sign_in(page: Page, user: Any) -> None:
    client = Client()
    client.force_login(user)
    page.goto("/health")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": page.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def test_a_voucher_is_written_by_keyboard_on_a_phone(
    phone: Page, collective: Collective
) -> None:
    sign_in(phone, collective.accountant)
    phone.goto(reverse("books:enter", args=[collective.book.pk]))
    looking.check(phone)
    phone.get_by_label("日期").fill("2024-03-05")
    row = phone.get_by_role("group", name="第 1 行")
    row.get_by_label("摘要").fill("收租金")
    keys = phone.keyboard
    row.get_by_label("摘要").press("Enter")
    keys.type("yhck")
    keys.press("Enter")
    expect(row.get_by_role("combobox", name="科目")).to_have_value("102 银行存款")
    expect(row.get_by_label("借方")).to_be_focused()
    keys.type("1200.5")
    expect(phone.locator("[data-gap-text]")).to_have_text("还差 贷方 1,200.50")
    keys.press("Enter")
    below = phone.get_by_role("group", name="第 2 行")
    expect(below.get_by_label("摘要")).to_be_focused()
    keys.press("Enter")
    expect(below.get_by_label("摘要")).to_have_value("收租金")
    keys.type("jysr")
    expect(phone.get_by_role("option", name="501 经营收入")).to_be_visible()
    keys.press("Enter")
    expect(below.get_by_label("借方")).to_be_focused()
    keys.press("Enter")
    expect(below.get_by_label("贷方")).to_be_focused()
    keys.press("=")
    expect(below.get_by_label("贷方")).to_have_value("1200.50")
    expect(phone.locator("[data-gap-text]")).to_have_text("借贷相等")
    keys.press("Enter")
    send = phone.get_by_role("button", name="交复核")
    expect(send).to_be_focused()
    keys.press("Enter")
    expect(phone.get_by_text("交给复核人了")).to_be_visible()
    draft = Draft.objects.get()
    assert draft.state == Draft.State.WAITING
    rows = draft.lines.order_by("place").values_list("account", "credit_fen")
    assert list(rows) == [("102", 0), ("501", 120_050)]


def test_without_scripts_nothing_typed_is_lost(
    phone_without_javascript: Page, collective: Collective
) -> None:
    page = phone_without_javascript
    sign_in(page, collective.accountant)
    page.goto(reverse("books:enter", args=[collective.book.pk]) + "?template=welfare")
    page.get_by_label("日期").fill("2024-03-05")
    first = page.get_by_role("group", name="第 1 行")
    first.get_by_label("借方").fill("1.234")
    page.get_by_role("button", name="再加几行").click()
    expect(page.get_by_role("group", name="第 9 行")).to_be_attached()
    expect(first.get_by_label("借方")).to_have_value("1.234")
    page.get_by_role("button", name="交复核").click()
    expect(page.get_by_text("最多写到分").first).to_be_visible()
    first.get_by_label("借方").fill("300")
    page.get_by_role("group", name="第 2 行").get_by_label("贷方").fill("300")
    page.get_by_role("button", name="交复核").click()
    expect(page.get_by_text("交给复核人了")).to_be_visible()
    assert Draft.objects.get().state == Draft.State.WAITING


def test_who_reviews_looks_and_posts(desktop: Page, collective: Collective) -> None:
    draft = drafts.write(
        book=collective.book, day=DAY, lines=rent(DAY).lines,
        by=collective.accountant, at=AT,
    )  # fmt: skip
    drafts.submit(draft=draft, version=1, by=collective.accountant, at=AT)
    sign_in(desktop, collective.reviewer)
    desktop.goto(reverse("books:home"))
    desktop.get_by_role("link", name="1 张凭证等复核").click()
    desktop.get_by_role("link", name="收门面租金").click()
    looking.check(desktop)
    desktop.get_by_role("button", name="同意，记账").click()
    expect(desktop.get_by_text("凭证号 2024-1")).to_be_visible()
    assert Voucher.objects.get().reviewed_by == collective.reviewer


def test_pages_fit_and_can_be_read_aloud(desktop: Page, collective: Collective) -> None:
    book = collective.book
    post_many(book=book, entries=list(year_of_rent()), **collective.people)
    voucher = Voucher.objects.order_by("pk").first()
    sign_in(desktop, collective.accountant)
    addresses = [
        reverse("books:home"),
        reverse("books:book", args=[book.pk]),
        reverse("books:accounts", args=[book.pk]) + "?all=1",
        reverse("books:ledger", args=[book.pk, "102"]) + "?last=2024-12-31",
        reverse("books:items", args=[book.pk, "project"]),
        reverse("books:vouchers", args=[book.pk]),
        reverse("books:voucher", args=[voucher.pk]),
        reverse("books:voucher-print", args=[voucher.pk]),
        reverse("books:months", args=[book.pk]),
        reverse("books:templates", args=[book.pk]),
        *(
            reverse("books:statement", args=[book.pk, kind]) + "?month=2024-12"
            for kind in ("balance-sheet", "trial-balance", "equity", "notes")
        ),
    ]
    faults: list[str] = []
    # What is wrong is told in words beside its row.
    desktop.goto(reverse("books:enter", args=[book.pk]))
    wrong = desktop.get_by_role("group", name="第 1 行").get_by_label("借方")
    wrong.fill("1.234")
    desktop.get_by_role("button", name="先存着").last.click()
    expect(desktop.get_by_text("金额最多写到分").first).to_be_visible()
    expect(wrong).to_have_value("1.234")
    faults += looking.violations(desktop)
    for address in addresses:
        desktop.set_viewport_size({"width": 1440, "height": 900})
        desktop.goto(address)
        faults += looking.violations(desktop)
        for width in (1440, 360):
            desktop.set_viewport_size({"width": width, "height": 900})
            if over := looking.overhang(desktop):
                faults.append(f"{address} at {width}: {over} px too wide")
    assert faults == []
