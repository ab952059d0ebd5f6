import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.lineplanning.cases import cases
from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.command import main
from wugeyi.engines.lineplanning.findings import Finding, Refused, clock, say
from wugeyi.engines.lineplanning.model import Case, Ways
from wugeyi.engines.lineplanning.reading import read, read_workbook, write
from wugeyi.engines.lineplanning.reading.crew_tables import (
    CREW_RULE_TITLES,
    CREW_TABLES,
)
from wugeyi.engines.lineplanning.reading.tables import DATED, RULE_TITLES, TABLES
from wugeyi.engines.lineplanning.texts_columns import NOTES, RULES
from wugeyi.engines.lineplanning.texts_crew import CREW_NOTES, CREW_RULES
from wugeyi.engines.lineplanning.texts_workbook import SHEETS
from wugeyi.engines.lineplanning.workbook import case_workbook, template

CASE = instance.case(3, instance.Size(4, 1, 1, 1))
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


@LANGUAGES
@settings(max_examples=25, deadline=None)
@given(
    case=cases(returns=True),
    name=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1),
    lat=st.integers(-90_000_000, 90_000_000).map(lambda each: each / 1_000_000),
)
def test_what_is_written_is_read_again(
    language: Any, case: Case, name: str, lat: float
) -> None:
    assume(not name.startswith(("=", "＝", "#", "＃")))
    first = replace(case.stops[0], name=name, lat=lat, lon=-lat)
    case = replace(case, stops=(first, *case.stops[1:]))
    again, found = read_workbook(case_workbook(case, language))
    assert {each.code for each in found} <= {"ways-assumed"}
    assert again == replace(case, ways=shut(case.ways))


def shut(ways: Ways) -> Ways:
    """Return ways in the order in which reading has them: stops after the others."""
    order = sorted(range(len(ways.codes)), key=lambda i: "dms".index(ways.codes[i][0]))

    def turned(table: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(table[i][j] for j in order) for i in order)

    codes = tuple(ways.codes[i] for i in order)
    return Ways(codes, turned(ways.minutes), turned(ways.metres))


@LANGUAGES
def test_a_whole_line_survives_and_gives_the_same_file(language: Any) -> None:
    content = case_workbook(CASE, language)
    assert content == case_workbook(CASE, language)
    again, found = read_workbook(content, name=CASE.name)
    assert (again, found) == (CASE, ())


@LANGUAGES
def test_a_template_is_read_as_an_empty_case(language: Any) -> None:
    case, found = read_workbook(template(language))
    assert case == Case((), (), (), Ways((), (), ()), (), ())
    assert found == ()


@LANGUAGES
def test_a_template_explains_every_column_and_rule(language: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(language)))
    guide, *pages = book.worksheets
    tables, both = TABLES | CREW_TABLES, NOTES | CREW_NOTES
    said = " ".join(str(cell.value) for row in guide.iter_rows() for cell in row)
    for (name, table), page in zip(tables.items(), pages, strict=True):
        assert page.title == SHEETS[name][language == "en"]
        assert page.freeze_panes == "A2"
        assert page.print_title_rows == "$1:$1"
        columns = (*table.columns, *DATED)
        assert page.max_column == len(columns)
        for column, cell in zip(columns, page[1], strict=True):
            title = column.title if language == "zh" else column.name
            assert cell.value.rstrip("*") == title
            assert cell.comment is not None
            notes = both.get(f"{name}.{column.name}") or both[column.name]
            assert notes[language == "en"] in cell.comment.text
            assert title in said
    titles = RULE_TITLES | CREW_RULE_TITLES
    for name, texts in (RULES | CREW_RULES).items():
        assert texts[language == "en"] in said
        assert (titles[name] if language == "zh" else name) in said
    assert set(RULES) == set(RULE_TITLES)
    assert set(CREW_RULES) == set(CREW_RULE_TITLES)
    choices = {
        str(rule.formula1)
        for page in pages
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }
    stops = SHEETS["stops"][language == "en"]
    assert f"'{stops}'!$A$2:$A$20000" in choices


