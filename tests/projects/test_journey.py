"""On a phone: from a case to its decision, a project, its result, and all the way back."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework.world import build, report
from tests.projects.laying import begin, decide
from wugeyi.accounts.models import User
from wugeyi.projects.actions import money, results, steps
from wugeyi.projects.models import Project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, person: User) -> None:
    """Sign in by cookie: the sign-in page has tests of its own."""
    client = Client()
    client.force_login(person)
    page.goto("/health")
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": page.url}])


def shot(page: Page, screenshots: Path, name: str) -> None:
    page.screenshot(path=screenshots / f"projects-{name}.png", full_page=True)


def test_the_chain_is_walked_both_ways(phone: Page, screenshots: Path) -> None:
    world = build()
    case = report(world, text="过河要绕十八分钟，老人买菜很不方便。")
    decision = decide(world, case)
    sign_in(phone, world["worker"])

    phone.goto(f"/branch/decisions/{decision.pk}/")
    shot(phone, screenshots, "decision")
    phone.get_by_role("link", name="登记项目").click()
    expect(phone.get_by_label("项目名称")).to_have_value("在河边修一座便民桥")
    looking.check(phone)
    shot(phone, screenshots, "new")
    phone.get_by_text("通道、桥、梯道", exact=True).click()
    phone.get_by_label("衡量什么").first.fill("过河步行时间")
    phone.get_by_label("单位").first.fill("分钟")
    phone.get_by_label("现在是多少").fill("18")
    phone.get_by_label("目标是多少").fill("5")
    phone.get_by_label("预算").fill("86万元")
    phone.get_by_role("button", name="登记", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("在河边修一座便民桥")
    project = Project.objects.get()
    assert (project.decision, project.target) == (decision, Decimal(5))

    phone.get_by_role("link", name="记一个结果").first.click()
    phone.get_by_label("现在是多少").fill("4")
    phone.get_by_label("谁测的").fill("社区网格员")
    looking.check(phone)
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("达到目标").first).to_be_visible()
    looking.check(phone)
    shot(phone, screenshots, "project")

    # Down the chain …
    phone.goto(f"/desk/cases/{case.pk}")
    looking.check(phone)
    panel = phone.locator(".chain-panel")
    panel.scroll_into_view_if_needed()
    shot(phone, screenshots, "case")
    panel.get_by_role("link", name="在河边修一座便民桥").first.click()
    expect(phone).to_have_url(
        f"{phone.url.split('/branch')[0]}/branch/decisions/{decision.pk}/"
    )
    phone.locator(".chain-panel").get_by_role("link", name="在河边修一座便民桥").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("在河边修一座便民桥")
    phone.locator(".chain").get_by_role("link", name="过河步行时间").click()
    assert phone.url.endswith(f"#result-{project.results.get().pk}")
    # … and back up.
    phone.locator(".chain").get_by_role("link", name="在河边修一座便民桥").click()
    phone.locator(".chain-panel").get_by_role("link", name="过河要绕").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("过河要绕十八分钟")


def test_a_company_on_a_wide_screen(desktop: Page, screenshots: Path) -> None:
    world = build()
    case = report(world)
    made = begin(
        world,
        kind="company",
        title="田园果蔬有限公司",
        decision=decide(world, case),
        budget_fen=225_000_000,
    )
    usual = {"project": made, "by": world["worker"]}
    for kind, name, fen, people in (
        ("collective", "金桥村股份经济合作社", 115_000_000, None),
        ("state", "甲县实业有限公司", 100_000_000, None),
        ("villagers", "村民", 10_000_000, 1),
    ):
        money.add_partner(
            gives=money.Contribution(
                kind=kind,
                name=name,
                contribution_fen=fen,
                paid_in_fen=fen,
                people=people,
                on=date(2026, 3, 1),
            ),
            at=world.now(),
            **usual,
        )
    money.add_money(
        kind="paid",
        purse=money.Purse("大棚", source="出资款"),
        amount_fen=12_345_67,
        on=date(2026, 3, 2),
        at=world.now(),
        **usual,
    )
    row = steps.plan_milestone(
        name="公司登记", due_on=date(2026, 2, 20), at=world.now(), **usual
    )
    steps.move_milestone(
        milestone=row,
        to=date(2026, 3, 5),
        reason="评估报告晚了",
        at=world.now(),
        **usual,
    )
    steps.finish_milestone(milestone=row, on=date(2026, 3, 4), at=world.now(), **usual)
    steps.plan_milestone(
        name="第一批蔬菜上市", due_on=date(2026, 3, 10), at=world.now(), **usual
    )
    steps.see_risk(
        kind="market",
        text="夏季菜价下跌",
        seen_on=date(2026, 3, 6),
        at=world.now(),
        **usual,
    )
    results.add_result(
        found=results.Measured(
            after=Decimal("7.5"),
            on=date(2026, 3, 15),
            method="counted",
            measured_by="村监委会",
        ),
        at=world.now(),
        **usual,
    )
    sign_in(desktop, world["worker"])
    desktop.goto(f"/projects/{made.pk}")
    expect(desktop.get_by_text("51.11%")).to_be_visible()
    expect(desktop.get_by_text("没有预算，已支付 12,345.67 元")).to_be_visible()
    looking.check(desktop)
    shot(desktop, screenshots, "company")
    desktop.goto("/projects/")
    expect(desktop.get_by_role("link", name="田园果蔬有限公司")).to_be_visible()
    looking.check(desktop)
    shot(desktop, screenshots, "list")
    desktop.goto("/projects/new")
    shot(desktop, screenshots, "new-wide")


def test_without_a_script_a_project_is_taken_down(
    phone_without_javascript: Page,
) -> None:
    page = phone_without_javascript
    sign_in(page, build()["worker"])
    page.goto("/projects/new?kind=line")
    page.get_by_label("项目名称").fill("早班菜农专线")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("早班菜农专线")
    assert Project.objects.get().organisation.name == "金桥社区"
