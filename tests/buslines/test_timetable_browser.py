"""Timetables in a real browser: a grower books on a phone, a driver counts with a thumb."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import looking
from tests.buslines.line import BusLine, build
from tests.buslines.timetable import call, drawn_up, published
from tests.casework.world import build as build_world
from tests.casework.world import hire
from wugeyi.buslines.actions import bookings
from wugeyi.buslines.actions.bookings import Wish
from wugeyi.buslines.models import Boarding, Booking, Driver, Edition, Run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busline() -> BusLine:
    return build(build_world())


@pytest.fixture
def edition(busline: BusLine) -> Edition:
    found = published(busline)
    busline.line.refresh_from_db()
    return found


def sign_in(page: Page, who: str, then: str) -> None:
    page.goto(then)
    page.fill("[name=username]", who)
    page.fill("[name=password]", "correct horse battery")
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile(r"/bus/"))


def say_english(page: Page) -> None:
    page.goto("/health")
    page.context.add_cookies(
        [{"name": "django_language", "value": "en", "url": page.url}]
    )


def test_a_grower_books_on_a_phone_and_gives_it_back(
    phone_without_javascript, edition, screenshots
):
    phone = phone_without_javascript
    phone.goto("/bus/lines")
    phone.get_by_label("找线路、站点或村").fill("上坝")
    phone.get_by_role("button", name="找").click()
    phone.get_by_role("link", name="252 路惠农专线").click()
    expect(phone.locator("h1")).to_have_text("252 路惠农专线")
    phone.screenshot(path=screenshots / "bus-line-phone.png", full_page=True)
    phone.get_by_role("link", name="上坝").first.click()
    tomorrow = timezone.localdate() + timedelta(days=1)
    phone.select_option("[name=on]", tomorrow.isoformat())
    phone.fill("[name=baskets]", "2")
    phone.get_by_role("button", name="看看").click()
    expect(phone.locator(".bus-next")).to_contain_text("7 元")
    phone.screenshot(path=screenshots / "bus-stop-phone.png", full_page=True)
    phone.get_by_role("link", name="订 06:02 的座").click()
    phone.get_by_label("上车时报什么").fill("王 3812")
    phone.screenshot(path=screenshots / "bus-book-phone.png", full_page=True)
    phone.get_by_role("button", name="订下来").click()
    expect(phone.locator("h1")).to_have_text("订好了")
    phone.screenshot(path=screenshots / "bus-receipt-phone.png", full_page=True)
    made = Booking.objects.get()
    assert (made.persons, made.baskets, made.word) == (1, 2, "王 3812")
    phone.get_by_role("button", name="退掉这个座").click()
    expect(phone.locator("h1")).to_have_text("已经退了")


def test_passengers_pages_are_whole(phone, desktop, busline, edition, screenshots):
    begins = timezone.localdate() + timedelta(days=10)
    published(busline, valid_from=begins, later=10, announcement="修路，晚十分钟。")
    line, stop = f"/bus/l/{busline.line.code}", busline.spots["v1"].pk
    book = f"{line}/book/{call(edition, 'v1').pk}"
    wish = Wish(uuid4(), call(edition, "v1"), begins - timedelta(days=2), 2, 3, "王")
    slip = f"/bus/b/{bookings.book(wish=wish, at=timezone.now()).code}"
    for page in (phone, desktop):
        for address in ("/bus/lines", line, f"{line}/at/{stop}", book, slip, "/bus/b"):
            page.goto(address)
            looking.check(page)
    desktop.goto(line)
    desktop.screenshot(path=screenshots / "bus-line.png", full_page=True)
    say_english(phone)
    phone.emulate_media(color_scheme="dark")
    for address in (line, f"{line}/at/{stop}", book, slip):
        phone.goto(address)
        looking.check(phone)
    phone.goto(line)
    phone.screenshot(path=screenshots / "bus-line-english.png", full_page=True)


def test_a_driver_counts_with_one_thumb(
    phone_without_javascript, busline, edition, screenshots
):
    user = hire("driver", None, None)
    Driver.objects.filter(pk=busline.drivers["a"].pk).update(user=user)
    wish = Wish(
        uuid4(),
        call(edition, "v2"),
        timezone.localdate() + timedelta(days=1),
        2,
        3,
        "王",
    )
    bookings.book(wish=wish, at=timezone.now())
    phone = phone_without_javascript
    sign_in(phone, "driver", "/bus/drive")
    expect(phone.locator("h1")).to_have_text("今天的班次")
    phone.screenshot(path=screenshots / "bus-drive-phone.png", full_page=True)
    phone.get_by_role("link", name="第 1 班").click()
    phone.get_by_role("button", name="发车").click()
    now = phone.locator("#now")
    expect(now).to_contain_text("上坝")
    now.get_by_role("group", name="带一筐").locator("label").nth(3).click()
    phone.screenshot(path=screenshots / "bus-count-phone.png", full_page=True)
    now.get_by_role("button", name="记下，去下一站").click()
    expect(phone.locator("#now")).to_contain_text("中坝")
    expect(phone.locator(".bus-sum")).to_contain_text("15 元")
    phone.locator("#now").get_by_role("button").click()
    phone.get_by_role("link", name="改 上坝").click()
    expect(phone.locator("#now")).to_contain_text("上坝")
    phone.get_by_role("button", name="改成这样").click()
    phone.get_by_role("button", name="到终点了").click()
    expect(phone.locator(".bus-next")).to_contain_text("已到终点")
    assert Run.objects.get().ended_at
    assert Boarding.objects.filter(replaced_by=None).count() == 2


def test_drivers_pages_are_whole(phone, busline, edition):
    sign_in(phone, "town_worker", "/bus/drive")
    looking.check(phone)
    phone.get_by_role("link", name="第 1 班").click()
    looking.check(phone)
    phone.get_by_role("button", name="发车").click()
    expect(phone.locator("#now")).to_be_visible()
    looking.check(phone)
    phone.emulate_media(color_scheme="dark")
    say_english(phone)
    phone.goto("/bus/drive")
    looking.check(phone)


def test_staff_draw_up_and_publish(desktop, busline, edition, screenshots):
    sign_in(desktop, "town_worker", f"/bus/{busline.line.pk}/editions")
    expect(desktop.locator("h1")).to_have_text("时刻表")
    looking.check(desktop)
    first = timezone.localdate() + timedelta(days=10)
    draft = drawn_up(busline, later=10, valid_from=first)
    desktop.goto(f"/bus/plans/{draft.plan_id}/publish")
    looking.check(desktop)
    desktop.goto(f"/bus/editions/{draft.pk}")
    looking.check(desktop)
    desktop.screenshot(path=screenshots / "bus-edition.png", full_page=True)
    desktop.get_by_role("link", name="记公示").click()
    looking.check(desktop)
    desktop.get_by_role("button", name="记下来").click()
    desktop.get_by_role("link", name="记报备").click()
    desktop.get_by_label("报给哪里").fill("甲县交通运输局")
    desktop.get_by_role("button", name="记下来").click()
    desktop.get_by_role("link", name="发布").click()
    desktop.get_by_role("button", name="发布").click()
    expect(desktop.locator("main")).to_contain_text("已发布，还没开始")
    looking.check(desktop)


def test_an_edition_on_a_phone(phone, busline, edition, screenshots):
    sign_in(phone, "town_worker", f"/bus/editions/{edition.pk}")
    looking.check(phone)
    phone.screenshot(path=screenshots / "bus-edition-phone.png", full_page=True)
