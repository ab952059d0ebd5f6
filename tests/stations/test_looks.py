"""Stations in a real browser: every page on a phone and on a desk; a rider's way.

One test, so that all of it looks at one city and the browser is warm.
"""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework.world import build
from tests.stations.place import LAT, LON, NIGHTS, Ground, ground
from tests.stations.test_tables import GOOD, kept, with_points
from tests.submissions import queue
from wugeyi.stations.actions import breakages, gaps
from wugeyi.stations.actions.breakages import Broken
from wugeyi.stations.actions.gaps import Asked
from wugeyi.stations.models import Breakage, Checklist, Station, StationKind
from wugeyi.stations.queries import public as queries
from wugeyi.stations.rules.hours import Span

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "很长很长的名字"
WIDE, NARROW = 1440, 360


def at(name: str, *args) -> str:
    return reverse(f"stations:{name}", args=args)


@pytest.fixture
def whole() -> Ground:
    return ground(build())


def pages(here: Ground, row: Station) -> list[str]:
    one = [row.pk]
    sent = kept(here, GOOD + "坏的,没有的,,,,,,,,,,\n")
    with_points(here)
    gap = gaps.search(
        organisation=here.world.town,
        asked=Asked(client_id=uuid4(), least=3),
        by=here.world["town_worker"],
        at=here.world.now(),
    )
    return [
        at("desk"),
        at("new"),
        *(
            at(name, *one)
            for name in (
                "desk-station",
                "history",
                "edit",
                "hours",
                "days-off",
                "check",
                "close",
                "end",
                "visits",
            )
        ),
        at("checklist"),
        at("dictionaries"),
        at("imports"),
        at("import", sent.batch_id),
        at("gaps"),
        at("gap", gap.pk),
    ]


def of_everybody(row: Station) -> list[str]:
    """Come last: from the first of them on a service worker stands between."""
    return [
        at("list"),
        f"{reverse('submissions:copy')}?page={at('list')}",
        at("station", row.code),
        at("broken"),
    ]


def of_the_seat() -> list[str]:
    return [
        at("dictionaries"),
        at("word", "kinds", StationKind.objects.first().pk),
        at("word-new", "items"),
        at("wanted", Checklist.objects.first().pk),
    ]


def sign_in(page: Page, user, language: str) -> None:
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


def looked(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    # Whatever folds away is looked at too.
    page.evaluate(
        "document.querySelectorAll('details').forEach((d) => (d.open = true))"
    )
    found = []
    # On a desk what stands around the first page of staff, of everybody, is the same.
    around = address in {at("list"), at("desk")}
    wide = looking.ALL_BUT_CONTRAST if around else looking.INSIDE_BUT_CONTRAST
    for width, asked in ((WIDE, wide), (NARROW, looking.ALL)):
        page.set_viewport_size({"width": width, "height": 900})
        over = looking.overhang(page)
        found += [f"{address} {width}: {over} too wide"] if over else []
        found += looking.violations(page, asked)
    return found


def every_page_is_whole(page: Page, here: Ground, row: Station) -> None:
    wrong: list[str] = []
    sign_in(page, here.world["town_worker"], "zh-hans")
    for address in pages(here, row):
        wrong += looked(page, address)
    sign_in(page, here.world["administrator"], "en")
    for address in [*of_the_seat(), *of_everybody(row)]:
        wrong += looked(page, address)
    assert wrong == []


def a_riders_way(page: Page, near: Station) -> None:
    """The nearest first without sending where one is, then two taps."""
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": LAT, "longitude": near.lon})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(at("list"))
    titles = page.locator("[data-station] .entry-title")
    expect(titles.first).to_have_text("远的")
    page.get_by_role("button", name="离我近的排前面").click()
    expect(titles.first).to_have_text("近的")
    assert not [url for url in asked if "106." in url]
    page.get_by_label("洗手间").check()
    page.get_by_label("现在开着").check()
    expect(page.locator("[data-station]:visible")).to_have_count(1)
    page.get_by_role("link", name="近的").click()
    page.get_by_label("充电设施").check()
    page.get_by_role("button", name="发送").click()
    page.wait_for_url("**/receipt/*")
    page.goto("about:blank")


def without_script(page: Page) -> None:
    page.goto(at("list"))
    page.get_by_label("洗手间").check()
    page.get_by_role("button", name="找").click()
    page.get_by_role("link", name="近的").click()
    page.get_by_label("洗手间").check()
    page.get_by_role("button", name="发送").click()
    page.wait_for_url("**/receipt/*")


def without_signal(page: Page, row: Station, near: Station) -> None:
    """What hangs at the door opens its part of the list that the phone keeps."""
    page.goto(at("list"))
    queue.controlled(page)
    page.context.set_offline(True)
    page.goto(at("station", row.code))
    expect(page).to_have_url(re.compile(rf"{at('list')}#{row.code}$"))
    part = page.locator(f"[id='{row.code}']")
    expect(part).to_be_visible()
    line = page.locator(f"[data-station='{row.code}']")
    expect(line).to_be_in_viewport()
    expect(line.locator("summary")).to_be_focused()
    expect(part).to_contain_text("充电设施坏了")
    expect(part).to_contain_text("8:00-22:00")
    expect(part).to_contain_text(row.address)
    # Those of before are still here; a lower-case code is the same one.
    page.goto(at("station", near.code.lower()))
    part = page.locator(f"[id='{near.code}']")
    expect(part).to_be_visible()
    expect(part).to_contain_text("没有：饮水机")
    part.get_by_role("link", name="报一下").click()
    expect(page.get_by_label("驿站编号")).to_have_value(near.code)
    page.get_by_label("桌凳").check()
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".queue-kept")).to_contain_text("已存在这部手机上")


def test_in_a_browser(
    desktop: Page,
    phone: Page,
    phone_without_javascript: Page,
    whole: Ground,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So that the nearest is not on the page that is shown first.
    monkeypatch.setattr(queries, "PAGE", 2)
    always = {day: [Span(0, 24 * 60)] for day in range(7)}
    near = whole.station(
        "近的",
        week=always,
        lon=LON + 0.3,
        has=("charging", "seats", "toilet"),
        lacks=("water",),
    )
    row = whole.station(
        (LONG * 9)[:60],
        name_en="A very long English name " * 4,
        address=(LONG * 18)[:120],
        note=LONG * 20,
        has=("charging", "rest", "toilet"),
        unit=whole.world.community,
    )
    whole.station("夜里开的", week=NIGHTS, lon=LON + 0.01)
    told = Broken(uuid4(), whole.items["charging"])
    breakages.report(station=row, broken=told, at=whole.world.now())
    whole.station("远的", lon=LON + 0.2, has=("charging",))

    every_page_is_whole(desktop, whole, row)
    a_riders_way(phone, near)
    without_script(phone_without_javascript)
    assert {each.station for each in Breakage.objects.all()} == {row, near}
    away = phone.context.new_page()
    try:
        without_signal(away, row, near)
    finally:
        away.close()
        phone.context.set_offline(False)
