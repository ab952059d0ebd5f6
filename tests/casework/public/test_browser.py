"""What a resident does with a phone, with and without scripts, and axe on every page."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework import world as acts
from tests.casework.public.test_near import square
from tests.casework.world import World, build
from wugeyi.casework.actions import handling, publishing
from wugeyi.casework.models import Case
from wugeyi.organisations.actions.areas import set_area
from wugeyi.organisations.rules.naming import words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LON, LAT = 106.63, 26.65


@pytest.fixture
def city(transactional_db) -> World:
    world = build()
    for unit in (world.county, world.town, world.community, world.neighbour):
        unit.search = words(unit.name, unit.code)
        unit.save(update_fields=["search"])
    for unit, side in ((world.county, 0.1), (world.community, 0.04)):
        set_area(
            organisation=unit,
            shape=square(106.61, 26.63, side),
            by=None,
            at=world.now(),
        )
    return world


def photo() -> dict:
    file = io.BytesIO()
    Image.new("RGB", (1200, 900), (90, 120, 60)).save(file, "JPEG")
    return {"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def code_on(page: Page) -> str:
    return page.locator(".receipt-code").inner_text()


def work_on(world: World, case: Case) -> None:
    """Staff take it up and answer."""
    case = handling.accept(case=case, by=world["worker"], at=world.now())
    handling.answer(case=case, text="灯泡已换", by=world["worker"], at=world.now())


def test_from_a_report_with_photo_and_pin_to_reopening(phone: Page, city: World):
    phone.goto("/")
    phone.get_by_role("main").get_by_role("link", name="我要反映").click()
    phone.get_by_label("出了什么事").fill("单元门口的路灯坏了三天")
    expect(phone.locator("#hints")).to_contain_text("路灯")
    assert looking.overhang(phone) == 0
    phone.get_by_role("button", name="下一步").click()

    canvas = phone.locator("[data-canvas].leaflet-container")
    expect(canvas).to_be_visible()
    canvas.click(position={"x": 60, "y": 250})
    expect(phone.locator("#id_lon")).to_have_value(re.compile(r"106\.\d+"))
    expect(phone.locator("#hints")).to_contain_text("这个点在")
    phone.get_by_label("具体位置").fill("菜场东门对面")
    assert looking.overhang(phone) == 0
    phone.get_by_role("button", name="下一步").click()

    phone.locator("#id_photos").set_input_files([photo()])
    expect(phone.locator(".photo-list img")).to_have_count(1)
    assert looking.overhang(phone) == 0
    phone.get_by_role("button", name="提交").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("收到了")
    assert "?" not in phone.url
    assert looking.overhang(phone) == 0
    code = code_on(phone)
    case = Case.objects.get()
    assert case.photos.count() == 1
    assert case.lon is not None
    assert case.spot == "菜场东门对面"
    assert phone.evaluate("sessionStorage.getItem('draft:report')") is None

    case.place = city.community
    case.handler = city.community
    case.save(update_fields=["place", "handler"])
    work_on(city, case)
    phone.context.clear_cookies()
    phone.goto("/follow")
    phone.get_by_label("查询码").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="查", exact=True).click()
    expect(phone.get_by_text("灯泡已换")).to_be_visible()
    assert looking.overhang(phone) == 0
    phone.get_by_label("没有解决，请重新办理").check()
    phone.get_by_label("不满意").check()
    phone.get_by_label("想说的话").fill("还是不亮")
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator(".timeline")).to_contain_text("重新办理")
    case.refresh_from_db()
    assert (case.state, case.reopened, case.satisfaction) == ("working", 1, "no")


def test_the_same_without_scripts(phone_without_javascript: Page, city: World):
    page = phone_without_javascript
    page.goto("/report")
    page.get_by_label("出了什么事").fill("单元门口的路灯坏了三天")
    page.get_by_label("哪个社区或村").fill("桥社区")
    page.get_by_role("button", name="查找").click()
    page.get_by_label("金桥社区").check()
    page.locator("#id_photos").set_input_files([photo()])
    assert looking.overhang(page) == 0
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("收到了")
    code = code_on(page)
    case = Case.objects.get()
    assert (case.place, case.photos.count()) == (city.community, 1)
    case.handler = city.community
    case.save(update_fields=["handler"])
    work_on(city, case)
    page.goto("/follow")
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查", exact=True).click()
    page.get_by_label("没有解决，请重新办理").check()
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".timeline")).to_contain_text("重新办理")
    case.refresh_from_db()
    assert (case.state, case.reopened) == ("working", 1)


def test_danger_shows_the_numbers_while_typing(phone: Page, city: World):
    phone.goto("/report")
    phone.get_by_label("出了什么事").fill("厨房着火了")
    expect(phone.locator("#hints").get_by_role("link", name="119")).to_be_visible()


def test_similar_cases_are_offered_while_reporting(phone: Page, city: World):
    main = acts.report(
        city, category=acts.category("street-light"), lon=LON, lat=LAT, text="路灯坏了"
    )
    phone.goto("/report")
    phone.get_by_label("出了什么事").fill("路灯坏了三天")
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_text("我知道经纬度").click()
    phone.locator("#id_lon").fill(str(LON))
    phone.locator("#id_lat").fill(str(LAT))
    phone.locator("#id_lat").blur()
    offer = phone.get_by_label(re.compile("我也遇到"))
    expect(offer).to_be_visible()
    offer.check()
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("一起办")
    assert Case.objects.get(merged_into=main)


def test_a_draft_survives_a_reload_and_errors_open_their_step(phone: Page, city: World):
    phone.goto("/report")
    phone.get_by_label("出了什么事").fill("井盖丢了")
    phone.wait_for_timeout(600)
    phone.reload()
    expect(phone.get_by_label("出了什么事")).to_have_value("井盖丢了")
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("请在地图上点一下").first).to_be_visible()
    expect(phone.get_by_label("哪个社区或村")).to_be_visible()
    expect(phone.get_by_label("出了什么事")).to_be_hidden()


def test_a_scanned_code_opens_the_case_and_leaves_the_address(phone: Page, city: World):
    case = acts.report(city)
    phone.goto(f"/follow#{case.receipt}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("办理经过")
    assert case.receipt not in phone.url


def prepared(world: World) -> Case:
    case = acts.resolved(world)
    publishing.publish(
        case=case, public_text="垃圾两天没清", by=world["worker"], at=world.now()
    )
    for _ in range(3):
        acts.report(world)
    return acts.answered(world)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_public_page(phone: Page, city: World, theme: str):
    case = prepared(city)
    phone.emulate_media(color_scheme=theme)
    # In the dark the same pages have other colours.
    asked = {"light": looking.ALL, "dark": looking.ONLY_CONTRAST}[theme]
    faults = []

    def look(name: str) -> None:
        faults.extend((name, each) for each in looking.violations(phone, asked))
        if looking.overhang(phone):
            faults.append((name, "too wide"))

    for address in (
        "/",
        "/report",
        "/follow",
        "/public",
        f"/public/{city.community.code}",
        "/community?q=桥",
        "/privacy",
        "/about",
    ):
        phone.goto(address)
        look(address)
    phone.goto("/report")
    phone.get_by_label("出了什么事").fill("厨房着火了")
    expect(phone.locator("#hints .emergency")).to_be_visible()
    look("danger")
    phone.get_by_role("button", name="下一步").click()
    expect(phone.locator(".leaflet-container")).to_be_visible()
    phone.get_by_label("哪个社区或村").press_sequentially("桥社区")
    expect(phone.get_by_label("金桥社区")).to_be_visible()
    look("place")
    phone.get_by_role("button", name="下一步").click()
    look("photos")
    phone.goto(f"/follow#{case.receipt}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("办理经过")
    look("case")
    phone.goto(f"/receipt/{case.pk}")
    look("receipt")
    phone.goto(f"/follow/{case.pk}")
    phone.get_by_role("button", name="删除我提供的全部内容").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("删除")
    look("confirm")
    assert not faults