def test_times_and_numbers_are_typed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(case_workbook(CASE)))
    page = book["出行需求"]
    row = dict(zip([cell.value for cell in page[1]], page[2], strict=True))
    assert row["人数*"].value == CASE.requests[0].persons
    assert row["最早到达*"].number_format == "[h]:mm"
    assert row["最早到达*"].value == timedelta(minutes=345)
    assert row["编号*"].number_format == "@"


# A workbook somebody filled in their own way.

HEAD = ["编号", "名称", "上车站", "市场", "人数", "筐数", "最早到达", "最晚到达"]
ROW = ["甲", "", "v0", "m0", 3, 4, "6:30", "7:00"]
Draw = Callable[[xlsxwriter.Workbook, Any], None]


def filled(draw: Draw, sheet: str = "出行需求") -> bytes:
    """Return the workbook of ``CASE`` with one sheet drawn anew."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    draw(book, book.add_worksheet(sheet))
    source = openpyxl.load_workbook(io.BytesIO(case_workbook(CASE)))
    for page in source.worksheets[1:]:
        if page.title != sheet:
            copy = book.add_worksheet(page.title)
            for line, row in enumerate(page.iter_rows(values_only=True)):
                copy.write_row(line, 0, [_plain(cell) for cell in row])
    book.close()
    return file.getvalue()


def _plain(cell: Any) -> Any:
    minutes = cell.total_seconds() // 60 if isinstance(cell, timedelta) else 0
    return clock(int(minutes)) if isinstance(cell, timedelta) else cell


def rows(*given: list[Any]) -> Draw:
    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        for line, row in enumerate(given):
            page.write_row(line, 0, row)

    return draw


def refusals(content: bytes, on: date | None = None) -> list[Finding]:
    with pytest.raises(Refused) as refused:
        read_workbook(content, on=on)
    for each in refused.value.findings:
        assert "{" not in say(each, "zh") + say(each, "en")
    return list(refused.value.findings)


def timed(value: Any, pattern: str) -> Draw:
    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ROW)
        page.write(1, 7, value, book.add_format({"num_format": pattern}))

    return draw


@pytest.mark.parametrize(
    ("value", "pattern", "minute"),
    [
        (time(7, 5), "h:mm", 425),
        (425 / 1440, "h:mm:ss", 425),
        (425 / 1440, "General", 425),
        (1450 / 1440, "h:mm", 1450),
        (1450 / 1440, "[h]:mm", 1450),
        (timedelta(hours=24, minutes=10), "[h]:mm", 1450),
        (1, "[h]:mm", 1440),
        (1, "h:mm", 1440),
        (2 + 25 / 1440, "h:mm", 2905),
        ("24:10", "@", 1450),
        ("２４：１０", "@", 1450),
    ],
)
def test_times_past_midnight_are_read_however_they_are_kept(
    value: Any, pattern: str, minute: int
) -> None:
    case, _ = read_workbook(filled(timed(value, pattern)))
    assert case.requests[0].latest_minute == minute


@pytest.mark.parametrize("value", [time(7, 5, 30), 7, 0.5001, "7点"])
def test_times_that_are_none_are_refused(value: Any) -> None:
    pattern = "h:mm:ss" if isinstance(value, time) else "General"
    (told,) = refusals(filled(timed(value, pattern)))
    assert (told.code, told.subject) == ("cell-time", "出行需求:2")
    assert told.values["column"] == "最晚到达"


def test_numbers_as_text_formulas_and_empty_rows_are_read() -> None:
    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        page.write(0, 0, "某镇出行需求表")
        page.write_row(3, 0, HEAD)
        page.write_row(5, 0, [520103, "", "v0", "m0", "３", "4.0", "6:30", "7:00"])
        page.write_formula(5, 4, "=1+2", None, 3)

    case, _ = read_workbook(filled(draw))
    (request,) = case.requests
    assert (request.code, request.persons, request.baskets) == ("520103", 3, 4)


def test_titles_may_stand_in_any_order_and_carry_stars() -> None:
    order = [4, 0, 7, 6, 5, 3, 2, 1]
    case, _ = read_workbook(
        filled(rows([f" {HEAD[k]}* " for k in order], [ROW[k] for k in order]))
    )
    assert case.requests[0].code == "甲"
    assert case.requests[0].earliest_minute == 390


def test_cells_merged_down_mean_the_same_in_every_row() -> None:
    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        page.write_row(0, 0, HEAD)
        for line, code in enumerate("甲乙丙", start=1):
            page.write_row(line, 0, [code, *ROW[1:]])
        page.merge_range(1, 2, 3, 2, "v1")

    case, found = read_workbook(filled(draw))
    assert [each.stop for each in case.requests] == ["v1"] * 3
    assert ("sheet-merged", "出行需求") in [(each.code, each.subject) for each in found]


def test_hidden_and_unknown_sheets_are_told() -> None:
    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        rows(HEAD, ROW)(book, page)
        book.add_worksheet("草稿").write(0, 0, "x")
        page.hide()
        book.worksheets_objs[1].activate()
        book.worksheets_objs[1].set_first_sheet()

    case, found = read_workbook(filled(draw))
    assert [each.code for each in case.requests] == ["甲"]
    told = {(each.code, each.subject) for each in found}
    assert told == {("sheet-hidden", "出行需求"), ("sheet-unknown", "草稿")}


def test_a_code_that_was_turned_into_a_date_is_refused() -> None:
    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        rows(HEAD, ROW)(book, page)
        day = book.add_format({"num_format": "m-d"})
        page.write_datetime(1, 0, date(2026, 3, 1), day)

    (told,) = refusals(filled(draw))
    assert (told.code, told.subject) == ("cell-turned", "出行需求:2")


def test_formulas_without_a_result_are_refused() -> None:
    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        rows(HEAD, ROW)(book, page)
        page.write_formula(1, 5, "=1/0", None, "#DIV/0!")

    (told,) = refusals(filled(draw))
    assert (told.code, told.subject) == ("cell-broken", "出行需求:2")
    assert told.values == {"column": "筐数", "value": "#DIV/0!"}
    # openpyxl writes formulas and nothing they came to.
    book = openpyxl.load_workbook(io.BytesIO(filled(rows(HEAD, ROW))))
    book["出行需求"]["F2"] = "=1+1"
    file = io.BytesIO()
    book.save(file)
    (told,) = refusals(file.getvalue())
    assert (told.code, told.values["value"]) == ("cell-broken", "=1+1")


def test_a_formula_that_came_to_an_empty_text_is_an_empty_cell() -> None:
    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        rows(HEAD, ROW)(book, page)
        page.write_formula(1, 1, '=""', None, "")

    def as_text(page: bytes) -> bytes:
        # As spreadsheets write it.
        assert b'<c r="B2">' in page
        return page.replace(b'<c r="B2">', b'<c r="B2" t="str">')

    content = swapped(filled(draw), as_text, "sheet1")
    case, found = read_workbook(content)
    assert (case.requests[0].name, found) == ("", ())


def test_all_troubles_are_told_at_once_with_sheet_and_row() -> None:
    bad = ["乙", "", "v0", "m0", "三", -1.5, "6:30", ""]
    told = refusals(filled(rows(HEAD, bad, [], ROW)))
    assert [(each.code, each.subject, each.values["column"]) for each in told] == [
        ("cell-number", "出行需求:2", "人数"),
        ("cell-number", "出行需求:2", "筐数"),
        ("cell-empty", "出行需求:2", "最晚到达"),
    ]


def test_sheets_that_lack_are_told_in_the_workbooks_language() -> None:
    def saved(language: Any) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(case_workbook(CASE, language)))
        del book[SHEETS["ways"][language == "en"]]
        del book[SHEETS["departures"][language == "en"]]
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    (told,) = refusals(saved("zh"))
    assert (told.code, told.subject) == ("sheet-missing", "行车时间")
    (told,) = refusals(saved("en"))
    assert (told.code, told.subject) == ("sheet-missing", "ways")


def test_empty_and_double_sheets_are_refused() -> None:
    (told,) = refusals(filled(lambda book, page: None))
    assert (told.code, told.subject) == ("sheet-empty", "出行需求")

    def draw(book: xlsxwriter.Workbook, page: Any) -> None:
        rows(HEAD, ROW)(book, page)
        rows(HEAD, ROW)(book, book.add_worksheet("Requests"))

    (told,) = refusals(filled(draw))
    assert (told.code, told.subject) == ("sheet-twice", "Requests")


# What is no sound workbook at all.


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def swapped(
    content: bytes, change: Callable[[bytes], bytes], sheet: str = "sheet2"
) -> bytes:
    """Return a workbook of which one sheet is changed as text."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            found = name == f"xl/worksheets/{sheet}.xml"
            new.writestr(name, change(part) if found else part)
    return file.getvalue()


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNSOUND = [
    (b"", "workbook-none"),
    (b"name,code\n", "workbook-none"),
    (packed(word__document_xml=b"<w/>"), "workbook-none"),
    (packed(xl__workbook_xml=b"<w/>"), "workbook-damaged"),
    (case_workbook(CASE)[:9000], "workbook-damaged"),
    (OLE2 + b"\0" * 600, "workbook-old"),
    (OLE2 + "EncryptedPackage".encode("utf-16-le"), "workbook-locked"),
    (
        swapped(case_workbook(CASE), lambda page: page.replace(b"</sheetData>", FAR)),
        "workbook-wide",
    ),
    (
        swapped(
            case_workbook(CASE), lambda page: page.replace(b'r="A1"', b'r="&#65;1"')
        ),
        "workbook-damaged",
    ),
    (swapped(case_workbook(CASE), lambda page: page[:400]), "workbook-damaged"),
]


