"""Circles in a real browser: drawing a bridge by hand and by keyboard, without scripts."""

from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework.world import build as build_world
from tests.circles.town import Town, at, build, forget
from wugeyi.circles import actions
from wugeyi.circles.models import Circle, Scenario
from wugeyi.circles.rules.changes import Plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town() -> Town:
    forget()
    return build(build_world())


@pytest.fixture
def circle(town: Town) -> Circle:
    return town.circle()


def sign_in(page: Page) -> None:
    page.goto("/account/sign-in")
    page.fill("[name=username]", "worker")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button[type=submit]")
    expect(page.get_by_role("navigation", name="工作导航").first).to_be_attached()


def drawn(page: Page) -> None:
    """Wait until the map has its streets and homes."""
    page.locator("[data-map=circle]").first.scroll_into_view_if_needed()
    expect(page.locator("[data-map=circle]").first).to_have_attribute(
        "data-ready", "", timeout=60_000
    )


def spot(page: Page, lon: float, lat: float) -> tuple[float, float]:
    """Where a place lies on the screen: so far from the clinic's mark, by the scale."""
    marks = page.locator(".circle-mark")
    expect(marks.first).to_be_visible()
    mark = marks.first.bounding_box()
    assert mark is not None
    clinic = at(0, north=False)
    scale = float(
        page.evaluate(
            """() => {
                const line = document.querySelector('.leaflet-control-scale-line');
                const metres = line.textContent.endsWith('km')
                    ? parseFloat(line.textContent) * 1000
                    : parseFloat(line.textContent);
                return line.offsetWidth / metres;
            }"""
        )
    )
    x = mark["x"] + mark["width"] / 2 + (lon - clinic[0]) * 99_630 * scale
    y = mark["y"] + mark["height"] / 2 - (lat - clinic[1]) * 110_772 * scale
    return x, y


def walk(page: Page, x: float, y: float) -> None:
    """Take the cross to a place by arrow keys, ten pixels a step."""
    cross = page.locator(".circle-cross")
    expect(cross).to_be_visible()
    for _step in range(200):
        box = cross.bounding_box()
        assert box is not None
        right = x - box["x"] - box["width"] / 2
        down = y - box["y"] - box["height"] / 2
        if abs(right) > 6:
            page.keyboard.press("ArrowRight" if right > 0 else "ArrowLeft")
        elif abs(down) > 6:
            page.keyboard.press("ArrowDown" if down > 0 else "ArrowUp")
        else:
            return
    pytest.fail("the cross did not come there")


def test_a_planner_draws_a_bridge_and_sees_at_once_who_comes_inside(
    desktop, town, circle, screenshots
):
    sign_in(desktop)
    desktop.goto(f"/circles/{circle.pk}?kind=clinic")
    expect(desktop.locator("h1")).to_have_text("金桥生活圈")
    drawn(desktop)
    looking.check(desktop)
    desktop.get_by_role("link", name="试一试：加一座桥会怎样").click()
    expect(desktop.locator("h1")).to_have_text("试一试")
    drawn(desktop)
    desktop.get_by_role("button", name="画一座桥").click()
    expect(desktop.locator("[data-said]")).to_contain_text("点一头")
    for side in (True, False):
        desktop.mouse.click(*spot(desktop, *at(0, north=side)))
    expect(desktop.locator(".circle-number").first).to_have_text("+300")
    expect(desktop.locator("[data-said]")).to_contain_text("300 人新进圈")
    expect(desktop.locator(".circle-link").first).to_be_attached()
    looking.check(desktop)
    desktop.screenshot(path=screenshots / "circle-try.png", full_page=True)
    # Unticked, it is gone; the address goes with it.
    desktop.locator("#change-1").uncheck()
    expect(desktop.locator(".circle-how")).to_be_visible()
    assert "change=" not in desktop.url


def test_a_bridge_is_drawn_by_keyboard_and_kept(desktop, town, circle):
    sign_in(desktop)
    desktop.goto(f"/circles/{circle.pk}/try?kind=clinic")
    drawn(desktop)
    desktop.get_by_role("button", name="画一座桥").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-canvas]")).to_be_focused()
    desktop.keyboard.press("ArrowUp")
    walk(desktop, *spot(desktop, *at(0, north=True)))
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-said]")).to_contain_text("另一头")
    walk(desktop, *spot(desktop, *at(0, north=False)))
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#change-1")).to_be_checked()
    desktop.get_by_label("给这个方案起个名字").fill("键盘画的桥")
    desktop.get_by_role("button", name="存成方案").click()
    expect(desktop.locator("h1")).to_have_text("键盘画的桥")
    assert Scenario.objects.get().changes.get().link == "bridge"
    looking.check(desktop)


