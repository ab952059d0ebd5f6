import csv
import subprocess
import sys
from pathlib import Path

import pytest

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.command import main
from wugeyi.engines.lineplanning.reading import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(instance.case(4, instance.Size(8, 2, 1, 1)), tmp_path / "line")
    return tmp_path / "line"


def test_templates_are_written_and_an_empty_case_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", str(tmp_path / "t")], language="zh") == 0
    assert (tmp_path / "t" / "requests.csv").exists()
    assert main(["check", str(tmp_path / "t")], language="zh") == 1
    assert "没有出行需求" in capsys.readouterr().err


def test_check_says_what_is_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(folder)], language="en") == 0
    assert "Ready to plan: 8 requests, 8 stops, 2 buses." in capsys.readouterr().out


def test_plan_writes_every_call(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(folder), "--out", str(tmp_path / "o")], language="zh") == 0
    told = capsys.readouterr()
    with (tmp_path / "o" / "plan.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert told.out.splitlines() == ["\t".join(row) for row in rows]
    assert len(rows) > 3
    assert "差距 0.00%" in told.err


def test_explain_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(folder), "nobody"], language="en") == 1
    assert "There is no request “nobody”." in capsys.readouterr().err
    assert main(["explain", str(folder)], language="en") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "request\treason"
    assert all("left out" in line or "No bus" in line for line in lines[1:])


def test_a_broken_table_is_told_without_a_traceback(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ways.csv").write_text("从,到\n", encoding="utf-8")
    assert main(["plan", str(folder)], language="zh") == 1
    assert "缺少列“分钟”" in capsys.readouterr().err
    assert main(["nonsense"]) == 2


def test_help_and_importing_load_no_compiler() -> None:
    code = (
        "import sys; import wugeyi.engines.lineplanning as l; l.Case; l.read;"
        "from wugeyi.engines.lineplanning.command import main; main(['--help']);"
        "sys.exit(bool({'numba', 'highspy', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert done.returncode == 0, done.stderr
