import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.casework.world import answered, report, working
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions import handling
from wugeyi.casework.queries import exports
from wugeyi.imports.tables import read_table
from wugeyi.organisations.models import Installation

pytestmark = pytest.mark.django_db


def rows_of(response) -> list[list[str]]:
    text = b"".join(response).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:])))


def test_csv_holds_the_filtered_list_and_nobodys_identity(client, world) -> None:
    wanted = report(world, text="井盖坏了，我电话13912345678")
    report(world, text="路灯不亮")
    client.force_login(world["worker"])
    rows = rows_of(client.get(reverse("desk:export-csv"), {"text": "井盖"}))
    assert rows[0][0] == "诉求编号"
    assert [row[0] for row in rows[1:]] == [wanted.number]
    everything = str(rows)
    for personal in ("13800138000", "张三", "13912345678", wanted.receipt):
        assert personal not in everything
    event = AuditEvent.objects.get(action="casework.export")
    assert '"rows":1' in event.after


def test_xlsx_reads_back(client, world) -> None:
    case = report(world)
    client.force_login(world["dispatcher"])
    response = client.get(reverse("desk:export-xlsx"), {"tab": "area"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "诉求编号"
    assert rows[1][0] == case.number


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1"])
def test_nothing_is_left_for_a_spreadsheet_to_compute(text) -> None:
    assert exports.cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-3.5", "路灯", "", "a=b"])
def test_plain_cells_stay_plain(text) -> None:
    assert exports.cell(text) == text


@pytest.mark.parametrize("name", ["export-csv", "export-xlsx"])
def test_exports_of_a_demo_say_so(client, world, name) -> None:
    Installation.objects.update(demo=True)
    report(world)
    client.force_login(world["worker"])
    response = client.get(reverse(f"desk:{name}"))
    table = read_table(b"".join(response))
    assert any(f.value == "演示数据(虚构)" for f in table.findings)
    assert "%E6%BC%94%E7%A4%BA" in response["Content-Disposition"]


def test_an_export_reaches_no_further_than_the_desk(client, world) -> None:
    report(world)
    client.force_login(world["neighbour"])
    assert len(rows_of(client.get(reverse("desk:export-csv")))) == 1
    client.force_login(world["administrator"])
    assert client.get(reverse("desk:export-csv")).status_code == 403


def test_a_bounded_export_says_that_there_is_more(client, world, monkeypatch) -> None:
    monkeypatch.setattr(exports, "MOST", 1)
    report(world)
    report(world)
    client.force_login(world["worker"])
    rows = rows_of(client.get(reverse("desk:export-csv")))
    assert len(rows) == 3
    assert "最多导出 1 件" in rows[2][0]


def bulk(client, act, *cases, **values):
    picks = [f"{case.pk}:{case.version}" for case in cases]
    return client.post(reverse("desk:bulk"), {"act": act, "pick": picks, **values})


def test_bulk_tells_what_worked_and_what_not_and_why(client, world) -> None:
    good = report(world)
    stale = report(world)
    handling.accept(case=stale, by=world["worker"], at=world.now())
    gone = report(world)
    handling.assign(
        case=gone,
        to=world.department,
        reason="路灯",
        by=world["dispatcher"],
        at=world.now(),
    )
    foreign = report(world, place=world.neighbour)
    client.force_login(world["worker"])
    response = bulk(client, "accept", good, stale, gone, foreign)
    assert [case.pk for case in response.context["done"]] == [good.pk]
    why = {each.key: each.why for each in response.context["failed"]}
    assert "新的变化" in why[stale.pk]
    assert "甲县城管局" in why[gone.pk]
    assert "转走" in why[foreign.pk]
    good.refresh_from_db()
    assert good.worker == world["worker"]
    foreign.refresh_from_db()
    assert foreign.state == "assigned"


def test_bulk_transfer_asks_to_whom_first(client, world) -> None:
    first, second = report(world), working(world)
    client.force_login(world["dispatcher"])
    page = bulk(client, "assign", first, second)
    assert page.status_code == 200
    assert len(page.context["cases"]) == 2
    wrong = bulk(client, "assign", first, second, to="", reason="")
    assert wrong.status_code == 422
    response = bulk(
        client, "assign", first, second, to=world.department.code, reason="由城管局办"
    )
    assert len(response.context["done"]) == 2
    first.refresh_from_db()
    assert first.handler == world.department


def test_bulk_with_mangled_picks_goes_back_to_the_list(client, world) -> None:
    client.force_login(world["worker"])
    response = client.post(
        reverse("desk:bulk"), {"act": "accept", "pick": ["x", "1:y", "1"]}
    )
    assert response.status_code == 302


def test_picked_rows_are_exported(client, world) -> None:
    wanted, _other = report(world), answered(world)
    client.force_login(world["worker"])
    assert len(rows_of(bulk(client, "export", wanted))) == 2
