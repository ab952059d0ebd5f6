import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.lineplanning.gtfs_cases import JUDGES, packed, placed, planned
from tests.lineplanning.test_gtfs_reading import SMALL
from wugeyi.engines.lineplanning.archive import to_json
from wugeyi.engines.lineplanning.command import main
from wugeyi.engines.lineplanning.gtfs import read_feed
from wugeyi.engines.lineplanning.gtfs.command import fares
from wugeyi.engines.lineplanning.reading import read, write
from wugeyi.engines.lineplanning.tariff import Band, Fares

TOLD = [
    *("--agency", "虚构公交公司", "--url", "https://bus.example.org/"),
    *("--phone", "+86 28 5555 0100", "--email", "bus@example.org"),
    *("--number", "252", "--name", "虚构惠农专线"),
    *("--from", "2026-03-01", "--until", "2026-12-31", "--not-on", "2026-10-01"),
    *("--fare", "0=2", "--fare", "1=5", "--fare", "2=7.00"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(placed(3), tmp_path / "line")
    return tmp_path / "line"


def test_a_folder_becomes_feeds(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, flex = tmp_path / "feed.zip", tmp_path / "flex.zip"
    told = [*TOLD, "--flex", str(flex), "--steps", "500"]
    assert main(["gtfs", str(folder), "--out", str(out), *told], language="zh") == 0
    assert f"已写到 {flex}" in capsys.readouterr().err
    for judge in JUDGES:
        assert judge(out) == judge(flex) == []
    read_, found = read_feed(out)
    assert found == ()
    assert len(read_.trips) > 2


def test_a_plan_that_is_given_is_taken(folder: Path, tmp_path: Path) -> None:
    case, plan = planned(3)
    write(case, folder)
    plan = replace(plan, blocks=plan.blocks[:1])
    given = tmp_path / "plan.json"
    given.write_text(json.dumps(to_json(plan)), "utf-8")
    out = tmp_path / "feed.zip"
    words = ["gtfs", str(folder), "--out", str(out), "--plan", str(given), *TOLD]
    assert main(words, language="en") == 0
    assert len(read_feed(out)[0].trips) == len(plan.blocks[0].trips)


def test_what_is_amiss_is_told_without_a_traceback(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "feed.zip")]
    bad = tmp_path / "plan.json"
    bad.write_text("[]", "utf-8")
    words = ["gtfs", str(folder), *out, *TOLD]
    assert main([*words, "--plan", str(bad)], language="en") == 1
    assert "holds no plan" in capsys.readouterr().err
    case = placed(3)
    bare = replace(case, stops=tuple(replace(s, lat=None) for s in case.stops))
    write(bare, folder)
    assert main(words, language="zh") == 1
    assert "没有经纬度" in capsys.readouterr().err
    assert not (tmp_path / "feed.zip").exists()
    assert main([*words, "--weekdays", "8"]) == 2
    assert main([*words, "--fare", "x=y"]) == 2
    assert main([*words, "--fare", "1=0.005"]) == 2
    assert main([*words, "--also-on", "soon"]) == 2


def test_fares_out_of_what_a_ride_costs() -> None:
    assert fares([]) is None
    standard = Fares(200, (Band(1, 300), Band(2, 500)), None)
    assert fares([(0, 200), (2, 700), (1, 500)]) == standard


def test_departures_become_a_table_of_the_case(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = placed(3)
    near = replace(case.stops[0], lat=31.05, lon=104.1003)
    write(replace(case, stops=(near, *case.stops[1:]), departures=()), folder)
    regular = tmp_path / "regular.zip"
    regular.write_bytes(packed(SMALL))
    words = ["departures", str(folder), str(regular), "--on", "2026-05-01"]
    assert main([*words, "--out", str(folder / "departures.csv")], language="zh") == 0
    told = capsys.readouterr().err
    assert "1 条常规线路，" in told
    assert "60 米内没有常规车的站点" in told
    again, _ = read(folder)
    at_stop = [each for each in again.departures if each.place == near.code]
    assert [each.minute for each in at_stop] == [10, 480, 500, 520, 1450]
    assert main(words, language="en") == 0
    assert capsys.readouterr().out.splitlines()[0] == "place,minute,line"
    assert main([*words[:-1], "2030-01-01"], language="en") == 0
    assert "no trips on 2030-01-01" in capsys.readouterr().err


def test_a_broken_timetable_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regular = tmp_path / "regular.zip"
    regular.write_bytes(b"?")
    words = ["departures", str(folder), str(regular), "--on", "2026-05-01"]
    assert main(words, language="en") == 1
    assert "no sound zip archive" in capsys.readouterr().err
