from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.command import main
from wugeyi.engines.lineplanning.findings import Finding, Refused, say
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.reading import TABLES, read, write
from wugeyi.engines.lineplanning.reading.dated import holding

SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)
RULES = "规则,数值,起用日期,停用日期\n"


def line(tmp_path: Path, **tables: str) -> Path:
    write(instance.case(3, instance.Size(4, 1, 1, 1)), tmp_path)
    for name, text in tables.items():
        (tmp_path / TABLES[name].file).write_text(text, encoding="utf-8")
    return tmp_path


def refused(folder: Path, on: date | None) -> list[Finding]:
    with pytest.raises(Refused) as problem:
        read(folder, on=on)
    for each in problem.value.findings:
        assert "{" not in say(each, "zh") + say(each, "en")
    return [each for each in problem.value.findings if each.severity == "error"]


FOLLOWING = (
    RULES
    + "每班最多停站,4,,2026-03-01\n"
    + "每班最多停站,6,2026/3/1,2026年9月1日\n"
    + "每班最多停站,5,20260901,\n"
)


@pytest.mark.parametrize(
    ("on", "stops"),
    [
        (date(2026, 2, 28), 4),
        (SPRING, 6),
        (date(2026, 8, 31), 6),
        (AUTUMN, 5),
        (date(2030, 1, 1), 5),
    ],
)
def test_the_rows_of_the_day_are_taken(tmp_path: Path, on: date, stops: int) -> None:
    case, found = read(line(tmp_path, rules=FOLLOWING), on=on)
    assert case.rules.stops_limit == stops
    assert found == ()


def test_the_day_must_be_told_where_rows_are_dated(tmp_path: Path) -> None:
    (told,) = refused(line(tmp_path, rules=FOLLOWING), None)
    assert (told.code, told.inputs) == ("day-needed", ("rules.csv",))


def test_a_day_changes_nothing_where_no_row_is_dated(tmp_path: Path) -> None:
    folder = line(tmp_path)
    assert read(folder, on=SPRING) == read(folder)


def test_two_rows_on_one_day_are_refused_on_that_day_only(tmp_path: Path) -> None:
    text = RULES + "每班最多停站,4,,2026-09-01\n每班最多停站,6,2026-03-01,\n"
    folder = line(tmp_path, rules=text)
    (told,) = refused(folder, SPRING)
    assert (told.code, told.subject) == ("dates-overlap", "rules.csv:3")
    assert told.inputs == ("rules.csv:2", "rules.csv:3")
    case, (warned,) = read(folder, on=AUTUMN)
    assert (warned.code, warned.severity) == ("dates-overlap", "warning")
    assert case.rules.stops_limit == 6


def test_an_undated_row_overlaps_with_a_dated_one(tmp_path: Path) -> None:
    text = RULES + "每班最多停站,4,,\n每班最多停站,6,2026-03-01,\n"
    (told,) = refused(line(tmp_path, rules=text), SPRING)
    assert told.code == "dates-overlap"


def test_dates_that_are_none_or_turned_are_refused(tmp_path: Path) -> None:
    text = RULES + "每班最多停站,4,2026-02-30,\n最长乘车分钟,60,2026-09-01,2026-09-01\n"
    told = refused(line(tmp_path, rules=text), SPRING)
    assert [(each.code, each.subject) for each in told] == [
        ("cell-date", "rules.csv:2"),
        ("dates-turned", "rules.csv:3"),
    ]


def test_a_table_of_which_nothing_holds_is_told(tmp_path: Path) -> None:
    text = "站点,时刻,线路,起用日期\nv0,6:30,252,2026-09-01\n"
    case, found = read(line(tmp_path, departures=text), on=SPRING)
    assert case.departures == ()
    (told,) = found
    assert (told.code, told.values["many"]) == ("none-hold", 1)


def test_ways_to_a_stop_that_is_gone_are_no_trouble(tmp_path: Path) -> None:
    text = "编号,名称,停用日期\nv0,,2026-03-01\nv1,,\nv2,,\nv3,,\n"
    folder = line(tmp_path, stops=text)
    before, found = read(folder, on=date(2026, 2, 1))
    assert found == ()
    assert "v0" in before.ways.codes
    after, found = read(folder, on=SPRING)
    assert found == ()
    assert "v0" not in after.ways.codes
    assert kept(before, "v1", "m0") == kept(after, "v1", "m0")


def kept(case: Case, here: str, there: str) -> int:
    codes = case.ways.codes
    return case.ways.minutes[codes.index(here)][codes.index(there)]


days = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 12))


@given(
    spans=st.lists(st.tuples(st.sampled_from("ab"), days, days), max_size=7),
    on=st.dates(date(2026, 1, 1), date(2026, 1, 12)),
)
def test_an_error_is_told_just_where_two_rows_hold(
    spans: list[tuple[str, date | None, date | None]], on: date
) -> None:
    rows = [
        (number, {"code": code, "valid_from": first, "valid_until": end})
        for number, (code, first, end) in enumerate(spans, start=2)
    ]
    kept, found = holding({"stops": rows}, {"stops": "stops.csv"}, on)

    def holds(first: date | None, end: date | None) -> bool:
        return (first is None or first <= on) and (end is None or on < end)

    expected = [
        (number, code)
        for number, (code, first, end) in enumerate(spans, start=2)
        if holds(first, end)
    ]
    assert [(number, row["code"]) for number, row in kept["stops"]] == expected
    codes = [code for _, code in expected]
    dated = {
        code
        for code, first, end in spans
        if holds(first, end) and (first is not None or end is not None)
    }
    twice = {code for code in codes if codes.count(code) > 1} & dated
    told = {
        str(each.values["thing"])
        for each in found
        if each.code == "dates-overlap" and each.severity == "error"
    }
    assert told == twice


def test_the_command_asks_for_the_day_and_takes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(line(tmp_path, rules=FOLLOWING))
    assert main(["check", folder], language="zh") == 1
    assert "请说明要看哪一天" in capsys.readouterr().err
    assert main(["check", folder, "--on", "2026-03-01"], language="zh") == 0
    assert main(["check", folder, "--on", "spring"], language="zh") == 2
