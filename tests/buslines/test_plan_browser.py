"""Plans in a real browser: asked for, worked out, looked at, changed by hand on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests import looking
from tests.buslines.line import BusLine, build
from tests.buslines.planned import bus, plan, work
from tests.casework.world import build as build_world
from wugeyi.buslines.models import Plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busline() -> BusLine:
    return build(build_world())


def sign_in(page: Page) -> None:
    page.goto("/account/sign-in")
    page.fill("[name=username]", "town_worker")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button[type=submit]")
    expect(page.get_by_role("navigation", name="工作导航").first).to_be_attached()


def test_a_planner_on_a_phone_asks_looks_and_moves_a_trip(
    phone: Page, busline: BusLine, screenshots
) -> None:
    sign_in(phone)
    phone.goto(f"/bus/{busline.line.pk}/scenarios")
    looking.check(phone)
    phone.get_by_role("button", name="按现有数据算一次").click()
    expect(phone.locator("h1")).to_have_text("按现有数据")
    phone.get_by_role("link", name="方案").last.click()
    expect(phone.locator(".work")).to_contain_text("排队中")
    looking.check(phone)
    work()
    # The page asks again by itself.
    expect(phone.locator(".plan-proof")).to_contain_text("证明没有更好的")
    looking.check(phone)
    phone.screenshot(path=screenshots / "bus-plan-phone.png", full_page=True)
    tabs = phone.get_by_role("navigation", name="方案的几部分")
    for part in ("时刻", "载客载筐", "收支", "没接上", "排班到人"):
        tabs.get_by_role("link", name=part).click()
        expect(phone.locator(".tabs [aria-current]")).to_contain_text(part)
        looking.check(phone)
    tabs.get_by_role("link", name="总览").click()
    phone.get_by_role("link", name="动手调一调").click()
    expect(phone.locator(".plan-headline")).to_contain_text("还没有改")
    looking.check(phone)
    for _time in range(9):
        before = phone.url
        phone.get_by_role("link", name="第 1 班 −5 分钟").click()
        expect(phone).not_to_have_url(before)
    expect(phone.locator(".plan-breaches")).to_contain_text("违反规则")
    looking.check(phone)
    phone.screenshot(path=screenshots / "bus-try-phone.png", full_page=True)
    # All of it stands in the address. (axe leaves styles behind that htmx would copy.)
    phone.reload()
    phone.get_by_role("link", name="退一步").click()
    expect(phone.locator(".plan-done li")).to_have_count(8)
    phone.get_by_label("说明").fill("早一点")
    phone.get_by_role("button", name="存成另一个方案").click()
    expect(phone.locator("h1")).to_contain_text("方案")
    expect(phone.locator("main")).to_contain_text("早一点")
    assert Plan.objects.filter(base__isnull=False).count() == 1
    looking.check(phone)


def test_without_scripts_a_trip_is_moved_and_kept(
    phone_without_javascript: Page, busline: BusLine
) -> None:
    made = plan(busline)
    phone = phone_without_javascript
    sign_in(phone)
    phone.goto(f"/bus/plans/{made.pk}/try")
    phone.get_by_role("link", name="第 1 班 +5 分钟").click()
    expect(phone.locator(".plan-done li")).to_have_count(1)
    phone.locator("details.fold summary").first.click()
    phone.fill("#time-1", "06:01")
    phone.get_by_role("button", name="挪过去").first.click()
    expect(phone.locator(".plan-done li")).to_have_count(2)
    phone.get_by_role("button", name="存成另一个方案").click()
    expect(phone.locator("main")).to_contain_text("由方案")
    assert bus(Plan.objects.get(base=made)) == bus(made)


def test_rosters_and_comparisons_at_a_desk(
    desktop: Page, busline: BusLine, screenshots
) -> None:
    made = plan(busline)
    sign_in(desktop)
    desktop.emulate_media(color_scheme="dark")
    desktop.goto(f"/bus/{busline.line.pk}/scenarios")
    desktop.get_by_role("button", name="停 4 站，还是停 6 站").click()
    expect(desktop.locator("h1")).to_have_text("比较方案")
    work()
    expect(desktop.locator(".plan-bars li")).to_have_count(2)
    looking.check(desktop)
    desktop.screenshot(path=screenshots / "bus-compare.png", full_page=True)
    desktop.goto(f"/bus/plans/{made.pk}?part=rosters")
    desktop.get_by_role("button", name="排一份").click()
    work()
    expect(desktop.locator(".plan-roster tbody tr")).to_have_count(3)
    looking.check(desktop)
    desktop.screenshot(path=screenshots / "bus-roster.png", full_page=True)
