"""Drivers, other duties, fares and rules of rosters in tables sent as a file."""

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests import looking
from tests.buslines.line import DAY, BusLine, build
from tests.buslines.timetable import drawn_up
from tests.casework.world import build as build_world
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import records
from wugeyi.buslines.models import Absence, Driver, FareTable, OtherDuty, Rule
from wugeyi.buslines.queries.importing.standing import standing
from wugeyi.buslines.queries.inputs import case_of
from wugeyi.imports.models import Batch

TITLES = {
    "drivers": "编号,姓名,初次领证日期,星级,不在的日子,起用日期,停用日期",
    "duties": "编号,上班,下班,驾驶时段,星期,车,起用日期,停用日期",
    "fares": "筐数起,每人票价(分),封顶(分),依据,起用日期,停用日期",
    "roster_rules": "规则,数值,依据,已核对,起用日期,停用日期",
    "requests": "编号,名称,上车站,市场,人数,筐数,最早到达,最晚到达,回程",
}
LATER = DAY + timedelta(days=30)
AS_IT_STANDS = {
    "drivers": [f"{code},{code}师傅,2010-05-01,3,,," for code in ("a", "b", "c")],
    "duties": ["早晚高峰,13:00,19:00,13:10-15:00 15:30-18:00,12345,,,"],
    "fares": ["0,200,700,,,", "1,500,,,,", "2,700,,,,"],
    "roster_rules": ["驾龄至少(年),10,,,,"],
}


def client(busline: BusLine) -> Client:
    made = Client()
    made.force_login(busline.world["town_worker"])
    return made


