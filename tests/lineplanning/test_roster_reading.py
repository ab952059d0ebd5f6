import csv
from datetime import date
from pathlib import Path

import pytest

from wugeyi.engines.lineplanning.command import main
from wugeyi.engines.lineplanning.fares import STANDARD, fare_fen
from wugeyi.engines.lineplanning.findings import Refused, say
from wugeyi.engines.lineplanning.reading.crew import Crew, read_crew, write_crew
from wugeyi.engines.lineplanning.roster import Origin, RosterRules, instance


@pytest.mark.parametrize("chinese", [True, False])
def test_what_is_written_is_read_again(tmp_path: Path, chinese: bool) -> None:
    crew = Crew(instance.drivers(3), instance.duties(3), RosterRules(), STANDARD)
    write_crew(crew, tmp_path, chinese=chinese)
    read, noticed = read_crew(tmp_path)

    assert noticed == ()
    assert (read.drivers, read.duties, read.rules) == (
        crew.drivers,
        crew.duties,
        crew.rules,
    )
    assert read.fares is not None
    for baskets in range(5):
        assert fare_fen(read.fares, baskets) == fare_fen(STANDARD, baskets)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_people_may_write_as_they_are_used_to(tmp_path: Path) -> None:
    write(
        tmp_path,
        "drivers.csv",
        "编号,姓名,初次领证日期,星级,不在的日子\n"
        "D1,甲,2010/3/5,4,2026-03-02..2026-03-04 2026-03-09\n",
    )
    write(
        tmp_path,
        "duties.csv",
        "编号,上班,下班,驾驶时段,星期\nA,5:00,12:00,05:00-08:00、09:00至11:30,12345\n",
    )
    write(
        tmp_path,
        "roster_rules.csv",
        "规则,数值,依据,已核对\n驾龄至少(年),8,市公交公司 2026 年 3 号文,是\n没有,1,,\n",
    )
    crew, noticed = read_crew(tmp_path)
    assert [each.code for each in noticed] == ["roster-rule-unknown"]
    assert crew.drivers[0].absent == tuple(date(2026, 3, d) for d in (2, 3, 4, 9))
    assert crew.duties[0].driving == ((300, 480), (540, 690))
    assert crew.duties[0].weekdays == (True,) * 5 + (False,) * 2
    assert crew.rules.years == 8
    assert crew.rules.origins["years"] == Origin("市公交公司 2026 年 3 号文", True)
    assert not crew.rules.origins["stars"].verified
    assert crew.fares is None


def test_what_cannot_be_read_is_told_row_by_row(tmp_path: Path) -> None:
    write(
        tmp_path,
        "drivers.csv",
        "编号,初次领证日期,星级,不在的日子\nD1,昨天,4,\nD2,2010-01-01,4,2026-13-01\n",
    )
    write(
        tmp_path, "duties.csv", "编号,上班,下班,驾驶时段,星期\nA,5:00,12:00,早上,八\n"
    )
    write(tmp_path, "fares.csv", "筐数起,每人票价(分)\n1,500\n")
    with pytest.raises(Refused) as problem:
        read_crew(tmp_path)
    told = {(each.code, each.subject) for each in problem.value.findings}
    assert told == {
        ("cell-date", "drivers.csv:2"),
        ("cell-date", "drivers.csv:3"),
        ("cell-times", "duties.csv:2"),
        ("cell-weekdays", "duties.csv:2"),
        ("fare-base-missing", "fares.csv"),
    }
    for each in problem.value.findings:
        assert "{" not in say(each, "zh") + say(each, "en")


def test_the_command_makes_a_roster_of_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crew = Crew(
        instance.drivers(1, 8, 7), instance.duties(1, 1, 3), RosterRules(), STANDARD
    )
    write_crew(crew, tmp_path / "line")
    words = ["roster", str(tmp_path / "line"), "--from", "2026-03-02", "--days", "7"]
    assert main([*words, "--out", str(tmp_path / "o")], language="zh") == 0
    told = capsys.readouterr()
    with (tmp_path / "o" / "roster.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert told.out.splitlines() == ["\t".join(row) for row in rows]
    assert len(rows) == 1 + 4 * 5 + 2 * 2
    assert "未核对" in told.err
    assert "不可能少于" in told.err


def test_templates_hold_the_tables_of_a_roster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", str(tmp_path / "t")], language="zh") == 0
    crew, noticed = read_crew(tmp_path / "t")
    assert (crew.drivers, crew.duties, noticed) == ((), (), ())
    assert crew.rules == RosterRules()
    words = ["roster", str(tmp_path / "t"), "--from", "2026-03-02"]
    assert main(words, language="zh") == 1
    assert "没有司机" in capsys.readouterr().err
