"""Branch work on a phone: a case becomes a decision, a suggestion, a result."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import looking
from tests.casework.desk.test_browser import enter
from tests.casework.world import working
from wugeyi.branchwork.models import Decision, Suggestion

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_from_a_case_to_a_decision_and_its_outcome(phone, client, world) -> None:
    case = working(world)
    enter(phone, client, world["secretary"], reverse("desk:case", args=[case.pk]))
    phone.get_by_role("link", name="记一次议事").tap()
    expect(phone.locator("h1")).to_have_text("记一次议事")
    looking.check(phone)
    phone.get_by_label("议什么事").fill("巷口的路灯装几盏")
    phone.get_by_text("公共设施和工程").tap()
    phone.get_by_label("支部的意见").fill("先装三盏，学生走的那段优先")
    expect(phone.locator("input[name=case]")).to_be_checked()
    phone.get_by_role("button", name="记下").tap()
    expect(phone.locator("h1")).to_have_text("巷口的路灯装几盏")
    looking.check(phone)
    phone.get_by_role("link", name="这次会上提的建议").tap()
    phone.get_by_label("建议", exact=True).fill("装好以后请居民验收")
    phone.get_by_text("居民群众").tap()
    phone.get_by_role("button", name="记下").tap()
    phone.get_by_role("link", name="回到这次议事").tap()
    phone.get_by_role("link", name="记结果").tap()
    phone.get_by_label("后来怎样").fill("装了三盏，居民已验收")
    phone.get_by_role("button", name="记下").tap()
    expect(phone.locator("#notices")).to_contain_text("结果已记下")
    row = Decision.objects.get()
    assert row.outcome == "装了三盏，居民已验收"
    assert row.causes.get().case == case
    assert Suggestion.objects.get().decision == row
    phone.goto(reverse("branchwork:home"))
    expect(phone.locator("body")).to_contain_text("巷口的路灯装几盏")
    looking.check(phone)


def test_without_a_script(phone_without_javascript, client, world) -> None:
    page = phone_without_javascript
    case = working(world, text="三号楼电梯停了两天")
    enter(page, client, world["secretary"], reverse("branchwork:new-decision"))
    page.get_by_label("议什么事").fill("电梯的维修资金怎么用")
    page.get_by_text("居住环境").tap()
    page.get_by_role("searchbox", name="找诉求").fill("电梯")
    page.get_by_role("button", name="找").tap()
    page.get_by_text("三号楼电梯停了两天").tap()
    page.get_by_role("button", name="记下").tap()
    expect(page.locator("h1")).to_have_text("电梯的维修资金怎么用")
    assert Decision.objects.get().causes.get().case == case


def test_by_keyboard_alone(desktop, client, world) -> None:
    enter(desktop, client, world["secretary"], reverse("branchwork:new-decision"))
    expect(desktop.get_by_label("议什么事")).to_be_focused()
    desktop.keyboard.type("要不要加一趟垃圾车")
    for key in ("Tab", "Space", "Tab"):
        desktop.keyboard.press(key)
    desktop.keyboard.type("先加一个月")
    desktop.get_by_role("button", name="记下").press("Enter")
    expect(desktop.locator("h1")).to_have_text("要不要加一趟垃圾车")
    assert Decision.objects.get().opinion == "先加一个月"
