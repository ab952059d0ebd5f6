import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.audit.helpers import assert_no_event
from tests.casework.world import World, hire, plant
from tests.projects.laying import begin
from wugeyi.audit.models import AuditEvent
from wugeyi.figures.queries import Period, figure
from wugeyi.imports.models import Batch
from wugeyi.imports.tables import read_table
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role
from wugeyi.projects.models import Project
from wugeyi.projects.rules.importing import FORMS, columns_of, read_lines

TODAY = date(2026, 3, 18)
YEAR = Period.year(2024)


def workbook(*rows: tuple, merged: bool = False) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet()
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(line, place, cell)
            elif isinstance(cell, date):
                page.write_datetime(line, place, cell, dates)
            else:
                page.write(line, place, cell)
    if merged:
        page.merge_range(0, 0, 0, 1, "项目名称")
    book.close()
    return file.getvalue()


GRANTS = (
    ("2024 年科研立项一览表", "", "", "", "", ""),
    ("课题名称", "立项编号", "级别", "立项时间", "负责人", "经费（万元）"),
    ("卒中早期识别", "黔科合 2024-01", "省级", date(2024, 5, 6), "张三", 12.5),
    ("骨折康复路径", "筑科 2024-07", "市级", "2024年3月", "李四", "3万元"),
    ("骨折康复路径", "筑科2024-07", "市级", "2024年3月", "李四", 3),
    ("", "X1", "", "2024-01-01", "", ""),
    ("没有日期", "X2", "", "不详", "", ""),
)


@pytest.fixture
def hospital(world: World) -> Organisation:
    return plant("测试医院", "hospital", "9901-H", world.city)


@pytest.fixture
def office(hospital: Organisation) -> Client:
    client = Client()
    client.force_login(hire("office", Role.DEPARTMENT, hospital))
    return client


def send(client: Client, content: bytes, sort: str = "grants", **more):
    unit = Organisation.objects.get(code=more.pop("unit", "9901-H"))
    file = SimpleUploadedFile("清单.xlsx", content)
    return client.post(
        reverse("projects:import", args=[sort]), {"file": file, "unit": unit.pk}
    )


def codes(content: bytes, sort: str = "grants") -> list[str]:
    table = read_table(content)
    form = FORMS[sort]
    columns = columns_of(form, table.header)
    _lines, found = read_lines(form, table, columns, today=TODAY)
    return [each.code for each in found]


def test_a_list_as_an_office_keeps_it(office: Client, hospital) -> None:
    sent = send(office, workbook(*GRANTS))
    batch = Batch.objects.get()
    assert sent.headers["Location"] == reverse("projects:batch", args=[batch.pk])
    page = office.get(sent.headers["Location"]).content.decode()
    assert "确认后将登记 2 个项目" in page
    assert "这里不收个人信息" in page
    assert "张三" not in page
    assert not Project.objects.exists()
    office.post(sent.headers["Location"], {"act": "accept"})
    made = {row.number: row for row in Project.objects.all()}
    assert set(made) == {"黔科合 2024-01", "筑科 2024-07"}
    grant = made["黔科合 2024-01"]
    assert (grant.kind, grant.level, grant.started_on) == (
        "research",
        "provincial",
        date(2024, 5, 6),
    )
    assert grant.accounts.get().lines.get().amount_fen == 12_500_000
    assert made["筑科 2024-07"].accounts.get().lines.get().amount_fen == 3_000_000
    assert figure("grants", hospital, YEAR).value == 2
    batch.refresh_from_db()
    # Names of people were in the file: it is not kept.
    assert (batch.status, bytes(batch.content)) == ("accepted", b"")
    events = AuditEvent.objects.filter(action__startswith="projects.")
    assert not any("张三" in event.after for event in events)


def test_the_same_list_again_adds_nothing(office: Client) -> None:
    for _time in range(2):
        there = send(office, workbook(*GRANTS)).headers["Location"]
        answer = office.post(there, {"act": "accept"})
    assert Project.objects.count() == 2
    assert answer.status_code == 200
    page = office.get(there).content.decode()
    assert "2 个已经有了" in page
    # A file that was taken over cannot be taken over again.
    first = Batch.objects.order_by("pk")[0]
    with assert_no_event():
        office.post(reverse("projects:batch", args=[first.pk]), {"act": "accept"})
    assert Project.objects.count() == 2


