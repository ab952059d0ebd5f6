"""What the engine's README shows is run, as it stands there."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from tests.ledger.village import write_village
from wugeyi.engines import ledger
from wugeyi.engines.ledger.command import main
from wugeyi.engines.ledger.command.options import COMMANDS

README = Path(ledger.__file__).parent / "README.md"
TEXT = README.read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    write_village(tmp_path / "village")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_notebook_runs_from_top_to_bottom(folder):
    said = io.StringIO()
    namespace = {"__name__": "notebook"}
    with contextlib.redirect_stdout(said):
        for number, block in enumerate(blocks("python"), start=1):
            exec(compile(block, f"README.md block {number}", "exec"), namespace)
    out = said.getvalue()
    assert "1020101 基本户 485,000.00" in out
    assert "M5 4,000.00 13/14 1" in out
    assert "M7 11,999.99 11/14 0" in out
    assert "100,000.00 0.00" in out
    assert "at least one of the vouchers 1 to 10 in order differs" in out
    # What was carried over at the closing is income all the same.
    assert "('10201', 50000000, 14300000, 15800000, 48500000)] 14300000" in out
    assert "('153',) True False\n153\n" in out


def test_the_commands_run_from_top_to_bottom(folder, capsys):
    (shell,) = blocks("sh")
    shown = []
    for line in shell.splitlines():
        words = shlex.split(line, comments=True)
        assert words[:3] == ["python", "-m", "wugeyi.engines.ledger"]
        assert main(words[3:], language="en") == 0, line
        shown.append(words[3])
    assert tuple(sorted(shown)) == tuple(sorted(COMMANDS))
    assert "balance Assets:102:01:01  485000.00 ~ 0.00 CNY" in capsys.readouterr().out


def test_every_name_is_there_and_is_not_hidden_by_a_module():
    modules = {each.stem for each in README.parent.iterdir()}
    for name in dir(ledger):
        assert getattr(ledger, name) is not None
        assert name not in modules
    with pytest.raises(AttributeError, match="no attribute"):
        _ = ledger.nothing
