import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.places.conftest import facility, square
from wugeyi.audit.models import AuditEvent
from wugeyi.imports.models import Batch
from wugeyi.imports.rules import Table, guess_columns
from wugeyi.organisations.actions.areas import set_area
from wugeyi.places.models import Facility, Home
from wugeyi.places.rules.tables import COLUMNS, lines

FACILITIES = """名称,类别,经度,纬度,容量,开放时间,社区
金桥卫生站,卫生服务站,106.705,26.645,20,周一至周五,
金桥小学,小学,106.706,26.646,450,,
银桥食堂,老,106.707,26.647,,,银桥社区
"""
HOMES = """楼栋,坐标,户数,居民,60岁以上
1 栋,"106.7011, 26.6411",40,120,30
2 栋,"106.7013，26.6413",40,,
"""


def send(client, world, text, sort="facilities", **more):
    content = text if isinstance(text, bytes) else text.encode()
    data = {"sort": sort, "system": "wgs84"} | more
    data["file"] = SimpleUploadedFile("table.csv", content)
    url = reverse("places:send-table", args=[world.community.code])
    return client.post(url, data)


def preview(client, world, text, sort="facilities", **more) -> tuple[str, str]:
    """Send a table; its page's address and what it says."""
    answer = send(client, world, text, sort, **more)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    url = answer.headers["Location"]
    return url, client.get(url).content.decode()


def test_facilities_are_looked_at_and_then_written_once(worker, world):
    url, shown = preview(worker, world, FACILITIES)
    # The neighbour's is none of theirs.
    assert "没有叫“银桥社区”" in shown
    assert "确认后新记 2 条" in shown
    assert not Facility.objects.exists()
    for _press in range(2):
        worker.post(url, {"act": "accept"})
    assert list(Facility.objects.order_by("pk").values_list("name", "capacity")) == [
        ("金桥卫生站", 20),
        ("金桥小学", 450),
    ]
    assert AuditEvent.objects.filter(action="places.import_table").count() == 1
    assert Facility.objects.first().source == "imported"


def test_the_town_imports_for_all_its_communities(client, world):
    client.force_login(world["town_worker"])
    set_area(organisation=world.neighbour, shape=square(), by=None, at=world.now())
    data = {"sort": "facilities", "system": "wgs84"}
    data["file"] = SimpleUploadedFile("table.csv", FACILITIES.encode())
    sent = reverse("places:send-table", args=[world.town.code])
    url = client.post(sent, data).headers["Location"]
    client.post(url, {"act": "accept"})
    owners = set(Facility.objects.values_list("organisation__name", flat=True))
    # One by its word, the others by where they stand.
    assert owners == {"银桥社区"}
    assert Facility.objects.count() == 3