def test_what_was_typed_before_is_found(office: Client, hospital, world: World) -> None:
    begin(
        world,
        organisation=hospital,
        kind="technology",
        title="经导管瓣膜置换",
        started_on=date(2024, 2, 1),
    )
    rows = (("技术名称", "开展日期"), ("经导管瓣膜置换", "2024.2.1"))
    there = send(office, workbook(*rows), "technologies").headers["Location"]
    assert "系统里已经有了" in office.get(there).content.decode()


def test_wards_are_found_by_name_and_never_outside(office: Client, hospital) -> None:
    plant("神经内科党支部", "branch", "9901-H-1", hospital)
    rows = (
        ("技术名称", "科室", "开展日期"),
        ("取栓", "神经内科", "2024-02-01"),
        ("取栓二", "金桥社区", "2024-02-01"),
    )
    there = send(office, workbook(*rows), "technologies").headers["Location"]
    assert "找不到单位“金桥社区”" in office.get(there).content.decode()
    office.post(there, {"act": "accept"})
    assert Project.objects.get().organisation.code == "9901-H-1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"PK\x03\x04 not a zip", "不是表格文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Excel"),
        (workbook(("课题名称", "立项日期")), "只有表头"),
        (b"\x00\x01\x02\x03", "不是表格文件"),
    ],
)
def test_files_that_are_no_list(office: Client, content: bytes, said: str) -> None:
    answer = send(office, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_list_without_its_columns_says_which(office: Client) -> None:
    rows = (("甲", "乙"), ("x", "y"))
    there = send(office, workbook(*rows)).headers["Location"]
    page = office.get(there).content.decode()
    assert "找不到“项目名称”这一列" in page
    office.post(there, {"act": "accept"})
    assert not Project.objects.exists()
    # The columns can be named by hand.
    rows = (("甲", "乙"), ("卒中研究", "2024-05-06"))
    there = send(office, workbook(*rows)).headers["Location"]
    office.post(there, {"act": "accept", "title": "0", "day": "1"})
    assert Project.objects.get().title == "卒中研究"


def test_what_is_wrong_with_rows_is_told() -> None:
    head = ("项目名称", "类别", "开始日期", "状态", "原因", "完成日期", "预算（元）")
    assert codes(
        workbook(
            head,
            ("=CMD()", "桥", "2024-01-01", "", "", "", ""),
            ("甲", "桥", "2030-01-01", "", "", "", ""),
            ("乙", "怪", "2024-01-01", "怪", "", "", "abc"),
            ("丙", "种植", "2024-01-01", "失败", "", "", ""),
            ("丁", "种植", "2024-01-01", "", "", "2023-01-01", ""),
        ),
        "projects",
    ) == [
        "formula",
        "future",
        "unknown_kind",
        "no_money",
        "unknown_state",
        "no_reason",
        "ends_before",
    ]


def test_too_many_rows_are_refused_as_a_whole() -> None:
    rows = [(f"项目{n}", "2024-01-01") for n in range(2_001)]
    found = codes(workbook(("项目名称", "开始日期"), *rows), "projects")
    assert found == ["too_many_rows"]


def test_failed_projects_come_in_as_failed(world: World) -> None:
    client = Client()
    client.force_login(world["worker"])
    rows = (
        ("项目名称", "类型", "开始日期", "状态", "原因", "总投资(万元)"),
        ("百亩蔬菜", "种植", "2024-03-01", "失败", "连续三年绝收", 30),
    )
    unit = world.community.code
    there = send(client, workbook(*rows), "projects", unit=unit).headers["Location"]
    client.post(there, {"act": "accept"})
    made = Project.objects.get()
    assert (made.kind, made.state, made.state_reason) == (
        "farming",
        "failed",
        "连续三年绝收",
    )


@pytest.mark.parametrize("sort", FORMS)
def test_a_blank_table_reads_back(office: Client, sort: str) -> None:
    content = office.get(reverse("projects:blank", args=[sort])).content
    table = read_table(content)
    assert [each.code for each in table.findings] == ["only_header"]
    found = columns_of(FORMS[sort], table.header)
    assert set(found) == set(FORMS[sort].columns)
