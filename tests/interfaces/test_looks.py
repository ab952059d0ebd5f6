"""Its pages as people see them: on a phone and a desk, by keyboard, for axe."""

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import looking
from tests.conftest import PHONE, page_of
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


def test_pages(contexts, live_server, screenshots) -> None:
    cache.clear()
    city = build(at=timezone.now())
    target = log_of(city)
    with page_of(contexts, live_server.url, PHONE) as page:
        page.goto("/open/")
        page.get_by_text("有哪些列 公开的诉求").click()
        looking.both_widths(page)
        page.screenshot(path=screenshots / "open.png", full_page=True)
        sign_in(page)
        looking.both_widths(page)
        page.goto("/open/keys/new")
        page.get_by_label("给谁用").fill("小程序")
        looking.both_widths(page)
        page.get_by_role("button", name="发密钥").click()
        expect(page.locator("#secret")).to_contain_text("wgy_")
        looking.both_widths(page)
        for address in (
            "/open/terms",
            "/open/webhooks",
            "/open/webhooks/new",
            f"/open/webhooks/{target}",
            "/open/calendar",
        ):
            page.goto(address)
            looking.both_widths(page)
        page.screenshot(path=screenshots / "calendar.png", full_page=True)
        page.get_by_role("button", name="领一个地址").click()
        expect(page.locator("#secret")).to_contain_text(".ics")
        looking.both_widths(page)
        page.goto("/open/keys")
        page.screenshot(path=screenshots / "keys.png", full_page=True)
