"""Every page in a real browser: whole on a phone and on a desk, and without a script."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page

from tests import looking
from tests.casework.world import World, build
from tests.volunteering.people import (
    activity,
    alarm,
    asked,
    did,
    opened,
    picture,
    rider,
    said,
    signed,
    span,
    taken,
    team,
)
from wugeyi.casework.models.cases import Case
from wugeyi.casework.rules.receipts import display
from wugeyi.volunteering.actions import belonging, certificates, hours, people
from wugeyi.volunteering.models import Activity, Help, Take, Voice, Volunteer
from wugeyi.volunteering.views import who

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, NARROW = 1440, 360
LONG = "很长很长的名字"


class Stage:
    """A volunteer with a little of everything, and a community's desk."""

    def __init__(self) -> None:
        self.world: World = build()
        world, now = self.world, timezone.now()
        self.mine: Volunteer = rider(world, name=(LONG * 6)[:40])
        belonging.check_in(
            client_id=uuid4(),
            volunteer=self.mine,
            organisation=world.community,
            at=world.now(),
        )
        belonging.join(team=team(world), volunteer=self.mine, at=world.now())
        self.open = opened(world, at=now, near=(LONG * 9)[:60])
        self.held = taken(world, self.mine, at=now)
        self.new = asked(world, at=now)
        said(world, self.mine)
        self.deed = did(world, self.mine, after=picture(world))
        self.span = span(world, self.mine, start=world.now() - timedelta(hours=9))
        done = span(world, self.mine, start=world.now() - timedelta(hours=5))
        hours.confirm(hours=done, minutes=60, by=world["worker"], at=world.now())
        day = done.on
        self.paper = certificates.issue(
            client_id=uuid4(),
            volunteer=self.mine,
            first=day,
            last=day,
            at=world.now(),
        )
        offered = activity(world)
        Activity.objects.filter(pk=offered.pk).update(
            starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=1)
        )
        self.alarm = alarm(world, at=now)
        self.seen = alarm(world, at=now, text=LONG * 20)


def at(name: str, *args: Any) -> str:
    return reverse(f"volunteering:{name}", args=args)


def public(stage: Stage) -> list[str]:
    return [
        at("home"),
        at("join"),
        at("ask"),
        at("report"),
        at("emergency"),
        at("need"),
        at("sounded", stage.alarm.client_id),
        at("asked", display(stage.open.code)),
        at("check"),
        f"{at('places')}?q=金桥",
        at("month", stage.world.county.code),
    ]


def own(stage: Stage) -> list[str]:
    return [
        at("mine"),
        at("words"),
        at("publicity"),
        at("cleanup"),
        at("helps"),
        at("help", stage.open.pk),
        at("help", stage.held.pk),
        at("deed", stage.deed.pk),
        at("claim"),
        at("issue"),
        at("leave"),
        at("place", stage.world.community.code),
        at("certificate", display(stage.paper.code)),
    ]


def desk(stage: Stage) -> list[str]:
    code = stage.world.community.code
    return [
        at("duty"),
        at("desk-emergency", stage.alarm.pk),
        at("desk-unit", code),
        at("desk-help", stage.new.pk),
        at("desk-help", stage.held.pk),
        at("desk-deeds", code),
        at("desk-deed", stage.deed.pk),
        at("desk-hours", code),
        at("desk-span", stage.span.pk),
        at("desk-teams", code),
        at("terms"),
    ]


def let_in(page: Page, stage: Stage, language: str, *, whom: str) -> None:
    """Be nobody, the volunteer, or the community's worker."""
    page.goto("/health")
    page.context.clear_cookies()
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if whom == "own":
        cookies[who.COOKIE] = signed(stage.mine).cookies[who.COOKIE].value
    if whom == "desk":
        client = Client()
        client.force_login(stage.world["worker"])
        name = settings.SESSION_COOKIE_NAME
        cookies[name] = client.cookies[name].value
    page.context.add_cookies(
        [{"name": n, "value": v, "url": page.url} for n, v in cookies.items()]
    )


def looked(page: Page, address: str, *, asking: tuple[str, ...]) -> list[str]:
    """What is wrong with a page, at both widths."""
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    found = []
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if over := looking.overhang(page):
            found.append(f"{address} at {width}: {over} px too wide")
    return found + looking.violations(page, asking)


def test_every_page_is_whole(desktop: Page) -> None:
    stage = Stage()
    wrong: list[str] = []
    for whom, pages in (("", public), ("own", own), ("desk", desk)):
        let_in(desktop, stage, "zh-hans", whom=whom)
        for address in pages(stage):
            wrong += looked(desktop, address, asking=looking.ALL)
    let_in(desktop, stage, "zh-hans", whom="")
    secret = people.renew_link(volunteer=stage.mine, at=stage.world.now())
    wrong += looked(desktop, at("key", secret), asking=looking.ALL)
    assert wrong == []