@pytest.mark.parametrize(("content", "code"), UNSOUND)
def test_what_is_no_sound_workbook_is_refused(content: bytes, code: str) -> None:
    (told,) = refusals(content)
    assert told.code == code


def test_a_small_file_may_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    package = "wugeyi.engines.lineplanning.reading.package"
    content = case_workbook(CASE)
    monkeypatch.setattr(f"{package}.MOST_UNPACKED_BYTES", 50_000)
    assert [each.code for each in refusals(content)] == ["workbook-large"]
    monkeypatch.setattr(f"{package}.MOST_BYTES", 5_000)
    assert [each.code for each in refusals(content)] == ["workbook-large"]


# A workbook beside or instead of CSV files.


def test_a_folder_may_hold_a_workbook_instead_of_files(tmp_path: Path) -> None:
    (tmp_path / "line.xlsx").write_bytes(case_workbook(CASE))
    (tmp_path / "~$line.xlsx").write_bytes(b"lock")
    case, _ = read(tmp_path)
    assert replace(case, name=CASE.name) == CASE
    again, _ = read(tmp_path / "line.xlsx")
    assert again == replace(CASE, name="line")


def test_each_table_is_taken_from_where_it_is(tmp_path: Path) -> None:
    write(CASE, tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(case_workbook(CASE)))
    for name in book.sheetnames:
        if name != "行车时间":
            del book[name]
    book.save(tmp_path / "roads.xlsx")
    with pytest.raises(Refused) as refused:
        read(tmp_path)
    (told,) = refused.value.findings
    assert (told.code, told.inputs) == ("table-in-both", ("行车时间", "ways.csv"))
    (tmp_path / "ways.csv").unlink()
    xlsxwriter.Workbook(tmp_path / "other.xlsx").close()
    case, found = read(tmp_path)
    assert replace(case, name=CASE.name) == CASE
    assert ("workbook-foreign", "other.xlsx") in [(e.code, e.subject) for e in found]


def test_the_command_writes_and_reads_workbooks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "line.xlsx"
    assert main(["template", str(book), "--seed", "4"], language="en") == 0
    assert main(["check", str(book)], language="en") == 0
    assert "Ready to plan" in capsys.readouterr().out
    book.write_bytes(b"nothing")
    assert main(["check", str(book)], language="en") == 1
    assert "no XLSX workbook" in capsys.readouterr().err


def test_an_empty_sheet_leaves_its_table_to_a_file(tmp_path: Path) -> None:
    write(CASE, tmp_path)
    nowhere = replace(CASE, ways=Ways((), (), ()))
    (tmp_path / "line.xlsx").write_bytes(case_workbook(nowhere))
    for table in TABLES.values():
        if table.file != "ways.csv":
            (tmp_path / table.file).unlink()
    case, found = read(tmp_path)
    assert replace(case, name=CASE.name) == CASE
    assert found == ()
