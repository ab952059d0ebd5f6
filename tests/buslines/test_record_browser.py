"""A village asks on a phone; a clerk reads what is wrong and mends it."""

import pytest
from playwright.sync_api import Page, expect

from tests import looking
from tests.buslines.line import BusLine, build
from tests.casework.world import build as build_world
from wugeyi.buslines.models import Demand

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busline() -> BusLine:
    return build(build_world())


def sign_in(page: Page, who: str) -> None:
    page.goto("/account/sign-in")
    page.fill("[name=username]", who)
    page.fill("[name=password]", "correct horse battery")
    page.click("main button[type=submit]")
    expect(page.get_by_role("navigation", name="工作导航").first).to_be_attached()


def test_a_village_writes_down_two_growers_on_a_phone(busline, phone):
    sign_in(phone, "worker")
    phone.goto("/bus/")
    phone.get_by_role("link", name="金桥社区").last.click()
    looking.check(phone)
    phone.get_by_label("谁要坐车").fill("三组")
    phone.get_by_label("几个人").fill("2")
    phone.get_by_label("一共几筐").fill("5")
    phone.get_by_text("北门市场", exact=True).first.click()
    phone.get_by_label("最晚几点要到市场").fill("06:40")
    phone.get_by_text("中午要坐车回来").click()
    phone.get_by_text("坝坝会").click()
    phone.get_by_role("button", name="记下来").click()
    expect(phone.get_by_text("记下了").first).to_be_visible()
    rows = Demand.objects.filter(name="三组").order_by("home")
    assert [(row.home, row.persons, row.baskets) for row in rows] == [
        (False, 2, 5),
        (True, 2, 0),
    ]
    assert rows[0].latest_minute == 400
    assert rows[1].earliest_minute == 660
    # The next in the row: time, market and source are still there.
    expect(phone.get_by_label("最晚几点要到市场")).to_have_value("06:40")
    phone.get_by_label("几个人").fill("0")
    phone.get_by_label("一共几筐").fill("1")
    phone.locator("form.bus-ask").evaluate("form => { form.noValidate = true }")
    phone.get_by_role("button", name="记下来").click()
    looking.check(phone)
    expect(phone.get_by_label("一共几筐")).to_have_value("1")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_pages_of_records_are_whole(busline, request, size):
    page: Page = request.getfixturevalue(size)
    sign_in(page, "town_worker")
    pk = busline.line.pk
    busline.rule("ride_limit_minutes", 20)
    for address in (
        "/bus/",
        f"/bus/{pk}",
        f"/bus/{pk}/records/demand",
        f"/bus/{pk}/records/stops",
        f"/bus/{pk}/records/rules",
        f"/bus/{pk}/records/fares",
        f"/bus/{pk}/records/ways",
        f"/bus/{pk}/records/timetable",
        f"/bus/{pk}/records/vehicles/new",
        f"/bus/{pk}/import",
    ):
        page.goto(address)
        looking.check(page)


def test_a_clerk_follows_what_is_wrong_to_what_mends_it(busline, desktop):
    busline.rule("ride_limit_minutes", 20)
    sign_in(desktop, "town_worker")
    desktop.goto(f"/bus/{busline.line.pk}")
    told = desktop.locator(".bus-told li").first
    expect(told).to_contain_text("20 分钟")
    told.get_by_role("link", name="一个人最多坐多久").click()
    desktop.get_by_label("一个人最多坐多久").fill("60")
    desktop.get_by_role("button", name="保存").click()
    expect(desktop.get_by_text("规则定好了").first).to_be_visible()
    desktop.goto(f"/bus/{busline.line.pk}")
    expect(desktop.get_by_text("哪辆车都接不了")).to_have_count(0)
