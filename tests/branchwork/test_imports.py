"""Lists people keep: previewed with findings, written once, whatever is wrong with the file."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.audit.helpers import assert_one_event
from tests.casework.world import hire, plant
from wugeyi.branchwork.actions.imports import accept
from wugeyi.branchwork.models import (
    Decision,
    SecretaryTerm,
    Suggestion,
    Training,
    VanguardPost,
)
from wugeyi.branchwork.queries.lists import plan
from wugeyi.branchwork.rules.lists import LISTS, aliases, lines
from wugeyi.figures.queries import Period, figures
from wugeyi.imports.models import Batch
from wugeyi.imports.rules import guess_columns
from wugeyi.imports.tables import read_table
from wugeyi.organisations.rules import Role

POSTS = (
    "岗位名称,岗位类型,设立日期\n导诊台,先锋岗,2025-3-1\n急诊窗口,示范岗,2025年4月\n"
)
MODELS = {
    "posts": VanguardPost,
    "trainings": Training,
    "decisions": Decision,
    "suggestions": Suggestion,
    "terms": SecretaryTerm,
}
GOOD = {
    "posts": POSTS,
    "trainings": "时间,培训内容,书记人次,外出\n2025/5/6,示范班,3,是\n",
    "decisions": (
        "议题类别,议题,日期,意见,是否采纳,结果\n"
        "公共设施和工程,装路灯,2025.3.1,先装三盏,部分采纳,装了两盏\n"
    ),
    "suggestions": "内容,日期,来源,状态,办理结果\n早点开门,2025-3-1,群众,已落实,提前了\n",
    "terms": "姓名,任职时间,职称,双带头人,科室类别\n王一,2024-6-1,主任医师,是,临床\n",
}


@pytest.fixture
def secretary(client, world):
    client.force_login(world["secretary"])
    return client


def workbook(rows: list[list[object]], *, merge: str = "") -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    if merge:
        page.merge_range(merge, rows[0][0])
    book.close()
    return held.getvalue()


def upload(client, world, kind: str, content: bytes | str, name: str = "表.csv"):
    raw = content.encode() if isinstance(content, str) else content
    data = {
        "kind": kind,
        "organisation": world.community.pk,
        "file": SimpleUploadedFile(name, raw),
    }
    return client.post(reverse("branchwork:imports"), data)


def columns(kind: str, content: str) -> dict[str, str]:
    """The columns as the page guessed them, sent back unchanged."""
    table = read_table(content.encode())
    guessed = guess_columns(table.header, aliases(kind))
    return {name: str(place) for name, place in guessed.items()}


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_list_is_previewed_then_written_exactly_once(secretary, world, kind) -> None:
    content = GOOD[kind]
    rows = content.count("\n") - 1
    answer = upload(secretary, world, kind, content)
    assert answer.status_code == 302
    page = answer.headers["Location"]
    preview = secretary.get(page).content.decode()
    assert f"写入这 {rows} 条" in preview
    assert not MODELS[kind].objects.exists()
    send = columns(kind, content) | {"act": "accept"}
    with assert_one_event("branchwork.import_list"):
        secretary.post(page, send)
    assert MODELS[kind].objects.count() == rows
    row = MODELS[kind].objects.first()
    assert row.organisation == world.community
    assert "表.csv" in secretary.get(row.get_absolute_url()).content.decode()
    # The same page again, the same file again, the same rows in another file: nothing.
    secretary.post(page, send)
    for again in (content, content + "\n"):
        other = upload(secretary, world, kind, again).headers["Location"]
        shown = secretary.get(other).content.decode()
        assert "以前已经录过" in shown
        assert "写入这" not in shown
        secretary.post(other, send)
    assert (
        "同一个文件已经导入过"
        in secretary.get(
            upload(secretary, world, kind, content).headers["Location"]
        ).content.decode()
    )
    assert MODELS[kind].objects.count() == rows


def test_what_is_imported_is_counted(secretary, world) -> None:
    page = upload(secretary, world, "posts", POSTS).headers["Location"]
    secretary.post(page, columns("posts", POSTS) | {"act": "accept"})
    codes = ["vanguard_posts", "demonstration_posts"]
    found = figures(codes, world.city, Period.month(2026, 1))
    assert [found[code].value for code in codes] == [1, 1]


def test_rows_that_are_wrong_stay_out_and_say_how_to_mend(secretary, world) -> None:
    content = (
        "岗位名称,岗位类型,设立日期,支部\n"
        "导诊台,先锋岗,2025-3-1,金桥社区\n"
        "护士站,标兵岗,2025-3-1,\n"
        "药房,先锋岗,昨天,\n"
        "别处,先锋岗,2025-3-1,银桥社区\n"
    )
    page = upload(secretary, world, "posts", content).headers["Location"]
    shown = secretary.get(page).content.decode()
    for said in (
        "第 3 行",
        "标兵岗",
        "党员先锋岗、党员示范岗",
        "第 4 行",
        "2024-3-5",
        "“银桥社区”不是您范围里的一个单位",
        "写入这 1 条",
    ):
        assert said in shown
    secretary.post(page, columns("posts", content) | {"act": "accept"})
    assert [row.name for row in VanguardPost.objects.all()] == ["导诊台"]


def test_names_that_repeat_are_asked_by_code(client, world) -> None:
    hospital = plant("县医院", "hospital", "990101-h", world.county)
    first = plant("内科党支部", "branch", "990101-h-1", hospital)
    plant("内科党支部", "branch", "990101-h-2", hospital)
    client.force_login(hire("head", Role.SECRETARY, hospital))
    content = (
        "岗位名称,岗位类型,设立日期,支部\n"
        "导诊台,先锋岗,2025-3-1,内科党支部\n"
        f"药房,先锋岗,2025-3-1,{first.code}\n"
    )
    data = {
        "kind": "posts",
        "organisation": hospital.pk,
        "file": SimpleUploadedFile("a.csv", content.encode()),
    }
    page = client.post(reverse("branchwork:imports"), data).headers["Location"]
    assert "请改写成单位代码" in client.get(page).content.decode()
    client.post(page, columns("posts", content) | {"act": "accept"})
    assert VanguardPost.objects.get().organisation == first


def test_a_column_that_was_not_recognised_is_chosen(secretary, world) -> None:
    content = "牌子,哪种,哪天\n导诊台,先锋岗,2025-3-1\n"
    page = upload(secretary, world, "posts", content).headers["Location"]
    assert "找不到“岗位名称”这一列" in secretary.get(page).content.decode()
    chosen = {"name": "0", "kind": "1", "valid_from": "2"}
    assert secretary.post(page, {"act": "accept"}).status_code == 422
    secretary.post(page, chosen | {"act": "accept"})
    assert VanguardPost.objects.get().name == "导诊台"


def test_a_file_thrown_away_leaves_nothing(secretary, world) -> None:
    page = upload(secretary, world, "posts", POSTS).headers["Location"]
    secretary.post(page, {"act": "discard"})
    assert Batch.objects.get().status == "discarded"
    assert not VanguardPost.objects.exists()
    assert secretary.get(page).status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "取消密码保护",
        ),
        (b"PK\x03\x04 not a zip", "不是表格文件"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", ""),
        ("岗位名称,岗位类型,设立日期\n".encode(), "只有表头"),
        (b"\x81\x30\xff\xff\x80", "文字编码"),
    ],
)
def test_bad_files_are_explained_on_the_spot(secretary, world, content, said) -> None:
    answer = upload(secretary, world, "posts", content, "a.xlsx")
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Batch.objects.exists()


def test_fifty_thousand_rows_are_told_to_be_split(secretary, world) -> None:
    rows = "\n".join(f"岗位{n},先锋岗,2025-3-1" for n in range(50_000))
    content = "岗位名称,岗位类型,设立日期\n" + rows
    answer = upload(secretary, world, "posts", content)
    page = secretary.get(answer.headers["Location"]).content.decode()
    assert "50000 行，一次最多导入 2000 行" in page
    assert "写入这" not in page


def test_a_merged_header_under_a_title_is_read_and_told(secretary, world) -> None:
    content = workbook(
        [
            ["岗位名称", "", "岗位类型", "设立日期"],
            ["导诊台", "", "先锋岗", "2025-03-01"],
        ],
        merge="A1:B1",
    )
    answer = upload(secretary, world, "posts", content, "a.xlsx")
    page = secretary.get(answer.headers["Location"]).content.decode()
    assert "合并的单元格" in page
    assert "写入这 1 条" in page


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_the_blank_table_can_be_filled_in_and_sent_back(secretary, world, kind) -> None:
    answer = secretary.get(reverse("branchwork:import-template", args=[kind]))
    blank = read_table(answer.content)
    assert [each.code for each in blank.findings] == ["only_header"]
    assert set(guess_columns(blank.header, aliases(kind))) == set(aliases(kind))


def test_planning_asks_as_often_for_many_rows(world) -> None:
    def asked(number: int) -> int:
        rows = "".join(f"岗{n},先锋岗,2025-3-1,金桥社区\n" for n in range(number))
        table = read_table(f"岗位名称,岗位类型,设立日期,支部\n{rows}".encode())
        places = guess_columns(table.header, aliases("posts"))
        found, _none = lines("posts", table, places, today=date(2026, 3, 18))
        with CaptureQueriesContext(connection) as queries:
            plan("posts", found, default=world.community, roots=[world.community.path])
        return len(queries)

    assert asked(3) == asked(300)


def test_somebody_elses_file_is_not_there(client, world) -> None:
    client.force_login(world["secretary"])
    page = upload(client, world, "posts", POSTS).headers["Location"]
    client.force_login(world["village_secretary"])
    assert client.get(page).status_code == 404


def test_the_same_rows_by_two_files_at_once_are_written_once(secretary, world) -> None:
    batches, plans = [], []
    for content in (POSTS, POSTS + "\n"):
        upload(secretary, world, "posts", content)
        batches.append(Batch.objects.latest("pk"))
        table = read_table(content.encode())
        places = guess_columns(table.header, aliases("posts"))
        found, _none = lines("posts", table, places, today=date(2026, 3, 18))
        plans.append(plan("posts", found, default=world.community, roots=[]))
    # Both were looked at before either was accepted.
    made = [
        accept(
            batch=batch,
            ready=made.ready,
            organisation=world.community,
            by=world["secretary"],
            at=world.now(),
        )
        for batch, made in zip(batches, plans, strict=True)
    ]
    assert [each.made for each in made] == [2, 0]
    assert VanguardPost.objects.count() == 2
