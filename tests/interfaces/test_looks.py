"""Its pages as people see them: on a phone and a desk, by keyboard, for axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.conftest import DESKTOP, PHONE, page_of
from tests.interfaces.open import Open, build
from wugeyi.interfaces.actions import hooks
from wugeyi.interfaces.actions.hooks import Result
from wugeyi.interfaces.rules.hooks import Problem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page) -> None:
    page.goto("/open/keys")
    page.get_by_label("登录名").fill("administrator")
    page.get_by_label("密码", exact=True).fill("correct horse battery")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="接口密钥")).to_be_visible()


def sound(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "the page is wider than the screen"


def log_of(city: Open) -> int:
    by, at = city.world["administrator"], timezone.now()
    made = hooks.make(
        organisation=city.world.city,
        name="数据中心",
        url="https://example.org/" + "long/" * 30,
        events=["case.published", "case.resolved"],
        by=by,
        at=at,
    )
    sent = hooks.send_test(target=made, by=by, at=at)
    hooks.note_result(delivery=sent, result=Result(None, Problem.SLOW), at=at)
    return made.pk


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["360", "1440"])
def test_pages(contexts, live_server, screenshots, options) -> None:
    cache.clear()
    city = build(at=timezone.now())
    target = log_of(city)
    width = options["viewport"]["width"]
    with page_of(contexts, live_server.url, options) as page:
        page.goto("/open/")
        page.get_by_text("有哪些列 公开的诉求").click()
        sound(page)
        page.screenshot(path=screenshots / f"open-{width}.png", full_page=True)
        sign_in(page)
        sound(page)
        page.goto("/open/keys/new")
        page.get_by_label("给谁用").fill("小程序")
        sound(page)
        page.get_by_role("button", name="发密钥").click()
        expect(page.locator("#secret")).to_contain_text("wgy_")
        sound(page)
        for address in (
            "/open/terms",
            "/open/webhooks",
            "/open/webhooks/new",
            f"/open/webhooks/{target}",
            "/open/calendar",
        ):
            page.goto(address)
            sound(page)
        page.get_by_role("button", name="领一个地址").click()
        expect(page.locator("#secret")).to_contain_text(".ics")
        sound(page)
        page.goto(f"/open/webhooks/{target}")
        page.screenshot(path=screenshots / f"target-{width}.png", full_page=True)
        page.goto("/open/keys")
        page.screenshot(path=screenshots / f"keys-{width}.png", full_page=True)