def test_the_next_years_table_corrects_and_keeps_what_stood_there(worker, world):
    url, _shown = preview(worker, world, HOMES, "homes")
    worker.post(url, {"act": "accept"})
    later = HOMES.replace("40,120,30", "40,110,35").replace("40,,", ",,")
    url, shown = preview(worker, world, later, "homes")
    assert "更正 1 条" in shown
    assert "1 行和已有的记录一样" in shown
    worker.post(url, {"act": "accept"})
    first, second = Home.objects.order_by("pk")
    assert (first.residents, first.elderly, first.edition) == (110, 35, 2)
    # An empty cell forgets nothing.
    assert (second.households, second.residents) == (40, None)
    event = AuditEvent.objects.get(action="places.correct_home")
    assert '"residents":120' in event.before
    _again, shown = preview(worker, world, later, "homes")
    assert "同一个文件已经导入过" in shown
    assert 'value="accept"' not in shown


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("甲,小学,0,0,,,", "几内亚湾"),
        ("甲,小学,26.6,106.7,,,", "纬度写在了前面"),
        ("甲,小学,1e9,2,,,", "看不懂"),
        ("甲,小学,,,,,", "没有坐标"),
        ("甲,小学,106.7,26.6,-5,,", "是负数"),
        ("甲,小学,106.7,26.6,许多,,", "不是一个合适的整数"),
        ("甲,外星基地,106.7,26.6,,,", "没有“外星基地”这个类别"),
        (",小学,106.7,26.6,,,", "没有名称"),
        ("甲,小学,106.7,26.6,,,\n甲,小学,106.7,26.6,,,", "和第 2 行一样"),
        ("甲,小学,106.7,26.6,,,火星社区", "没有叫“火星社区”"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(worker, world, row, told):
    header = FACILITIES.splitlines()[0]
    _url, shown = preview(worker, world, f"{header}\n{row}\n")
    assert told in shown
    assert "第 " in shown


def test_columns_that_are_not_there_are_named(worker, world):
    _url, shown = preview(worker, world, "名称,电话\n甲,1\n")
    assert "找不到“类别”" in shown
    assert "经度" in shown


def test_more_old_people_than_people_is_no_home(worker, world):
    _url, shown = preview(worker, world, HOMES.replace("120,30", "20,30"), "homes")
    assert "还多" in shown
    assert "确认后新记 1 条" in shown


def test_a_file_that_is_no_table_is_refused_with_the_form(worker, world):
    answer = send(worker, world, b"\x00\x01\x02")
    assert answer.status_code == 422
    assert not Batch.objects.exists()
    assert send(worker, world, "").status_code == 422


def test_points_of_a_chinese_map_are_turned_back(worker, world):
    url, _shown = preview(worker, world, HOMES, "homes", system="gcj02")
    worker.post(url, {"act": "accept"})
    assert abs(Home.objects.first().lon - 106.7011) > 0.002


def test_other_words_for_a_kind_are_known(worker, world):
    from wugeyi.places.actions.kinds import install_templates

    install_templates(by=None, at=world.now())
    text = FACILITIES.replace("卫生服务站,", "药店,").replace("银桥社区", "")
    url, _shown = preview(worker, world, text)
    worker.post(url, {"act": "accept"})
    assert Facility.objects.get(name="金桥卫生站").kind.code == "health"


def test_somebody_elses_file_is_not_there(worker, client, world):
    url, _shown = preview(worker, world, FACILITIES)
    client.force_login(world["neighbour"])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("sort", ["facilities", "homes"])
def test_the_blank_table_is_read_as_it_is_filled_in(worker, world, sort):
    content = worker.get(reverse("places:blank", args=[sort])).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    titles = [cell.value for cell in book.active[1]]
    row = {
        "名称": "甲",
        "类别": "小学",
        "经度": 106.7012345,
        "纬度": 26.64,
        "居民": 12,
    }
    book.active.append([row.get(title.strip("*"), "") for title in titles])
    filled = io.BytesIO()
    book.save(filled)
    url, shown = preview(worker, world, filled.getvalue(), sort)
    assert "没有发现问题" in shown
    worker.post(url, {"act": "accept"})
    model = Home if sort == "homes" else Facility
    assert model.objects.get().lon == pytest.approx(106.7012345)


def test_queries_of_a_preview_do_not_grow_with_rows(
    worker, world, django_assert_max_num_queries
):
    rows = "".join(f"站 {n},小学,106.7{n:03},26.64,{n},,金桥社区\n" for n in range(300))
    facility(world)
    url, _shown = preview(worker, world, FACILITIES.splitlines()[0] + "\n" + rows)
    with django_assert_max_num_queries(24):
        worker.get(url)
    with django_assert_max_num_queries(30):
        worker.post(url, {"act": "accept"})
    assert Facility.objects.count() == 301


def test_the_command_looks_first_and_writes_when_told(world, tmp_path, capsys):
    path = tmp_path / "homes.csv"
    path.write_text(HOMES)
    words = ["places", "homes", str(path), "--unit", world.community.code]
    call_command(*words)
    assert "什么也没有写入" in capsys.readouterr().out
    assert not Home.objects.exists()
    for _time in range(2):
        call_command(*words, "--accept")
    assert "已有 2" in capsys.readouterr().out
    assert Home.objects.count() == 2


ODD = ["", "nan", "-1", "1e9", "106.7", "26.6", "106.7,26.6", "９", "-0", "inf", "小学"]
CELLS = (
    st.sampled_from(ODD)
    | st.text("0１.,-，;eE 甲()\x00\n度", max_size=8)
    | st.floats().map(str)
)


@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=5))
def test_no_cell_breaks_the_reading(rows):
    header = tuple(FACILITIES.splitlines()[0].split(","))
    table = Table(header, list(enumerate(rows, start=2)))
    for sort in ("facilities", "homes"):
        read, _findings = lines(sort, table, guess_columns(header, COLUMNS[sort]))
        for line in read:
            assert line.name
            assert -180 <= line.lon <= 180
            assert -90 <= line.lat <= 90
            assert all(value is None or value >= 0 for value in line.counts.values())
