"""The desk as people use it: by keyboard alone, on a phone, and read aloud."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework.desk.test_pages import busy
from tests.casework.world import answered, report, working
from wugeyi.casework.models import Case
from wugeyi.organisations.models import Organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def enter(page: Page, client, user, address: str) -> None:
    """Sign in by cookie: the sign-in page has tests of its own."""
    client.force_login(user)
    page.goto("/health")
    page.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": client.cookies["sessionid"].value,
                "url": page.url,
            }
        ]
    )
    page.goto(address)


def press(page: Page, *keys: str) -> None:
    # A key pressed before the page's script listens is heard by nobody.
    looking.settled(page)
    for key in keys:
        page.keyboard.press(key)


def test_a_day_by_keyboard_alone(desktop, client, world) -> None:
    first = report(world, text="三号楼垃圾没清运", urgency="urgent")
    second = report(world, text="五号楼垃圾没清运", urgency="complex")
    enter(desktop, client, world["worker"], reverse("desk:list"))
    press(desktop, "j")
    expect(desktop.locator("[data-row].current")).to_contain_text("三号楼")
    press(desktop, "j", "k", "x")
    expect(desktop.locator("[data-selected-count]")).to_have_text("1")
    press(desktop, "x", "Enter")
    expect(desktop).to_have_url(re.compile(reverse("desk:case", args=[first.pk])))
    # a accepts at once, r opens the answer, j goes on to the next of the list.
    press(desktop, "a")
    expect(desktop.locator("#notices")).to_contain_text("已签收")
    press(desktop, "r")
    desktop.locator("textarea[name=text]").wait_for()
    desktop.locator("textarea[name=text]").focus()
    desktop.keyboard.type("已经清运，加了一趟车。")
    press(desktop, "Tab", "Tab", "Enter")
    expect(desktop.locator("#notices")).to_contain_text("已答复")
    press(desktop, "u")
    expect(desktop).to_have_url(re.compile(f"{reverse('desk:list')}($|\\?)"))
    expect(desktop.locator("[data-row]")).to_have_count(1)
    assert Case.objects.get(pk=first.pk).state == "answered"
    assert Case.objects.get(pk=second.pk).state == "assigned"


def test_taking_calls_one_after_another_by_keyboard(desktop, client, world) -> None:
    enter(desktop, client, world["worker"], reverse("desk:new"))
    for words in ("单元门口垃圾堆了三天", "楼道灯不亮"):
        expect(desktop.locator("textarea[name=text]")).to_be_focused()
        desktop.keyboard.type(words)
        desktop.locator("textarea[name=text]").press("Tab")
        desktop.get_by_role("button", name="登记").press("Enter")
        # What was filled in is looked at, then registered.
        expect(desktop.locator(".notice")).to_contain_text("请核对")
        desktop.get_by_role("button", name="登记").press("Enter")
        expect(desktop.locator(".receipt-code")).to_be_visible()
        desktop.get_by_role("link", name="再登一件").press("Enter")
    assert Case.objects.filter(channel="phone").count() == 2


def test_answering_on_a_phone(phone, client, world) -> None:
    case = working(world)
    enter(phone, client, world["worker"], reverse("desk:list"))
    phone.locator("[data-open]").first.tap()
    phone.get_by_role("link", name="答复", exact=True).tap()
    phone.locator("textarea[name=text]").fill("已清运")
    phone.get_by_role("button", name="提交答复").tap()
    expect(phone.locator("#notices")).to_contain_text("已答复")
    assert Case.objects.get(pk=case.pk).state == "answered"


def test_a_step_without_javascript(phone_without_javascript, client, world) -> None:
    page = phone_without_javascript
    case = report(world)
    enter(page, client, world["dispatcher"], reverse("desk:case", args=[case.pk]))
    page.get_by_role("link", name="派单或转办").tap()
    page.locator("textarea[name=reason]").fill("路灯归城管")
    page.locator("input[name=to]").fill("社区")
    page.get_by_role("button", name="派给这个单位").tap()
    expect(page.locator("body")).to_contain_text("请在下面选一个")
    page.get_by_text("东街街道 / 银桥社区").tap()
    page.get_by_role("button", name="派给这个单位").tap()
    expect(page.locator("body")).to_contain_text("已派出")
    assert Case.objects.get(pk=case.pk).handler == world.neighbour


PAGES = (
    "list",
    "new",
    "map",
    "supervision",
    "today",
    "replies",
    "hotline",
    "tables-categories",
    "tables-duties",
    "tables-deadlines",
    "tables-days",
    "tables-retention",
)
STEPS = ("assign", "contact", "update", "reclassify", "merge", "split", "publish")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_reads_aloud_and_fits(request, client, world, size) -> None:
    page: Page = request.getfixturevalue(size)
    case = busy(world)
    done = answered(world)
    report(world, lon=106.7, lat=26.6)
    enter(page, client, world["dispatcher"], reverse("desk:list"))
    addresses = [reverse(f"desk:{name}") for name in PAGES]
    addresses += [reverse(f"desk:{name}", args=[case.pk]) for name in ("case", "print")]
    addresses += [reverse("desk:step", args=[case.pk, slug]) for slug in STEPS]
    addresses.append(reverse("desk:step", args=[done.pk, "callback"]))
    addresses.append(reverse("desk:list") + "?tab=area")
    for address in addresses:
        page.goto(address)
        looking.check(page)


def test_a_case_prints_on_one_sheet(desktop, client, world) -> None:
    case = busy(world)
    enter(desktop, client, world["worker"], reverse("desk:print", args=[case.pk]))
    desktop.emulate_media(media="print")
    expect(desktop.locator(".rail")).to_be_hidden()
    expect(desktop.locator(".sheet")).to_contain_text(case.number)
    assert "张三" not in desktop.locator("body").inner_text()
    pdf = desktop.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_units_are_suggested_while_typing(desktop, client, world) -> None:
    case = report(world)
    assert Organisation.objects.filter(name="银桥社区").exists()
    address = reverse("desk:step", args=[case.pk, "assign"])
    enter(desktop, client, world["dispatcher"], address)
    desktop.locator("input[name=to]").press_sequentially("银桥")
    option = desktop.locator("datalist option")
    expect(option).to_have_count(1)
    assert option.get_attribute("value") == f"银桥社区 {world.neighbour.code}"
