from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.reports.forms import village
from wugeyi.engines.formfill.__main__ import main


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    path.write_bytes(village.village(village.FIRST).content())
    return path


def test_fields(form: Path, capsys) -> None:
    assert main(["fields", str(form)]) == 0
    assert "Sheet!D5,经营收入 / 金额 / 本年数" in capsys.readouterr().out


def test_match(form: Path, tmp_path: Path, capsys) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text("code,name,unit\nown,经营收入,分\n", encoding="utf-8")
    days = ["2025-01-01", "2025-12-31"]
    assert main(["match", str(form), str(terms), *days]) == 0
    line = "Sheet!E5,经营收入 / 金额 / 上年数,certain,own,万元,2024-01-01,2024-12-31"
    assert line in capsys.readouterr().out


def test_fill(form: Path, tmp_path: Path) -> None:
    values, out = tmp_path / "values.csv", tmp_path / "out.xlsx"
    values.write_text("cell,value\nSheet!D5,49.9\nSheet!F5,好\n", encoding="utf-8")
    assert main(["fill", str(form), str(values), str(out)]) == 0
    page = load_workbook(out, data_only=True).active
    assert (page["D5"].value, page["F5"].value, page["D8"].value) == (49.9, "好", 49.9)


def test_refused(tmp_path: Path, capsys) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"no")
    assert main(["fields", str(path)]) == 1
    assert "not_a_workbook" in capsys.readouterr().out
