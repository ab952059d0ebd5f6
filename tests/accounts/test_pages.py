"""What people see, in a browser: a phone of 360 pixels and a desk of 1440."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import looking
from tests.accounts.conftest import NOON, PASSWORD, code_at
from wugeyi.accounts import actions
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import BACKUP_CODES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def someone() -> User:
    return actions.create_user(
        username="wang.fang",
        name="王芳",
        email="wang@example.org",
        password=PASSWORD,
        by=None,
        at=NOON,
    )


def check(page: Page, screenshots, name: str) -> None:
    """Nothing sticks out, nothing is out of reach; keep a picture."""
    looking.check(page)
    page.screenshot(
        path=screenshots / f"accounts-{page.viewport_size['width']}-{name}.png",
        full_page=True,
    )


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/account/sign-in?next=/account/")
    page.get_by_label("登录名").fill("wang.fang")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def get_in(page: Page, screenshots) -> None:
    page.goto("/account/sign-in?next=/account/")
    check(page, screenshots, "sign-in")
    sign_in(page, "错")
    expect(page.get_by_role("alert")).to_contain_text("没有登录成功")
    expect(page.get_by_label("登录名")).to_have_value("wang.fang")
    check(page, screenshots, "sign-in-wrong")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")
    check(page, screenshots, "mine")


def turn_codes_on(page: Page, person: User, screenshots) -> str:
    """Return a backup code."""
    page.get_by_role("button", name="开启登录验证码").click()
    check(page, screenshots, "codes-confirm")
    picture = page.get_by_role("img", name="二维码")
    assert picture.evaluate("image => image.naturalWidth") > 100
    page.get_by_text("手工输入密钥").click()
    device = person.totpdevice_set.get()
    page.get_by_label("验证码").fill(code_at(device, timezone.now()))
    page.get_by_label("您的登录密码").fill(PASSWORD)
    page.get_by_role("button", name="开启", exact=True).click()
    codes = page.locator("ol code")
    expect(codes).to_have_count(BACKUP_CODES)
    check(page, screenshots, "backup-codes")
    backup = codes.first.inner_text()
    page.get_by_role("link", name="收好了").click()
    check(page, screenshots, "mine-with-codes")
    return backup


def get_in_by_backup_code(page: Page, backup: str, screenshots) -> None:
    page.context.clear_cookies()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("输入登录验证码")
    check(page, screenshots, "second-step")
    page.get_by_label("验证码").fill(backup)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")


def print_a_sheet(page: Page, screenshots) -> None:
    page.goto("/sheet")
    check(page, screenshots, "sheet")
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="二维码")).to_be_visible()
    expect(page.get_by_text("只显示这一次")).to_be_hidden()
    width = page.viewport_size["width"]
    page.screenshot(path=screenshots / f"accounts-{width}-sheet-printed.png")
    page.emulate_media(media="screen")


def go_through(page: Page, person: User, screenshots) -> None:
    get_in(page, screenshots)
    backup = turn_codes_on(page, person, screenshots)
    get_in_by_backup_code(page, backup, screenshots)
    for name in (
        "password",
        "codes/off",
        "codes/renew",
        "reset",
        "reset/sent",
        "reset/MQ/x-y",
    ):
        page.goto(f"/account/{name}")
        check(page, screenshots, name.replace("/", "-"))
    print_a_sheet(page, screenshots)
    link = actions.reset_link(user=person, by=None, at=timezone.now())
    page.emulate_media(color_scheme="dark")
    page.goto(f"/account/reset/{link.uid}/{link.token}")
    page.get_by_label("新密码").fill("12345678")
    page.get_by_label("再输一次").fill("1234567")
    page.get_by_role("button", name="设好").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, screenshots, "reset-password-dark")


def test_the_whole_way_on_a_phone(phone, someone, screenshots):
    go_through(phone, someone, screenshots)


def test_the_whole_way_at_a_desk(desktop, someone, screenshots):
    go_through(desktop, someone, screenshots)


def test_signing_in_needs_no_javascript(phone_without_javascript, someone):
    page = phone_without_javascript
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")
    page.get_by_role("button", name="退出", exact=True).first.click()
    page.goto("/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("工作人员登录")
