"""Tables sent as a file: looked at, taken over once; the same again changes nothing."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.buslines.line import BusLine
from wugeyi.buslines.models import Demand, Rule, Spot, Timetable, Vehicle, WaysTable
from wugeyi.imports.models import Batch

TITLES = {
    "requests.csv": "编号,名称,上车站,市场,人数,筐数,最早到达,最晚到达,回程",
    "stops.csv": "编号,名称,限车长(厘米),纬度,经度",
    "rules.csv": "规则,数值",
    "regular_duties.csv": "编号,名称,车,第几辆,开始,起点,结束,终点,同一驾驶员",
    "vehicles.csv": "编号,名称,车场,辆数,载客,筐位,车长(厘米),每公里成本(分),出车成本(分)",
}


def client(busline: BusLine, who: str = "town_worker") -> Client:
    made = Client()
    made.force_login(busline.world[who])
    return made


def tables(**rows: list[str]) -> bytes:
    """A ZIP of CSV tables."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, lines in rows.items():
            text = "\n".join([TITLES[f"{name}.csv"], *lines])
            package.writestr(f"表/{name}.csv", text)
    return file.getvalue()


def send(busline, content, name="line.zip"):
    address = reverse("buslines:import", args=[busline.line.pk])
    file = SimpleUploadedFile(name, content)
    return client(busline).post(address, {"file": file})


def look(busline, content, name="line.zip", **values):
    """Send a file; return its page, and what taking it over answers with ``act``."""
    answer = send(busline, content, name)
    assert answer.status_code == 302, answer.context["form"].errors
    browser = client(busline)
    if not values:
        return browser.get(answer.url)
    today = timezone.localdate().isoformat()
    return browser.post(answer.url, {"on": today, **values})


def download(busline):
    address = reverse("buslines:workbook", args=[busline.line.pk])
    return client(busline).get(address).content


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_handed_out_and_sent_back_changes_nothing(busline, language):
    busline.spot("v7", hard_minutes=9)
    browser = client(busline)
    browser.cookies["django_language"] = language
    address = reverse("buslines:workbook", args=[busline.line.pk])
    page = look(busline, browser.get(address).content, "数据.xlsx")
    made = page.context["made"]
    assert made.faults == []
    assert [step for step in made.steps if step.what != "same"] == []
    assert {step.record for step in made.steps} >= {
        "spot",
        "demand",
        "vehicle",
        "driver",
        "otherduty",
        "fares",
        "rule",
        "ways",
        "timetable",
    }
    assert "没有要写入的" in page.content.decode()


def test_the_blank_workbook_opens_and_brings_nothing(busline):
    content = client(busline).get(reverse("buslines:template")).content
    assert len(load_workbook(io.BytesIO(content)).sheetnames) > 6
    page = look(busline, content, "空白.xlsx")
    changed = [step for step in page.context["made"].steps if step.what == "new"]
    assert [step.record for step in changed if step.record != "rule"] == []


def test_rows_are_new_changed_and_the_same(busline):
    content = tables(
        requests=[
            "r1,r1的菜农,v1,m1,3,6,06:00,06:30,",
            "r2,r2的菜农,v2,m1,2,9,06:00,06:30,否",
            "n1,新来的,v3,m2,1,2,24:10,25:10,是",
        ]
    )
    page = look(busline, content)
    steps = {step.code: step for step in page.context["made"].steps}
    assert {code: step.what.value for code, step in steps.items()} == {
        "r1": "same",
        "r2": "changed",
        "n1": "new",
    }
    assert steps["r2"].before == {"baskets": 4}
    assert "筐数：4 改成 9" in page.content.decode()
    assert not Demand.objects.filter(code="n1").exists()


def test_what_is_confirmed_is_written_once_and_what_held_stays(busline):
    content = tables(
        requests=[
            "r2,r2的菜农,v2,m1,2,9,06:00,06:30,",
            "n1,新,v3,m2,1,2,24:10,25:10,是",
        ],
        rules=["最长乘车分钟,45"],
    )
    answer = send(busline, content)
    today = timezone.localdate()
    values = {"on": today.isoformat(), "act": "accept"}
    for _again in range(2):
        client(busline).post(answer.url, values)
    new = Demand.objects.get(code="n1")
    assert (new.home, new.latest_minute, new.source) == (True, 1510, "table")
    rows = Demand.objects.filter(code="r2").order_by("valid_from")
    assert [(row.baskets, row.valid_until) for row in rows] == [(4, today), (9, None)]
    assert Rule.objects.get(name="ride_limit_minutes", valid_until=None).number == 45
    batch = Batch.objects.latest("pk")
    assert (batch.status, bytes(batch.content), batch.summary) == ("accepted", b"", "3")
    again = look(busline, content)
    assert again.context["known"] == batch
    assert not again.context["made"].does


def test_what_is_missing_ends_only_if_asked(busline):
    content = tables(requests=["r1,r1的菜农,v1,m1,3,6,06:00,06:30,"])
    today = timezone.localdate()
    page = look(busline, content)
    assert not page.context["made"].does
    look(busline, content, act="accept", end_missing="on")
    standing = Demand.objects.filter(line=busline.line, valid_until=None)
    assert [row.code for row in standing] == ["r1"]
    assert Demand.objects.get(code="r3").valid_until == today
    assert Vehicle.objects.filter(line=busline.line, valid_until=None).count() == 2


