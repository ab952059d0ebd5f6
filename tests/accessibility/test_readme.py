"""What the engine's tutorial shows is run, as it stands there."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from tests.accessibility.town import write_town
from wugeyi.engines.accessibility import command

README = Path(command.__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(write_town(tmp_path))
    return tmp_path


def test_the_notebook_runs_from_top_to_bottom(folder):
    said = io.StringIO()
    namespace = {"__name__": "notebook"}
    with contextlib.redirect_stdout(said):
        for number, block in enumerate(blocks("python"), start=1):
            exec(compile(block, f"README.md block {number}", "exec"), namespace)
    out = said.getvalue()
    assert "42 41 © OpenStreetMap contributors" in out
    assert "200 440 1" in out
    assert "南岸东楼 Schools farther → 5." in out
    assert "Supply(places=400, demand=200, served=200)" in out
    assert "of at most 440" in out
    assert "True 0.0" in out
    assert "MultiPolygon" in out


def test_the_commands_run_from_top_to_bottom(folder):
    (shell,) = blocks("sh")
    lines = shell.replace("\\\n", " ").splitlines()
    assert len(lines) == 6
    for line in lines:
        program, circle, *words = shlex.split(line)
        assert (program, circle) == ("wugeyi", "circle")
        assert command.main(words, language="en") == 0, line
    for made in ("times.csv", "gained.geojson", "area.geojson", "streets.geojson"):
        assert (folder / made).stat().st_size > 100


def test_every_command_is_shown():
    (shell,) = blocks("sh")
    assert set(re.findall(r"^wugeyi circle (\w+)", shell, re.MULTILINE)) == {
        "import",
        "reach",
        "whatif",
        "site",
        "isochrone",
        "export",
    }
