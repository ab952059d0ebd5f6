"""A form comes in: uploaded, filled by the system, confirmed, answered, exported."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework.world import build
from tests.reports.forms import hotline
from tests.reports.stage import Stage
from wugeyi.reports.models import Filling, Known, Learned

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, live_server, person) -> None:
    client = Client()
    client.force_login(person)
    page.goto(live_server.url + "/health")
    value = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": value, "url": live_server.url}]
    )


def test_from_upload_to_export(
    desktop: Page, live_server, tmp_path: Path, screenshots: Path
) -> None:
    world = build()
    stage = Stage(world)
    stage.cases(12)
    stage.form(name="旧月报", basis="")
    sign_in(desktop, live_server, world["town_worker"])
    file = tmp_path / "月报表.xlsx"
    file.write_bytes(hotline.hotline(hotline.FIRST).content())

    desktop.goto("/reports/")
    expect(desktop.get_by_text("没有依据")).to_be_visible()
    desktop.get_by_role("link", name="来了一张表").click()
    desktop.set_input_files("input[type=file]", str(file))
    desktop.get_by_label("表名").fill("12345办理情况月报表")
    desktop.get_by_label("谁要").fill("市政务服务中心")
    desktop.get_by_label("依据文件").fill("《市12345热线管理办法》")
    desktop.get_by_label("谁批准").fill("市减负办")
    desktop.get_by_role("button", name="登记").click()
    expect(desktop.get_by_text("系统里已有")).to_be_visible()
    desktop.screenshot(path=screenshots / "reports-form.png", full_page=True)

    desktop.get_by_label("哪一年").fill("2026")
    desktop.get_by_label("哪一段").select_option("m3")
    desktop.get_by_role("button", name="先让系统填").click()
    expect(desktop.get_by_role("heading", name="要您确认")).to_be_visible()
    desktop.screenshot(path=screenshots / "reports-filling.png", full_page=True)
    assert looking.violations(desktop) == []
    received = desktop.locator("li", has_text="受理数").filter(has_text="共").first
    received.get_by_role("button", name="确认").click()
    expect(desktop.get_by_text("记住了")).to_be_visible()
    assert Learned.objects.get().code == "cases"

    desktop.get_by_label("来电总量").first.fill("31")
    desktop.get_by_role("button", name="保存填好的").click()
    expect(desktop.get_by_text("填好了 1 格")).to_be_visible()
    assert Known.objects.get().value == "31"

    desktop.get_by_role("button", name="核对好了，定稿").click()
    with desktop.expect_download() as download:
        desktop.get_by_role("link", name="导出 Excel").click()
    filled = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert filled.worksheets[0]["C6"].value == 12
    assert filled.worksheets[0]["F6"].value == 31
    assert "来源" in filled.sheetnames
    desktop.set_viewport_size({"width": 360, "height": 740})
    desktop.screenshot(path=screenshots / "reports-phone.png", full_page=True)
    assert looking.overhang(desktop) == 0
    desktop.goto("/reports/")
    desktop.screenshot(path=screenshots / "reports-list-phone.png", full_page=True)
    assert looking.overhang(desktop) == 0
    assert Filling.objects.get().cells_hand == 1
