"""A villager with a phone and no script: finds the village, reads, asks about a line."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import looking
from tests.books.collective import AT, found, lamps, rent
from tests.books.test_month_actions import JANUARY, close
from wugeyi.books.actions import disclosures as actions
from wugeyi.books.actions.posting import post
from wugeyi.books.models import DisclosureQuestion
from wugeyi.books.rules.disclosure import Period

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def shown():
    """A published quarter of rent and lamps."""
    kept = found()
    for month in (1, 2, 3):
        post(book=kept.book, entry=rent(date(2024, month, 5)), **kept.people)
        post(book=kept.book, entry=lamps(date(2024, month, 20)), **kept.people)
    close(kept, JANUARY, JANUARY + 1, JANUARY + 2)
    by, at = kept.accountant, AT
    row = actions.draw_up(
        book=kept.book, period=Period(JANUARY, JANUARY + 2), by=by, at=at
    )
    row = actions.review(
        disclosure=row,
        reviewed_by="张三",
        reviewed_on=date(2024, 4, 9),
        opinion="",
        version=row.version,
        by=by,
        at=at,
    )
    return actions.publish(disclosure=row, version=row.version, by=by, at=at)


def test_without_a_script(phone_without_javascript) -> None:
    page = phone_without_javascript
    row = shown()
    page.goto(reverse("books:public-find"))
    page.get_by_role("searchbox").fill("溪口")
    page.get_by_role("button", name="找").tap()
    page.get_by_role("link", name="溪口村股份经济合作社").tap()
    page.get_by_role("link", name="2024 年第 1 季度").tap()
    expect(page.locator("h1")).to_contain_text("账目公开")
    expect(page.locator("main")).to_contain_text(row.head.root[:8])
    page.get_by_role("link", name="问 2024-2 号凭证").first.tap()
    expect(page.locator("main")).to_contain_text("路灯电费")
    page.get_by_label("您想问什么？").fill("装了几盏？")
    page.get_by_role("button", name="发出去").tap()
    expect(page.locator("h1")).to_have_text("收到了")
    asked = DisclosureQuestion.objects.get()
    assert str(asked.voucher) == "2024-2"


def test_nothing_axe_can_find_is_wrong(phone) -> None:
    row = shown()
    for address in (
        reverse("books:public-find"),
        reverse("books:public-village", args=[row.book.code]),
        reverse("books:public-sheet", args=[row.code]),
        reverse("books:public-ask", args=[row.code]),
    ):
        phone.goto(address)
        looking.check(phone)
