import io
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from wugeyi.engines.accessibility.categories import template
from wugeyi.engines.accessibility.coordinates import System, from_wgs84
from wugeyi.engines.accessibility.findings import Refused, say
from wugeyi.engines.accessibility.network import build
from wugeyi.engines.accessibility.tables import read_facilities, read_homes

HOMES = """小区,经度,纬度,户数,居民,老人
花果园 3 栋,106.70,26.57,120,300,60
花果园 4 栋,106.701,26.57,80,210,35
"""


def table(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(rows):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("空")
        sheet = book.add_worksheet("数据")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def codes(found):
    return [finding.code for finding in found.findings]


def test_homes_of_a_csv(tmp_path):
    found = read_homes(table(tmp_path, HOMES))
    first, second = found.rows
    assert (first.line, first.name, first.lon, first.lat) == (
        2,
        "花果园 3 栋",
        106.7,
        26.57,
    )
    assert (first.households, first.residents, first.elderly) == (120, 300, 60)
    assert second.residents == 210
    assert found.findings == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_encodings_people_have(tmp_path, encoding):
    found = read_homes(table(tmp_path, HOMES.encode(encoding)))
    assert [home.name for home in found.rows] == ["花果园 3 栋", "花果园 4 栋"]


def test_homes_of_a_workbook_with_a_title(tmp_path):
    rows = [
        ["楼栋人口表"],
        ["名称", "经纬度", "居民人数", "60岁以上(人)"],
        ["1 栋", "106.70，26.57", 300, 61.0],
        [],
        ["2 栋", "106.71 26.58", "1,200", ""],
    ]
    found = read_homes(table(tmp_path, workbook(rows), "a.csv"))
    assert [(h.line, h.name, h.lon, h.lat) for h in found.rows] == [
        (3, "1 栋", 106.7, 26.57),
        (5, "2 栋", 106.71, 26.58),
    ]
    assert [(h.residents, h.elderly) for h in found.rows] == [(300, 61), (1200, 0)]


def test_facilities(tmp_path):
    text = """name;category;lon;lat;capacity;opening hours
卫生站;社区卫生服务站;106.7;26.57;20;Mo-Fr 08:00-17:00
Market;食;106.7;26.58;;
"""
    first, second = read_facilities(table(tmp_path, text), template()).rows
    assert (first.category, first.capacity) == ("health", 20)
    assert first.opening_hours == "Mo-Fr 08:00-17:00"
    assert (second.category, second.capacity) == ("food", None)


def test_only_the_bad_rows_are_left_out_and_each_is_told(tmp_path):
    text = """名称,类别,经度,纬度,容量
好的,卫,106.7,26.57,5
负的,卫,106.7,26.57,-5
没有这类,火箭,106.7,26.57,5
反了,卫,26.57,106.7,5
没有,卫,,,5
零,卫,0,0,5
不是数,卫,abc,26.57,5
半个,卫,106.7,,5
小数,卫,106.7,26.57,2.5
太多,卫,106.7,26.57,99999999999
"""
    found = read_facilities(table(tmp_path, text), template())
    assert [row.name for row in found.rows] == ["好的"]
    assert codes(found) == [
        "row-negative",
        "row-unknown-category",
        "row-swapped",
        "row-no-place",
        "row-nowhere",
        "row-no-place",
        "row-no-place",
        "row-no-count",
        "row-no-count",
    ]
    assert [finding.subject for finding in found.findings][:2] == ["row 3", "row 4"]
    for finding in found.findings:
        assert "{" not in say(finding, "zh") + say(finding, "en")
        assert finding.severity == "error"


def test_more_elderly_than_residents(tmp_path):
    text = "名称,经度,纬度,居民,老人\n1 栋,106.7,26.57,10,11\n2 栋,106.7,26.57,,7\n"
    found = read_homes(table(tmp_path, text))
    assert codes(found) == ["row-too-many-elderly"]
    assert [(home.residents, home.elderly) for home in found.rows] == [(7, 7)]


def test_an_address_without_a_place_is_kept(tmp_path):
    found = read_homes(table(tmp_path, "名称,地址,居民\n1 栋,花果园大街 3 号,20\n"))
    assert codes(found) == ["row-address-only"]
    assert (found.rows[0].lon, found.rows[0].address) == (None, "花果园大街 3 号")


def test_the_same_place_twice(tmp_path):
    text = """名称,类别,经度,纬度
卫生站,卫,106.70000,26.57
卫生站,卫,106.70020,26.57
卫生站,卫,106.71000,26.57
卫生站,食,106.70000,26.57
"""
    found = read_facilities(table(tmp_path, text), template())
    assert [(f.code, f.subject, f.values["other"]) for f in found.findings] == [
        ("row-twice", "row 3", 2)
    ]
    # Somebody decides; nothing is dropped.
    assert len(found.rows) == 4


def test_coordinates_of_chinese_maps_are_turned_back(tmp_path):
    lon, lat = (float(x) for x in from_wgs84(106.7, 26.57, System.BD09))
    path = table(tmp_path, f"名称,经度,纬度\n1 栋,{lon!r},{lat!r}\n")
    home = read_homes(path, system=System.BD09).rows[0]
    assert (home.lon, home.lat) == pytest.approx((106.7, 26.57), abs=2e-8)


@pytest.fixture
def street():
    lon = 106.7 + np.arange(40) * 0.001
    return build(lon, np.full(40, 26.57), np.arange(39), np.arange(1, 40))


def test_facilities_in_the_sea(tmp_path, street):
    text = "名称,类别,经度,纬度\n近,卫,106.71,26.571\n海里,卫,108.2,21.0\n"
    found = read_facilities(table(tmp_path, text), template(), network=street)
    far = found.findings[0]
    assert codes(found) == ["row-far"]
    assert (far.severity, far.lon, far.lat) == ("warning", 108.2, 21.0)
    assert len(found.rows) == 2


def test_shifted_homes_are_doubted(tmp_path, street):
    chance = np.random.default_rng(3)
    lon = 106.7 + chance.uniform(0.005, 0.03, 30)
    lat = 26.57 + chance.uniform(0.0001, 0.0002, 30)
    east, north = from_wgs84(lon, lat, System.GCJ02)
    rows = [
        f"{n} 栋,{x!r},{y!r}"
        for n, (x, y) in enumerate(zip(east.tolist(), north.tolist(), strict=True))
    ]
    path = table(tmp_path, "名称,经度,纬度\n" + "\n".join(rows))
    found = read_homes(path, network=street)
    assert codes(found)[0] == "points-shifted"
    assert found.findings[0].values["likely"] == "GCJ-02"
    assert codes(read_homes(path, network=street, system=System.GCJ02)) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b" \n\n", "file-empty"),
        (b"PK\x03\x04nonsense", "table-foreign"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table-old"),
        (b"\xff\xff\xff", "table-encoding"),
        (b"\0" * 40, "table-foreign"),
        ("名称,居民\n1 栋,3\n".encode(), "table-columns"),
        ("名称,经度\n1 栋,106\n".encode(), "table-columns"),
    ],
)
def test_files_that_are_no_table_of_homes(tmp_path, content, code):
    with pytest.raises(Refused) as caught:
        read_homes(table(tmp_path, content))
    assert caught.value.finding.code == code
    assert "{" not in say(caught.value.finding, "zh")


def test_missing_files_columns_and_rows(tmp_path):
    with pytest.raises(Refused) as caught:
        read_homes(Path(tmp_path / "none.csv"))
    assert caught.value.finding.code == "file-missing"
    with pytest.raises(Refused) as caught:
        read_facilities(table(tmp_path, HOMES), template())
    assert caught.value.finding.values["columns"] == "类别"
    assert codes(read_homes(table(tmp_path, "名称,经度,纬度\n"))) == ["table-no-rows"]


def test_many_rows_of_one_name_take_no_longer(tmp_path):
    rows = "\n".join(f"1 栋,{106 + n * 0.0007:.5f},26.57" for n in range(3000))
    assert len(read_homes(table(tmp_path, "名称,经度,纬度\n" + rows)).rows) == 3000
