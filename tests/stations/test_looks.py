"""Every page of stations in a real browser: whole on a phone and on a desk; a rider's way."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework.world import build
from tests.stations.place import LAT, LON, NIGHTS, Ground, ground
from tests.stations.test_tables import GOOD, kept, with_points
from wugeyi.stations.actions import breakages, gaps
from wugeyi.stations.actions.breakages import Broken
from wugeyi.stations.actions.gaps import Asked
from wugeyi.stations.models import Breakage, Checklist, Station, StationKind

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
        at("list"),
        at("station", row.code),
        at("broken"),
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


# Laid out otherwise on a desk than a form, which is one column everywhere.
BROAD = ("list", "station", "desk-station", "checklist", "gap")


def looked(page: Page, address: str, *, broad: bool = False) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    page.set_viewport_size({"width": WIDE, "height": 900})
    found = [f"{address} wide {over}" for over in [looking.overhang(page)] if over]
    if broad:
        found += looking.violations(page, looking.ALL_BUT_CONTRAST)
    page.set_viewport_size({"width": NARROW, "height": 900})
    found += [f"{address} narrow {over}" for over in [looking.overhang(page)] if over]
    return found + looking.violations(page)


def test_every_page_is_whole(desktop: Page, whole: Ground, screenshots) -> None:
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
    wrong: list[str] = []
    sign_in(desktop, whole.world["town_worker"], "zh-hans")
    for address in pages(whole, row):
        broad = resolve(address).url_name in BROAD
        wrong += looked(desktop, address, broad=broad)
    sign_in(desktop, whole.world["administrator"], "en")
    for address in of_the_seat():
        wrong += looked(desktop, address)
    assert wrong == []


def test_a_riders_way(phone: Page, whole: Ground) -> None:
    """The nearest first without sending where one is, then two taps."""
    near = whole.station("近的", lon=LON, lat=LAT, has=("charging", "toilet"))
    whole.station("远的", lon=LON + 0.05, has=("charging",))
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": LAT, "longitude": LON})
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(at("list"))
    titles = phone.locator("[data-station] .entry-title")
    expect(titles.first).to_have_text("远的")
    phone.get_by_role("button", name="离我近的排前面").click()
    expect(titles.first).to_have_text("近的")
    assert not [url for url in asked if "106.7" in url]
    phone.get_by_label("洗手间").check()
    expect(phone.locator("[data-station]:visible")).to_have_count(1)
    phone.get_by_role("link", name="近的").click()
    phone.get_by_label("充电设施").check()
    phone.get_by_role("button", name="发送").click()
    phone.wait_for_url("**/receipt/*")
    assert Breakage.objects.get().station == near


def test_without_script(phone_without_javascript: Page, whole: Ground) -> None:
    row = whole.station("近的", has=("charging", "toilet"))
    page = phone_without_javascript
    page.goto(at("list"))
    page.get_by_label("洗手间").check()
    page.get_by_role("button", name="找").click()
    page.get_by_role("link", name="近的").click()
    page.get_by_label("洗手间").check()
    page.get_by_role("button", name="发送").click()
    assert Breakage.objects.get().station == row
