"""Every page of sharing in a real browser: whole, heard, walked through without script."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests import looking
from tests.casework.world import build as build_world
from tests.sharing.corner import Corner, build
from tests.sharing.test_pages import booked, done, workday
from wugeyi.casework.rules.receipts import display
from wugeyi.sharing.actions import thanks, things
from wugeyi.sharing.models import Booking, Partner, Thanks, Thing, Word
from wugeyi.sharing.rules.times import When, moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "很长很长的名字"
WIDE, NARROW = 1440, 360


def at(name: str, *args: Any) -> str:
    return reverse(f"sharing:{name}", args=args)


@pytest.fixture
def whole() -> Corner:
    corner = build(build_world())
    Partner.objects.update(name=(LONG * 12)[:80], contact_name=(LONG * 6)[:40])
    Thing.objects.filter(pk=corner.room.pk).update(
        title=(LONG * 9)[:60],
        about="一段说明。" * 80,
        place=(LONG * 15)[:100],
        conditions="用完关灯。" * 60,
    )
    things.set_other_day(
        thing=corner.room, on=workday(), span=(18, 48), why=LONG * 8, **corner.usual()
    )
    booked(corner, when=When(workday(), workday(), 40, 44))
    booked(corner, corner.ladders, when=When(workday(), workday()), pieces=3)
    said = thanks.thank(
        booking=done(corner), text="谢谢。" * 60, at=moment(workday(), 40)
    )
    thanks.publish(thanks=said, public_text="谢谢。" * 60, **corner.usual())
    return corner


def addresses(corner: Corner) -> list[str]:
    code, room, ladders = corner.world.community.code, corner.room.pk, corner.ladders.pk
    asked = Booking.objects.get(thing=corner.room, state="asked")
    thanked = Booking.objects.get(state="thanked")
    said = Thanks.objects.get()
    return [
        at("home"),
        at("catalogue", code),
        at("public-thing", room),
        at("public-thing", ladders),
        at("book", ladders),
        at("find"),
        at("receipt", display(asked.code)),
        at("receipt", display(thanked.code)),
        at("wall", code),
        at("desk"),
        at("words"),
        *(at(name, code) for name in ("day", "partners", "things", "thanks")),
        f"{at('day', code)}?on={workday()}",
        at("partner", corner.partner.pk),
        at("thing", room),
        at("booking", asked.pk),
        at("act", "thing", room, "hours"),
        at("act", "booking", asked.pk, "refuse"),
        at("act", "thanks", said.pk, "publish"),
    ]


def sign_in(page: Page, user: Any, language: str) -> None:
    client = Client()
    client.force_login(user)
    page.goto("/health")
    cookies = {
        settings.SESSION_COOKIE_NAME: client.cookies[
            settings.SESSION_COOKIE_NAME
        ].value,
        settings.LANGUAGE_COOKIE_NAME: language,
    }
    page.context.add_cookies(
        [
            {"name": name, "value": text, "url": page.url}
            for name, text in cookies.items()
        ]
    )


def wrong_with(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    return too_wide(page) + looking.violations(page)


def too_wide(page: Page) -> list[str]:
    found = []
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if over := looking.overhang(page):
            found.append(f"{page.url} at {width}: {over} px too wide")
    return found


def test_every_page_is_whole(desktop: Page, whole: Corner) -> None:
    wrong: list[str] = []
    sign_in(desktop, whole.by, "zh-hans")
    for address in addresses(whole):
        wrong += wrong_with(desktop, address)
    for address in (
        at("book", whole.room.pk),
        at("act", "partner", whole.partner.pk, "thing"),
    ):
        desktop.goto(address)
        desktop.locator("main form:has(.field)").first.evaluate(
            "form => { form.noValidate = true; form.requestSubmit() }"
        )
        desktop.locator("[aria-invalid=true]").first.wait_for()
        wrong += too_wide(desktop) + looking.violations(desktop)
    sign_in(desktop, whole.world["administrator"], "en")
    for address in (at("word", Word.objects.earliest("pk").pk), at("words")):
        wrong += wrong_with(desktop, address)
    assert wrong == []


def test_a_neighbour_books_on_a_phone_without_script(
    phone_without_javascript: Page, whole: Corner
) -> None:
    """From the catalogue to the receipt, and back out."""
    page = phone_without_javascript
    page.goto(at("catalogue", whole.world.community.code))
    page.get_by_role("link", name="折叠梯").click()
    page.get_by_role("link", name="预约", exact=True).click()
    for label in ("哪天借", "哪天还"):
        page.get_by_label(label).fill(workday().isoformat())
    page.get_by_label("本社区居民").check()
    page.get_by_label("怎么称呼您").fill("王女士")
    page.get_by_label("联系电话").fill("13800138000")
    page.get_by_role("button", name="约下来").click()
    assert page.get_by_role("heading", level=1).inner_text() == "约好了"
    page.get_by_role("button", name="取消预约").click()
    assert page.get_by_role("heading", level=1).inner_text() == "已经取消"
    assert Booking.objects.filter(state="cancelled").count() == 1