def test_escape_gives_the_map_back(desktop, town, circle):
    sign_in(desktop)
    desktop.goto(f"/circles/{circle.pk}/try?kind=clinic")
    drawn(desktop)
    button = desktop.get_by_role("button", name="画一座桥")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    desktop.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_be_focused()


def test_without_scripts_a_bridge_is_typed_and_taken_back(
    phone_without_javascript, town, circle
):
    phone = phone_without_javascript
    sign_in(phone)
    phone.goto(f"/circles/{circle.pk}/try?kind=clinic")
    phone.locator(".circle-typed summary").click()
    phone.select_option("#add", "bridge")
    phone.fill("#from", "北岸一号")
    phone.fill("#to", "南岸卫生站")
    phone.get_by_role("button", name="算一算").click()
    expect(phone.locator(".circle-number").first).to_have_text("+300")
    phone.locator("#change-1").uncheck()
    phone.get_by_role("button", name="按勾选的重算").click()
    expect(phone.locator(".circle-how")).to_be_visible()


def test_a_planner_on_a_phone_in_the_dark(phone, town, circle, screenshots):
    phone.emulate_media(color_scheme="dark")
    sign_in(phone)
    phone.goto(f"/circles/{circle.pk}?kind=clinic")
    expect(phone.locator("h1")).to_have_text("金桥生活圈")
    drawn(phone)
    looking.check(phone)
    phone.screenshot(path=screenshots / "circle-phone.png", full_page=True)
    phone.goto(f"/circles/{circle.pk}/homes")
    expect(phone.locator("h1")).to_contain_text("每一处住处")
    looking.check(phone)
    phone.goto(f"/circles/{circle.pk}/sites")
    expect(phone.locator("h1")).to_have_text("选址")
    looking.check(phone)
    phone.get_by_role("button", name="找最好的几处").click()
    expect(phone.locator("h1")).to_contain_text("加在哪里")
    looking.check(phone)


def test_scenarios_are_compared_on_a_phone(phone, town, circle):
    for name, x in (("零米处的桥", 0), ("一千米处的桥", 1000)):
        actions.save(
            circle=circle,
            client_id=uuid4(),
            plan=Plan(name, "", (town.bridge(x),)),
            on=timezone.localdate(),
            by=town.world["worker"],
            at=town.world.now(),
        )
    sign_in(phone)
    phone.goto(f"/circles/{circle.pk}/scenarios")
    expect(phone.locator("h1")).to_have_text("方案")
    looking.check(phone)
    phone.get_by_role("button", name="放在一起比").click()
    expect(phone.locator("h1")).to_have_text("比较方案")
    expect(phone.locator(".circle-beside article")).to_have_count(2)
    drawn(phone)
    looking.check(phone)
    # English words are longer.
    phone.goto("/health")
    phone.context.add_cookies(
        [{"name": "django_language", "value": "en", "url": phone.url}]
    )
    phone.goto(f"/circles/scenarios/{circle.scenarios.earliest('pk').pk}")
    expect(phone.locator(".circle-effects")).to_contain_text("Newly inside")
    looking.check(phone)


def test_a_resident_points_at_the_door(phone, town, circle, screenshots):
    actions.publish(circle=circle, by=town.world["worker"], at=town.world.now())
    phone.goto(f"/circles/around/{circle.code}")
    expect(phone.locator("h1")).to_have_text("金桥生活圈")
    drawn(phone)
    looking.check(phone)
    canvas = phone.locator("[data-canvas]")
    canvas.focus()
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-said]")).to_have_text("位置已选好。")
    lon, lat = at(1000, north=False)
    phone.locator("details.fold summary").click()
    phone.fill("#id_lon", f"{lon:.6f}")
    phone.fill("#id_lat", f"{lat:.6f}")
    phone.get_by_role("button", name="看看附近有什么").click()
    expect(phone.locator(".circle-near li").first).to_contain_text("13 分钟")
    drawn(phone)
    expect(phone.locator(".circle-mark").first).to_be_visible()
    looking.check(phone)
    phone.screenshot(path=screenshots / "circle-resident.png", full_page=True)
