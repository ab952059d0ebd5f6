"""On a phone: a facility by a tap, closed again; the same by keyboard and without script."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework.world import World, build
from tests.places.conftest import home, kind, square
from tests.places.test_osm import osm_xml
from wugeyi.accounts.models import User
from wugeyi.jobs import actions as jobs
from wugeyi.jobs.tasks import perform
from wugeyi.organisations.actions.areas import set_area
from wugeyi.places.actions.kinds import install_templates
from wugeyi.places.models import Facility, Network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, person: User) -> None:
    """Sign in by cookie: the sign-in page has tests of its own."""
    client = Client()
    client.force_login(person)
    page.goto("/health")
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": page.url}])


@pytest.fixture
def city(tmp_path, settings) -> World:
    settings.DATA_DIR = tmp_path
    world = build()
    install_templates(by=None, at=world.now())
    set_area(organisation=world.community, shape=square(), by=None, at=world.now())
    return world


def test_a_facility_by_a_tap_and_closed_again(
    city: World, phone: Page, screenshots: Path
) -> None:
    sign_in(phone, city["worker"])
    phone.goto("/places/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("金桥社区")
    looking.check(phone)
    phone.screenshot(path=screenshots / "places-unit.png", full_page=True)
    phone.get_by_role("link", name="登记一处设施").click()
    canvas = phone.locator("[data-canvas].leaflet-container")
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(phone.locator("[data-said]")).to_have_text("地点已选好")
    phone.get_by_label("是什么设施").select_option("卫 · 看病")
    phone.get_by_label("叫什么").fill("金桥卫生站")
    looking.check(phone)
    phone.screenshot(path=screenshots / "places-new.png", full_page=True)
    phone.get_by_role("button", name="登记", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("金桥卫生站")
    row = Facility.objects.get()
    assert (row.lon, row.lat) == pytest.approx((106.705, 26.645), abs=0.0005)
    looking.check(phone)
    phone.get_by_text("没有了，登记停用").click()
    phone.get_by_label("为什么").fill("搬走了")
    phone.get_by_role("button", name="登记停用").click()
    expect(phone.get_by_text("已登记停用")).to_be_visible()
    row.refresh_from_db()
    assert row.close_reason == "搬走了"


def test_by_keyboard_alone(city: World, desktop: Page) -> None:
    sign_in(desktop, city["worker"])
    desktop.goto(f"/places/at/{city.community.code}/homes/new/")
    canvas = desktop.locator("[data-canvas].leaflet-container")
    canvas.focus()
    desktop.keyboard.press("ArrowRight")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-said]")).to_have_text("地点已选好")
    desktop.get_by_label("哪栋楼、哪个小区").fill("3 栋")
    desktop.get_by_label("住多少人").fill("120")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("3 栋")
    looking.check(desktop)


def test_without_javascript_coordinates_are_typed(
    city: World, phone_without_javascript: Page
) -> None:
    page = phone_without_javascript
    sign_in(page, city["worker"])
    page.goto(f"/places/at/{city.community.code}/facilities/new/?kind=health")
    page.get_by_text("不用地图，直接写坐标").click()
    page.get_by_label("或者写坐标").fill("106.7051, 26.6452")
    page.get_by_label("叫什么").fill("金桥卫生站")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("金桥卫生站")
    assert Facility.objects.get().kind == kind("health")


def test_a_file_is_read_while_one_waits_and_the_page_goes_on_by_itself(
    city: World, desktop: Page, tmp_path: Path, screenshots: Path
) -> None:
    home(city)
    path = tmp_path / "quarter.osm"
    path.write_bytes(osm_xml())
    sign_in(desktop, city["worker"])
    desktop.goto(f"/places/at/{city.community.code}/imports/")
    looking.check(desktop)
    desktop.get_by_label("OSM 地图文件", exact=True).set_input_files(path)
    desktop.get_by_role("button", name="上传", exact=True).click()
    expect(desktop.get_by_text("排队中")).to_be_visible()
    looking.check(desktop)
    # In the worker's place; the page hears of it by itself.
    perform(jobs.take(at=city.now()))
    accept = desktop.get_by_role("button", name="启用路网，记下勾选的")
    expect(accept).to_be_visible()
    looking.check(desktop)
    desktop.screenshot(path=screenshots / "places-osm.png", full_page=True)
    accept.click()
    expect(desktop.get_by_text("路网已启用")).to_be_visible()
    network = Network.objects.get()
    desktop.goto(f"/places/networks/{network.pk}/")
    # Streets lie under the map.
    expect(desktop.locator(".leaflet-map-streets-pane canvas")).to_have_count(1)
    looking.check(desktop)