def tables(**rows: list[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, lines in rows.items():
            package.writestr(f"{name}.csv", "\n".join([TITLES[name], *lines]))
    return file.getvalue()


def look(
    busline: BusLine, content: bytes, name: str = "line.zip", **values: str
) -> Any:
    """Send a file; return its page, and what taking it over answers with ``act``."""
    address = reverse("buslines:import", args=[busline.line.pk])
    browser = client(busline)
    answer = browser.post(address, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.context["form"].errors
    usual = {"on": DAY.isoformat(), "act": "look"}
    return browser.post(answer.url, usual | values)


def steps(page: Any) -> dict[tuple[str, str], str]:
    made = page.context["made"].steps
    return {(step.record, step.code): step.what.value for step in made}


def took(busline: BusLine, content: bytes, name: str = "line.zip") -> None:
    """Take a file over; the same again changes nothing."""
    assert look(busline, content, name, act="accept").status_code == 302
    again = look(busline, content, name)
    assert not again.context["made"].does, again.context["steps"]
    assert again.context["faults"] == []


def sheet(content: bytes, title: str, **cells: Any) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        book[title][place] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def download(busline: BusLine, language: str = "zh-hans") -> bytes:
    browser = client(busline)
    browser.cookies["django_language"] = language
    address = reverse("buslines:workbook", args=[busline.line.pk])
    content: bytes = browser.get(address).content
    return content


# Out, and in again.


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everything_handed_out_and_sent_back_changes_nothing(
    busline: BusLine, language: str
) -> None:
    busline.duty(
        "一直开", driving="", weekdays="67", begin_minute=1200, end_minute=1450
    )
    busline.rule("roster.stars", 4, source="市公交公司 2026 年 3 号文", verified=True)
    busline.rule("roster.night_from_minute", 1300)
    for first, last in ((0, 0), (5, 9), (10, 12)):
        records.away(
            driver=busline.drivers["a"],
            first_day=DAY + timedelta(first),
            last_day=DAY + timedelta(last),
            by=busline.by,
            at=busline.world.now(),
        )
    events = AuditEvent.objects.count()
    page = look(busline, download(busline, language), "数据.xlsx")
    assert page.context["faults"] == []
    assert page.context["findings"] == []
    made = page.context["made"]
    assert {step.what.value for step in made.steps} == {"same"}
    many = made.many()
    assert (many["driver"]["same"], many["otherduty"]["same"]) == (3, 2)
    assert many["fares"]["same"] == 1
    assert many["rule"]["same"] == 12 + 15
    assert AuditEvent.objects.count() == events + 1  # that a file was kept


def test_a_line_with_nothing_of_them_stays_so(busline: BusLine) -> None:
    for row in (*Driver.objects.all(), *OtherDuty.objects.all()):
        row.delete()
    FareTable.objects.all().delete()
    page = look(busline, download(busline), "数据.xlsx")
    assert not page.context["made"].does
    assert page.context["findings"] == []


def test_what_came_in_goes_out(busline: BusLine) -> None:
    book = load_workbook(io.BytesIO(download(busline)))
    drivers = list(book["驾驶员"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in drivers] == ["a师傅", "b师傅", "c师傅"]
    fares = list(book["票价"].iter_rows(min_row=2, max_col=4, values_only=True))
    assert fares == [
        (0, 200, 700, "市发改委批复（虚构）"),
        (1, 500, None, None),
        (2, 700, None, None),
    ]
    duty = next(book["班务"].iter_rows(min_row=2, max_col=5, values_only=True))
    assert duty[3:] == ("13:10-15:00 15:30-18:00", "12345")


def test_the_blank_workbook_has_them_too_and_brings_nobody(busline: BusLine) -> None:
    content = client(busline).get(reverse("buslines:template")).content
    names = load_workbook(io.BytesIO(content)).sheetnames
    assert {"驾驶员", "班务", "票价", "排班规则"} <= set(names)
    page = look(busline, content, "空白.xlsx")
    assert {record for record, _code in steps(page)} == {"rule"}


# New, changed, ended, the same.


def test_tables_that_say_what_stands_change_nothing(busline: BusLine) -> None:
    page = look(busline, tables(**AS_IT_STANDS))
    assert set(steps(page).values()) == {"same"}
    assert page.context["faults"] == []


def test_drivers_come_change_and_leave(busline: BusLine) -> None:
    content = tables(
        drivers=[
            "a,a师傅,2010-05-01,5,,,",
            f"b,b师傅,2010-05-01,3,,,{LATER}",
            "c,,2010-05-01,3,,,",
            f"d,新来的,2012-02-03,4,2026-03-20..2026-03-22 2026-04-01,{LATER},",
        ]
    )
    page = look(busline, content)
    assert steps(page) == {
        ("driver", "a"): "changed",
        ("driver", "b"): "ended",
        ("driver", "c"): "same",
        ("driver", "d"): "new",
    }
    said = page.content.decode()
    assert "星级：3 改成 5" in said
    assert "加上不在的日子：" in said
    assert not Driver.objects.filter(code="d").exists()
    took(busline, content)
    a = Driver.objects.get(code="a", valid_until=None)
    assert (a.name, a.stars) == ("a师傅", 5)
    assert Driver.objects.get(code="b").valid_until == LATER
    d = Driver.objects.get(code="d")
    assert (d.name, d.licensed_on, d.valid_from) == ("新来的", date(2012, 2, 3), LATER)
    spans = [(each.first_day.day, each.last_day.day) for each in d.absences.all()]
    assert sorted(spans) == [(1, 1), (20, 22)]


def test_an_account_stays_and_names_never_enter_the_audit(busline: BusLine) -> None:
    driver = busline.driver("q", user=busline.world["town_worker"])
    last = AuditEvent.objects.latest("pk").pk
    took(
        busline,
        tables(
            drivers=[
                "q,改了名的人,2011-11-11,4,,,",
                "n,不该看见的人,2012-12-12,4,2026-03-20,,",
            ]
        ),
    )
    fresh = Driver.objects.get(code="q", valid_until=None)
    assert (fresh.name, fresh.user) == ("改了名的人", driver.user)
    events = AuditEvent.objects.filter(pk__gt=last)
    assert {"buslines.add_driver", "buslines.away"} <= {e.action for e in events}
    told = " ".join(str((e.before, e.after)) for e in events)
    for personal in ("改了名的人", "不该看见的人", "2011-11-11", "2012-12-12"):
        assert personal not in told


def test_days_off_are_added_once_and_never_taken_back(busline: BusLine) -> None:
    records.away(
        driver=busline.drivers["a"],
        first_day=DAY,
        last_day=DAY + timedelta(2),
        by=busline.by,
        at=busline.world.now(),
    )
    days = f"{DAY}..{DAY + timedelta(4)}"
    took(busline, tables(drivers=[f"a,,2010-05-01,3,{days},,"]))
    spans = Absence.objects.order_by("first_day").values_list("first_day", "last_day")
    assert list(spans) == [
        (DAY, DAY + timedelta(2)),
        (DAY + timedelta(3), DAY + timedelta(4)),
    ]
    page = look(busline, tables(drivers=["a,,2010-05-01,3,,,"]))
    assert steps(page) == {("driver", "a"): "same"}


def test_duties_come_change_and_leave(busline: BusLine) -> None:
    busline.duty("旧班")
    content = tables(
        duties=[
            "早晚高峰,13:00,19:00,,12345,,,",
            f"旧班,13:00,19:00,13:10-15:00 15:30-18:00,12345,,,{LATER}",
            "夜班,22:00,25:10,22:00至23:00、24:10-25:00,,,,",
        ]
    )
    page = look(busline, content)
    assert steps(page) == {
        ("otherduty", "早晚高峰"): "changed",
        ("otherduty", "旧班"): "ended",
        ("otherduty", "夜班"): "new",
    }
    took(busline, content)
    night = OtherDuty.objects.get(code="夜班")
    assert (night.end_minute, night.weekdays) == (1510, "1234567")
    assert night.driving == "22:00-23:00 24:10-25:00"
    assert OtherDuty.objects.get(code="早晚高峰", valid_until=None).driving == ""
    assert OtherDuty.objects.get(code="旧班").valid_until == LATER


def test_fares_change_from_a_day_and_what_held_stays(busline: BusLine) -> None:
    content = tables(fares=["0,200,,会议（虚构）,,", "1,600,,,,"])
    page = look(busline, content)
    assert steps(page) == {("fares", ""): "changed"}
    said = page.content.decode()
    assert "1 筐起加 3 元、2 筐起加 5 元 改成 1 筐起加 4 元" in said
    look(busline, content, act="accept", on=LATER.isoformat())
    before, after = FareTable.objects.order_by("valid_from")
    assert (before.valid_until, after.valid_from) == (LATER, LATER)
    assert (after.base_fen, after.cap_fen, after.basis) == (200, None, "会议（虚构）")
    assert [(b.from_baskets, b.fen) for b in after.bands.all()] == [(1, 400)]
    assert [(b.from_baskets, b.fen) for b in before.bands.all()] == [(1, 300), (2, 500)]
    assert (
        not look(busline, content, act="look", on=LATER.isoformat())
        .context["made"]
        .does
    )


def test_fares_may_be_told_with_their_days(busline: BusLine) -> None:
    end = LATER + timedelta(days=100)
    content = tables(
        fares=[
            f"0,200,700,,,{LATER}",
            f"1,500,,,,{LATER}",
            f"2,700,,,,{LATER}",
            f"0,300,,,{LATER},{end}",
            f"1,800,,,{LATER},{end}",
        ]
    )
    took(busline, content)
    first, second = FareTable.objects.order_by("valid_from")
    assert (first.base_fen, first.valid_until) == (200, LATER)
    assert first.basis == "市发改委批复（虚构）"
    assert (second.base_fen, second.valid_until, second.basis) == (300, end, "")
    took(
        busline,
        tables(
            fares=[
                "0,200,700,,,2026-04-01",
                "1,500,,,,2026-04-01",
                "2,700,,,,2026-04-01",
            ]
        ),
    )
    first.refresh_from_db()
    assert first.valid_until == date(2026, 4, 1)


def test_a_line_without_fares_gets_them(busline: BusLine) -> None:
    FareTable.objects.all().delete()
    page = look(busline, tables(fares=["0,200,,,,"]))
    assert steps(page) == {("fares", ""): "new"}
    assert "不带筐 2 元" in page.content.decode()
    took(busline, tables(fares=["0,200,,,,"]))
    assert case_of(busline.line, timezone.localdate()).fares is not None


def test_rules_of_rosters_are_taken_with_where_they_are_from(busline: BusLine) -> None:
    busline.rule("roster.stars", 4, source="旧文件", verified=True)
    content = tables(
        roster_rules=[
            "驾龄至少(年),8,3 号文,是,,",
            "stars,4,,,,",
            "班数可偏离公平数(-1不管),-1,,,,",
            "夜间开始(0点起分钟),1320,,,,",
        ]
    )
    page = look(busline, content)
    assert steps(page) == {
        ("rule", "roster.years"): "new",
        ("rule", "roster.stars"): "same",
        ("rule", "roster.spread_duties"): "new",
        ("rule", "roster.night_from_minute"): "same",
    }
    took(busline, content)
    years = Rule.objects.get(name="roster.years")
    assert (years.number, years.source, years.verified) == (8, "3 号文", True)
    stars = Rule.objects.get(name="roster.stars")
    assert (stars.source, stars.verified) == ("旧文件", True)
    # Another number is not what was held against the text.
    took(busline, tables(roster_rules=["星级至少,5,,,,"]))
    stars = Rule.objects.get(name="roster.stars", valid_until=None)
    assert (stars.number, stars.source, stars.verified) == (5, "", False)
    rules = case_of(busline.line, timezone.localdate()).roster_rules
    assert (rules.years, rules.stars, rules.spread_duties) == (8, 5, -1)


def test_rules_follow_one_another(busline: BusLine) -> None:
    end = LATER + timedelta(days=100)
    content = tables(
        roster_rules=[f"years,9,,,,{LATER}", f"years,8,,,{LATER},{end}"],
    )
    took(busline, content)
    rows = Rule.objects.filter(name="roster.years").order_by("valid_from")
    told = [(row.number, row.valid_from, row.valid_until) for row in rows]
    assert told == [(9, DAY, LATER), (8, LATER, end)]
    # What has held before is nobody's business any more.
    past = DAY - timedelta(days=1)
    page = look(busline, tables(roster_rules=[f"years,99,,,,{past}"]))
    assert steps(page) == {}


def test_what_is_missing_ends_only_if_asked(busline: BusLine) -> None:
    content = tables(drivers=["a,,2010-05-01,3,,,"])
    assert not look(busline, content).context["made"].does
    look(busline, content, act="accept", end_missing="on")
    held = Driver.objects.filter(line=busline.line, valid_until=None)
    assert [row.code for row in held] == ["a"]
    assert OtherDuty.objects.filter(valid_until=None).count() == 1


def test_nobody_ends_because_their_row_cannot_be_read(busline: BusLine) -> None:
    content = tables(
        drivers=["a,,2010-05-01,4,,,", "b,,昨天,3,,,", "c,,2010-05-01,3,,,"]
    )
    look(busline, content, act="accept", end_missing="on")
    held = Driver.objects.filter(line=busline.line, valid_until=None)
    assert {row.code: row.stars for row in held} == {"a": 4, "b": 3, "c": 3}


# What cannot be.

BAD = [
    ("drivers", ["x,,2010-01-01,3,,,"], "姓名"),
    ("drivers", ["x,某,1901-01-01,3,,,"], "1901-01-01"),
    ("drivers", ["x,某,2010-01-01,9,,,"], "星级"),
    ("drivers", ["x,某,2010-01-01,3,明天,,"], "明天"),
    ("drivers", [f"x,{'长' * 41},2010-01-01,3,,,"], "40"),
    ("drivers", ["x x,某,2010-01-01,3,,,"], "空格"),
    ("duties", ["x,13:00,12:00,,,,,"], "颠倒"),
    ("duties", ["x,05:00,12:00,04:00-06:00,,,,"], "04:00-06:00"),
    ("duties", ["x,05:00,12:00,06:00-08:00 07:00-09:00,,,,"], "重叠"),
    ("duties", ["x,05:00,12:00,早上,,,,"], "早上"),
    ("duties", ["x,05:00,12:00,无,,,,"], "无"),
    ("duties", ["x,05:00,12:00,,8,,,"], "8"),
    ("fares", ["1,500,,,,"], "0"),
    ("fares", ["0,200,,,,", "1,500,,,,", "1,600,,,,"], "1 筐起"),
    ("fares", ["0,200,700,,,", "1,500,800,,,"], "封顶"),
    ("fares", ["0,200,100,,,"], "封顶"),
    ("fares", ["0,500,,,,", "1,200,,,,"], "-300"),
    ("fares", ["0,200,,,,", f"1,500,,,,{LATER}"], "停用日期"),
    ("roster_rules", ["没有的规则,1,,,,"], "没有的规则"),
    ("roster_rules", ["星级至少,9,,,,"], "9"),
    ("roster_rules", [f"星级至少,4,{'长' * 201},,,"], "200"),
    ("roster_rules", ["years,8,,,,", "years,9,,,,"], "两次"),
    ("roster_rules", [f"years,8,,,{LATER},{LATER}"], "停用日期"),
]


@pytest.mark.parametrize(("table", "rows", "said"), BAD)
def test_rows_that_cannot_be_are_told_and_the_rest_is_taken(
    busline: BusLine, table: str, rows: list[str], said: str
) -> None:
    content = tables(requests=["n1,,v1,m1,1,1,06:00,06:30,"], **{table: rows})
    page = look(busline, content)
    told = page.context["faults"]
    assert len(told) == 1, told
    assert said in told[0]
    assert f"{table}.csv 第 " in told[0]
    assert ("demand", "n1") in steps(page)
    before = [Driver.objects.count(), OtherDuty.objects.count()]
    answer = look(busline, content, act="accept")
    assert answer.status_code == 302
    assert [Driver.objects.count(), OtherDuty.objects.count()] == before


def test_fares_a_timetable_was_made_with_stay_and_the_file_too(
    busline: BusLine,
) -> None:
    drawn_up(busline)
    page = look(busline, tables(fares=["0,300,,,,"]), act="accept")
    assert "没有写入，文件还在" in page.content.decode()
    assert FareTable.objects.get(trial=False).base_fen == 200
    assert Batch.objects.latest("pk").status == "previewed"


def test_what_a_file_is_compared_with_takes_as_many_queries_for_any_number(
    busline: BusLine, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        busline.driver(f"x{number}")
        busline.duty(f"x{number}")
    with django_assert_num_queries(12):
        held = standing(busline.line, on=DAY)
        for driver in held.drivers.values():
            list(driver.absences.all())
        for table in held.fares:
            list(table.bands.all())


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_preview_is_whole_on_a_phone_and_a_desk(
    request: pytest.FixtureRequest, size: str, tmp_path: Path
) -> None:
    made = build(build_world())
    page: Page = request.getfixturevalue(size)
    page.goto("/account/sign-in")
    page.fill("[name=username]", "town_worker")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button[type=submit]")
    expect(page.get_by_role("navigation", name="工作导航").first).to_be_attached()
    page.goto(f"/bus/{made.line.pk}/import")
    day = timezone.localdate()
    file = tmp_path / "line.zip"
    file.write_bytes(
        tables(
            drivers=[
                f"a,,2010-05-01,5,{day}..{day + timedelta(9)} {day + timedelta(40)},,",
                "x,,2010-05-01,5,,,",
            ],
            duties=["早晚高峰,13:00,25:10,,67,,,"],
            fares=["0,250,,会议（虚构）,,", "1,600,,,,", "3,900,,,,"],
            roster_rules=["夜间开始(0点起分钟),1300,3 号文,是,,"],
        )
    )
    page.get_by_label("表格文件").set_input_files(str(file))
    page.get_by_role("button", name="看看会改什么").click()
    expect(page.get_by_text("驾驶员要写姓名")).to_be_visible()
    expect(page.get_by_text("加上不在的日子")).to_be_visible()
    looking.check(page)
    expect(page.get_by_text("22:00 改成 21:40")).to_be_visible()
    expect(page.get_by_text("周一至周五 改成 周六、周日")).to_be_visible()
    expect(page.get_by_text("改成 一直在开")).to_be_visible()
    page.get_by_role("button", name="确认写入").click()
    expect(page.get_by_text("写入了 4 条").first).to_be_visible()
