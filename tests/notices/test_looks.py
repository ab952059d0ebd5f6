"""Pages of messages in a real browser: whole and readable aloud, on a phone and a desk."""

import json
import time
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests import looking
from tests.casework.world import build, report
from tests.conftest import PHONE
from tests.machine import WAIT_SECONDS
from wugeyi.notices.actions import choosing, sending, spreading
from wugeyi.notices.gateways import WAYS
from wugeyi.notices.models import Address, Letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What the service worker shows now.
SHOWN = """async () => {
    const put = await navigator.serviceWorker.ready;
    const all = await put.getNotifications();
    return all.map((each) => [each.title, each.data]);
}"""
EMAIL = "zhang.very-long-name.of-somebody@mail.example.cn"


def test_a_reporter_without_scripts_is_told(phone_without_javascript: Page):
    phone = phone_without_javascript
    case = report(build())
    phone.goto(reverse("public:follow"))
    phone.get_by_label("查询码").fill(case.receipt)
    phone.get_by_role("button", name="查", exact=True).click()
    phone.get_by_label("电子邮箱").fill(EMAIL)
    phone.get_by_role("button", name="用邮件告诉我").click()
    expect(phone.locator(".notice").first).to_contain_text("请看邮箱")
    expect(phone.locator("#tell")).to_contain_text("z***@mail.example.cn")
    sending.send_waiting(clock=timezone.now)
    link = next(part for part in mail.outbox[0].body.split() if "/confirm/" in part)
    phone.goto(urlsplit(link).path)
    phone.get_by_role("button", name="确认").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("选择听什么")
    phone.get_by_label("转给了别的单位").uncheck()
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_label("转给了别的单位")).not_to_be_checked()
    phone.get_by_role("button", name="退订并删除").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("已退订")
    assert not Address.objects.exists()


@pytest.fixture
def push(settings):
    settings.NOTICES = {
        "PUSH": "1",
        "SMS_KEY": "k",
        "SMS_SECRET": "s",
        "SMS_SIGN": "测试市",
        "SMS_TEMPLATE": "SMS_1",
    }


def test_every_page_is_whole_on_a_phone_and_a_desk(
    phone: Page, live_server, push, monkeypatch, screenshots
):
    monkeypatch.setattr(WAYS["sms"], "send", lambda *_args, **_more: None)
    world, now = build(), timezone.now()
    case = report(world)
    admin = world["administrator"]
    admin.email = EMAIL
    admin.save()
    row = spreading.account(admin, at=now)
    box = spreading.mailbox(row, at=now)
    choosing.add_address(user=admin, way="sms", value="13800138000", at=now)
    for state in ("unknown", "failed", "waiting"):
        Letter.objects.create(
            subscriber=row,
            address=box,
            way="email",
            token=uuid4(),
            state=state,
            reason="smtp-554",
            attempts=2,
            begun_at=now,
        )
    phone.goto(reverse("public:follow"))
    phone.get_by_label("查询码").fill(case.receipt)
    phone.get_by_role("button", name="查", exact=True).click()
    expect(phone.get_by_role("button", name="在这台设备上提醒我")).to_be_visible()
    looking.both_widths(phone)
    phone.locator("#tell").screenshot(path=screenshots / "notices-follow.png")
    phone.get_by_label("电子邮箱").fill(EMAIL)
    phone.get_by_role("button", name="用邮件告诉我").click()
    sending.send_waiting(clock=timezone.now)
    link = next(part for part in mail.outbox[-1].body.split() if "/confirm/" in part)
    phone.goto(urlsplit(link).path)
    looking.both_widths(phone)
    phone.get_by_role("button", name="确认").click()
    looking.both_widths(phone)
    phone.screenshot(path=screenshots / "notices-settings.png", full_page=True)
    address = Address.objects.get(subscriber__topic_key=case.pk)
    phone.goto(reverse("notices:stop", args=[address.subscriber.secret, address.pk]))
    looking.both_widths(phone)
    phone.goto(reverse("notices:confirm", args=["old"]))
    looking.both_widths(phone)
    client = Client()
    client.force_login(admin)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    phone.context.add_cookies([cookie])
    for page, heading in (("mine", "我的通知"), ("sendings", "通知的发送")):
        phone.goto(reverse(f"notices:{page}"))
        expect(phone.get_by_role("heading", level=1)).to_have_text(heading)
        looking.both_widths(phone)
        phone.screenshot(path=screenshots / f"notices-{page}.png", full_page=True)
        phone.set_viewport_size({"width": looking.WIDE, "height": 900})
        phone.screenshot(path=screenshots / f"notices-{page}-wide.png", full_page=True)
        phone.set_viewport_size({"width": looking.NARROW, "height": 800})


@pytest.fixture
def alone(browser: Browser, live_server):
    """A page no other test has left a worker to, which a message could go to."""
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", **PHONE)
    context.grant_permissions(["notifications"], origin=live_server.url)
    yield context.new_page()
    context.close()


def test_a_pushed_message_is_shown_once_and_opens_its_page(
    alone: Page, live_server, push
):
    phone = alone
    case = report(build())
    phone.goto(reverse("public:follow"))
    phone.get_by_label("查询码").fill(case.receipt)
    phone.get_by_role("button", name="查", exact=True).click()
    phone.wait_for_load_state("load")
    phone.evaluate(
        """async () => {
            await navigator.serviceWorker.register("/service-worker.js");
            await navigator.serviceWorker.ready;
        }"""
    )
    devtools = phone.context.new_cdp_session(phone)
    found = {}
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.update(
            (each["registrationId"], each["isDeleted"])
            for each in event["registrations"]
            if each["scopeURL"].startswith(live_server.url)
        ),
    )
    devtools.send("ServiceWorker.enable")
    ends = time.monotonic() + WAIT_SECONDS
    # All are told of that have been, and later that they are no more.
    while not (alive := [each for each, gone in found.items() if not gone]):
        assert time.monotonic() < ends, found
        phone.wait_for_timeout(100)
    message = {
        "title": "诉求有答复了",
        "body": "请看",
        "url": "/notices/open/x",
        "tag": "t",
    }
    for told in (json.dumps(message), json.dumps(message), "no json"):
        devtools.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": live_server.url,
                "registrationId": alive[-1],
                "data": told,
            },
        )
    ends = time.monotonic() + WAIT_SECONDS
    while len(shown := phone.evaluate(SHOWN)) < 2:
        assert time.monotonic() < ends, shown
        phone.wait_for_timeout(200)
    assert sorted(shown) == [
        ["五个一", f"{live_server.url}/"],
        ["诉求有答复了", f"{live_server.url}/notices/open/x"],
    ]
