"""Papers hold whatever a line has: many trips, long names, sheets that run over."""

import re

import pytest

from wugeyi.buslines.paper import poster, sheet, sign
from wugeyi.buslines.paper.parts import Along, Fare, Whose
from wugeyi.ui.paper import code_of, prepare, width_of, wrapped

LONG = "特别特别特别特别特别长的村名" * 4
WHOSE = Whose(
    number="252路乙",
    name=LONG,
    other_name="A very long name of a line for growers and their baskets " * 3,
    invented="演示：这条线是虚构的，没有车来",
    foot=("2026年3月18日 起执行", LONG, "0851-12345678"),
    fares=tuple(Fare(f"{n} 筐", f"{n} 元") for n in range(5)),
    fares_title="一个人的票价",
    code=code_of("https://bus.example.org/bus/l/ABCDEFGH/at/1"),
    code_text="扫码看时间、订座",
)


def pages(content: bytes) -> int:
    assert content.startswith(b"%PDF")
    return len(re.findall(rb"/Type /Page\s", content))


@pytest.mark.parametrize("times", [0, 1, 4, 30])
def test_a_sign_is_one_sheet_however_many_buses(times):
    column = sign.Column(
        "去市场", [sign.Time("次日 01:10", "06:30 到北门市场")] * times, "没有"
    )
    along = [Along(LONG, "Village", here=n == 1, end=n == 39) for n in range(40)]
    made = sign.Sign(WHOSE, LONG, LONG, "每天", (column, column), along, "沿途站点")
    assert pages(sign.pdf([made, made], "站牌")) == 2
    assert pages(sign.pdf([made], "站牌", large=True)) == 1


@pytest.mark.parametrize(("trips", "sheets"), [(1, 1), (8, 1), (9, 2), (40, 5)])
def test_a_poster_takes_as_many_sheets_as_trips_need(trips, sheets):
    rows = [(LONG, "Village", ["06:30"] * trips, n == 11) for n in range(12)]
    grid = poster.Grid("去市场", [f"第 {n} 班" for n in range(trips)], rows)
    made = poster.Poster(WHOSE, "每天", [grid], "公告", LONG * 20)
    assert pages(poster.pdf(made, "时刻表")) == sheets


def test_a_sheet_runs_over_to_the_next():
    row = sheet.Row("06:02", LONG, "上 3 人 6 筐", "2 人 3 筐", "王 3812、" * 9)
    trips = [sheet.Trip(f"第 {n} 班", [row] * 12) for n in range(4)]
    made = sheet.Sheet(LONG, LONG, "演示", trips, ("时间",) * 8, "用完销毁")
    assert pages(sheet.pdf([made, made], "行车单")) == 8
    endless = sheet.Sheet(LONG, "", "", [sheet.Trip("班", [row] * 50)], ("",) * 8, "")
    assert pages(sheet.pdf([endless], "行车单")) == 3


@pytest.mark.parametrize(
    "text", [LONG * 5, "many short words " * 30, "混合 mixed 文字。" * 20]
)
def test_wrapped_lines_fit_and_lose_nothing(text):
    prepare()
    lines = wrapped(text, 11, 200)
    assert all(width_of(line, 11) <= 211 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(wrapped(text, 11, 200, most=3)) == 3
    assert wrapped(text, 11, 200, most=3)[-1].endswith("…")
