from dataclasses import replace
from pathlib import Path

import pytest

from tests.lineplanning.test_checker import CASE
from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.findings import Refused, say
from wugeyi.engines.lineplanning.model import (
    NO_ROAD,
    Apart,
    Case,
    Depot,
    Market,
    Rules,
    Stop,
    Ways,
)
from wugeyi.engines.lineplanning.reading import TABLES, read, write


@pytest.mark.parametrize("chinese", [True, False])
def test_what_is_written_is_read_again(tmp_path: Path, chinese: bool) -> None:
    case = instance.case(3, instance.Size(8, 2, 1, 1))
    folder = tmp_path / case.name
    write(case, folder, chinese=chinese)
    again, found = read(folder)
    assert found == ()
    assert again == case


@pytest.mark.parametrize("chinese", [True, False])
def test_what_a_place_says_itself_and_shut_roads_survive(
    tmp_path: Path, chinese: bool
) -> None:
    case = Case(
        stops=(Stop("s", "村口", Apart(1, 2, 3), 900, lat=26.5, lon=106.713),),
        markets=(Market("m", opens_minute=300, closes_minute=1500),),
        depots=(Depot("d"),),
        ways=Ways(
            ("d", "m", "s"),
            ((0, NO_ROAD, 3), (4, 0, 5), (6, 7, 0)),
            ((0, NO_ROAD, 30), (40, 0, 50), (60, 70, 0)),
        ),
        vehicles=CASE.vehicles,
        requests=tuple(replace(each, home=True) for each in CASE.requests),
        rules=Rules(stops_limit=3, apart=Apart(4, 5, 6)),
        name="folder",
    )
    write(case, tmp_path / "folder", chinese=chinese)
    again, found = read(tmp_path / "folder")
    assert [each.code for each in found] == ["ways-assumed"]
    assert again == case
    assert "25:00" in (tmp_path / "folder" / "markets.csv").read_text("utf-8-sig")


def folder(tmp_path: Path, **tables: str | bytes) -> Path:
    case = instance.case(3, instance.Size(4, 1, 1, 1))
    write(case, tmp_path)
    for name, content in tables.items():
        path = tmp_path / TABLES[name].file
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
    return tmp_path


HEAD = "编号,名称,上车站,市场,人数,筐数,最早到达,最晚到达,回程\n"


def test_a_file_of_a_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    text = HEAD + "甲,王家,v0,m0,３,4.0,6:30,０７：００:00\n,,,,,,,\n"
    case, _ = read(folder(tmp_path, requests=text.encode("gb18030")))
    (request,) = case.requests
    assert (request.code, request.name) == ("甲", "王家")
    assert (request.persons, request.baskets) == (3, 4)
    assert (request.earliest_minute, request.latest_minute) == (390, 420)


def test_those_who_ride_home_say_so(tmp_path: Path) -> None:
    rows = "".join(
        f"{number},,v0,m0,3,4,11:00,12:00,{told}\n"
        for number, told in enumerate(["是", "YES", " 1 ", "", "否", "n"])
    )
    case, _ = read(folder(tmp_path, requests=HEAD + rows))
    assert [each.home for each in case.requests] == [True] * 3 + [False] * 3


TROUBLES: list[tuple[str, str, str | bytes, str]] = [
    ("requests", "cell-number", HEAD + "甲,,v0,m0,三,4,6:30,7:00", "requests.csv:2"),
    ("requests", "cell-number", HEAD + "甲,,v0,m0,3.5,4,6:30,7:00", "requests.csv:2"),
    ("requests", "cell-time", HEAD + "甲,,v0,m0,3,4,6点半,7:00", "requests.csv:2"),
    ("requests", "cell-time", HEAD + "甲,,v0,m0,3,4,6:75,7:00", "requests.csv:2"),
    (
        "requests",
        "cell-yes",
        HEAD + "甲,,v0,m0,3,4,6:30,7:00,也许",
        "requests.csv:2",
    ),
    ("stops", "cell-decimal", "编号,纬度\nv0,北纬26\n", "stops.csv:2"),
    ("requests", "cell-empty", HEAD + "甲,,v0,m0,,4,6:30,7:00", "requests.csv:2"),
    ("requests", "cell-empty", HEAD + "甲,,v0,m0", "requests.csv:2"),
    ("requests", "column-missing", "编号,名称\n甲,乙\n", "requests.csv"),
    ("requests", "table-damaged", HEAD + '甲,"乙', "requests.csv"),
    ("requests", "table-encoding", b"\xff\xff\xff", "requests.csv"),
    (
        "ways",
        "way-twice",
        "从,到,分钟,米\nv0,m0,5,600\nv0,m0,6,600\n",
        "ways.csv:3",
    ),
]


@pytest.mark.parametrize(("table", "code", "content", "where"), TROUBLES)
def test_trouble_is_told_with_its_line(
    tmp_path: Path, table: str, code: str, content: str | bytes, where: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(folder(tmp_path, **{table: content}))
    found = [each for each in refused.value.findings if each.code == code]
    assert where in [each.subject for each in found]
    for each in refused.value.findings:
        assert "{" not in say(each, "zh") + say(each, "en")


def test_all_troubles_are_told_at_once(tmp_path: Path) -> None:
    text = HEAD + "甲,,v0,m0,三,4,6:30,7:00\n乙,,v0,m0,3,四,6:30,七点\n"
    with pytest.raises(Refused) as refused:
        read(folder(tmp_path, requests=text))
    where = [each.subject for each in refused.value.findings]
    assert where == ["requests.csv:2", "requests.csv:3", "requests.csv:3"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path)
    missing = {each.subject for each in refused.value.findings}
    assert missing == {table.file for table in TABLES.values() if table.needed}


def test_what_is_not_known_is_told_and_left_out(tmp_path: Path) -> None:
    case, found = read(
        folder(
            tmp_path,
            rules="规则,数值\n每班最多停站,4\n票价,2\n",
            depots="编号,名称,电话\ndepot,车场,123\n",
            ways="从,到,分钟,米\nv0,m0,5,600\nv0,x,5,600\n",
        )
    )
    codes = {each.code for each in found}
    assert codes == {"rule-unknown", "column-unknown", "ways-assumed", "way-elsewhere"}
    assert case.rules.stops_limit == 4
    here, there = map(case.ways.codes.index, ("v0", "depot"))
    assert case.ways.minutes[here][there] == NO_ROAD


def test_too_many_rows_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wugeyi.engines.lineplanning.reading.rows.MOST_ROWS", 3)
    with pytest.raises(Refused) as refused:
        read(folder(tmp_path))
    assert "table-too-long" in {each.code for each in refused.value.findings}


def test_templates_have_titles_and_nothing_else(tmp_path: Path) -> None:
    nothing = Case((), (), (), Ways((), (), ()), (), ())
    write(nothing, tmp_path)
    lines = (tmp_path / "requests.csv").read_text("utf-8-sig").splitlines()
    assert lines == [HEAD.strip()]