class Taps:
    """A finger on a phone: taps are counted, typing is not."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.made = 0

    def tap(self, found: Locator) -> None:
        found.tap()
        self.made += 1

    def press(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name).first)

    def choose(self, text: str) -> None:
        self.tap(self.page.locator("label.choice", has_text=text).first)

    def done(self, mark: str) -> int:
        self.page.locator(mark).first.wait_for()
        made, self.made = self.made, 0
        return made


# From the first sight of a flash to its receipt, by a rider checked in with one
# community, every word typed that must be: as docs/volunteering.md tells.
TAPS = {"emergency": 1, "report": 2, "publicity": 2, "cleanup": 3, "help": 2, "ask": 4}
STEPS = {
    "emergency": 0,  # one page, one button; what else is on it may stay empty
    "report": 2,
    "publicity": 2,
    "cleanup": 2,
    "ask": 3,
}


def walk(page: Page, world: World) -> tuple[dict[str, int], dict[str, int]]:
    """Go each flash's shortest way; how many taps, and steps to go through."""
    finger, taps, steps = Taps(page), {}, {}

    def begin(name: str) -> None:
        page.goto(at(name))
        steps[name] = page.locator("[data-step]").count()

    begin("emergency")
    finger.press("马上告诉值班室")
    taps["emergency"] = finger.done("#sounded")
    begin("report")
    page.fill("[name=text]", "路口井盖松了")
    finger.press("下一步")
    finger.press("提交")
    taps["report"] = finger.done(".receipt-code")
    begin("publicity")
    page.fill("[name=text]", "反诈宣传")
    page.fill("[name=pieces]", "20")
    finger.press("下一步")
    finger.press("提交")
    taps["publicity"] = finger.done("[data-accepted=flash-publicity]")
    begin("cleanup")
    finger.choose("站在地上够得着")
    page.fill("[name=text]", "电线杆上的小广告")
    finger.press("下一步")
    finger.press("提交")
    taps["cleanup"] = finger.done("[data-accepted=flash-cleanup]")
    opened(world, at=timezone.now())
    page.goto(at("helps"))
    finger.tap(page.get_by_role("link", name="幸福小区北门").first)
    finger.press("我来帮")
    taps["help"] = finger.done("a[href^='tel:']")
    begin("ask")
    finger.choose("搬一下")
    page.fill("[name=text]", "一袋米搬上五楼")
    finger.press("下一步")
    page.fill("[name=near]", "北门")
    finger.press("下一步")
    page.fill("[name=address]", "3 栋 502")
    page.fill("[name=phone]", "13800138002")
    finger.press("提交")
    taps["ask"] = finger.done("[data-accepted=flash-help]")
    return taps, steps


def test_a_flash_takes_three_steps_at_most(phone: Page) -> None:
    world = build()
    mine = rider(world)
    belonging.check_in(
        client_id=uuid4(),
        volunteer=mine,
        organisation=world.community,
        at=world.now(),
    )
    phone.goto("/health")
    cookie = signed(mine).cookies[who.COOKIE].value
    phone.context.add_cookies([{"name": who.COOKIE, "value": cookie, "url": phone.url}])
    taps, steps = walk(phone, world)
    assert taps == TAPS
    assert steps == STEPS
    assert max(steps.values()) <= 3
    told = (Path(__file__).parents[2] / "docs" / "volunteering.md").read_text("utf-8")
    row = re.search(r"\| taps \|(.*)\|", told)
    assert row is not None
    numbers = [int(each) for each in row.group(1).split("|")]
    names = ("help", "report", "publicity", "cleanup", "emergency", "ask")
    assert numbers == [taps[name] for name in names]
    # Somebody reported it meanwhile: one's voice is added, still in three taps.
    phone.goto(at("report"))
    phone.fill("[name=text]", "路口井盖松了")
    finger = Taps(phone)
    finger.press("下一步")
    finger.choose("加入这一件")
    finger.press("提交")
    assert finger.done(".receipt-code") == 3
    assert Voice.objects.exclude(case__merged_into=None).count() == 1


def test_a_rider_registers_reports_and_helps_without_a_script(
    phone_without_javascript: Page,
) -> None:
    page, world = phone_without_javascript, build()
    row = opened(world, at=timezone.now())
    page.goto(at("helps"))
    page.fill("[name=name]", "小马")
    page.fill("[name=phone]", "13800138000")
    page.check("[name=agreed]")
    page.get_by_role("button", name="登记").click()
    assert "/volunteering/key/" in (
        page.locator(".volunteer-link").text_content() or ""
    )
    page.get_by_role("link", name="存好了").click()
    page.get_by_role("link", name="幸福小区北门").click()
    page.get_by_role("button", name="我来帮").click()
    assert "3 栋 502" in page.content()
    page.get_by_role("button", name="帮好了").click()
    assert Take.objects.get().help == row
    assert Help.objects.get().state == "done"
    page.goto(at("report"))
    page.fill("[name=text]", "路口井盖松了")
    page.fill("[name=place_query]", "桥社区")
    page.get_by_role("button", name="查找").click()
    page.get_by_text("银桥社区").first.click()
    page.get_by_role("button", name="提交").click()
    page.locator(".receipt-code").first.wait_for()
    assert Case.objects.get().place == world.neighbour
    assert Voice.objects.get().volunteer is not None
    page.goto(at("emergency"))
    page.get_by_role("button", name="马上告诉值班室").first.click()
    page.get_by_text("等值班室看到").wait_for()