BAD = [
    ("requests", "x1,,v9,m1,1,1,06:00,06:30,", "站点“v9”"),
    ("requests", "x1,,v1,v2,1,1,06:00,06:30,", "市场“v2”"),
    ("requests", "x1,,v1,m1,-4,1,06:00,06:30,", "-4"),
    ("requests", "x1,,v1,m1,1,99999,06:00,06:30,", "99999"),
    ("requests", "x1,,v1,m1,1,1,07:00,06:30,", "前后颠倒"),
    ("requests", "x 1,,v1,m1,1,1,06:00,06:30,", "空格"),
    ("stops", "m1,市场变站点,,,", "种类"),
    ("stops", "v1,上坝,,26.6,", "经度"),
    ("rules", "不知道的规则,5", "不知道的规则"),
    ("rules", "每班最多停站,400", "400"),
    ("vehicles", "b1,,d9,1,40,60,1140,260,6000", "车场“d9”"),
    ("vehicles", "b1,,d0,1,40,60,9,260,6000", "9"),
]


@pytest.mark.parametrize(("table", "row", "said"), BAD)
def test_rows_that_cannot_be_are_told_and_the_rest_is_taken(busline, table, row, said):
    rows = {"requests": ["n1,,v1,m1,1,1,06:00,06:30,"]}
    rows.setdefault(table, []).append(row)
    page = look(busline, tables(**rows))
    told = page.context["faults"]
    assert len(told) == 1
    assert said in told[0]
    assert "行" in told[0]
    assert page.context["made"].does
    look(busline, tables(**rows), act="accept")
    assert Demand.objects.filter(code="n1").exists()
    assert not Demand.objects.filter(code__in=["x1", "x 1"]).exists()


def test_cells_that_cannot_be_read_are_told(busline):
    page = look(busline, tables(requests=["x1,,v1,m1,两个,1,六点,06:30,"]))
    told = " ".join(page.context["findings"])
    assert "两个" in told
    assert "六点" in told


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.xlsx"),
        (b"nonsense", "a.xlsx"),
        (b"PK\x03\x04broken", "a.zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "a.xls"),
        (b"a,b\n1,2", "other.csv"),
    ],
)
def test_what_is_no_workbook_is_explained(busline, content, name):
    answer = send(busline, content, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not Batch.objects.filter(kind=f"buslines:{busline.line.pk}").exists()


def test_a_zip_of_other_things_is_explained(busline):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("../../evil.csv", "a")
    answer = send(busline, file.getvalue())
    assert answer.status_code == 422


def test_one_csv_table_alone_is_enough(busline):
    text = "\n".join([TITLES["requests.csv"], "n1,,v1,m1,1,1,06:00,06:30,"])
    page = look(busline, text.encode("utf-8-sig"), "requests.csv")
    assert [step.code for step in page.context["made"].steps] == ["n1"]


def test_new_places_come_before_who_waits_at_them(busline):
    content = tables(
        stops=["w1,新寨,,26.61,106.71"], requests=["n1,,w1,m1,1,1,06:00,06:30,"]
    )
    look(busline, content, act="accept")
    assert Demand.objects.get(code="n1").stop == Spot.objects.get(code="w1")


def test_ways_and_departures_come_from_a_workbook(busline):
    book = load_workbook(io.BytesIO(download(busline)))
    for sheet in book.worksheets:
        titles = [str(cell.value or "").rstrip("*") for cell in sheet[1]]
        if titles[:2] == ["从", "到"]:
            sheet.cell(2, 3).value = 99
        if titles[:2] == ["站点", "时刻"]:
            sheet.append(["v2", "06:20", "8"])
    file = io.BytesIO()
    book.save(file)
    look(busline, file.getvalue(), "改过.xlsx", act="accept")
    table = WaysTable.objects.get(line=busline.line, valid_until=None)
    assert max(max(row) for row in table.ways["minutes"]) == 99
    row = Timetable.objects.get(line=busline.line, valid_until=None)
    assert ["v2", 380, "8"] in row.departures
    assert WaysTable.objects.filter(valid_until=timezone.localdate()).count() == 1


def test_a_refusal_while_writing_leaves_everything_as_it_was(busline):
    content = tables(
        requests=["r2,,v2,m1,2,9,06:00,06:30,", "n1,,v3,m2,1,2,06:00,06:30,"]
    )
    earlier = (busline.demands["r2"].valid_from - timedelta(days=30)).isoformat()
    answer = send(busline, content)
    page = client(busline).post(answer.url, {"on": earlier, "act": "accept"})
    assert page.status_code == 200
    assert not Demand.objects.filter(code="n1").exists()
    assert Batch.objects.latest("pk").status == "previewed"
    assert "没有写入，文件还在" in page.content.decode()


def test_a_file_can_be_thrown_away(busline):
    content = tables(requests=["n1,,v3,m2,1,2,06:00,06:30,"])
    look(busline, content, act="discard")
    batch = Batch.objects.latest("pk")
    assert batch.status == "discarded"
    assert not Demand.objects.filter(code="n1").exists()


def test_nobody_sees_the_file_of_another_line(busline):
    from tests.buslines.line import create

    answer = send(busline, tables(requests=["n1,,v3,m2,1,2,06:00,06:30,"]))
    other = create(busline.world, number="9", name="另一条")
    batch = answer.url.rsplit("/", 1)[1]
    address = reverse("buslines:import-batch", args=[other.pk, batch])
    assert client(busline).get(address).status_code == 404
