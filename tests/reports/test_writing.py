"""Filling by position: what was not filled is as it was, byte for byte or cell by cell."""

import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, Side
from python_calamine import CalamineWorkbook

from tests.reports.forms import hospital, hotline, village
from wugeyi.engines.formfill import formulas, paper, read_form, reference, write
from wugeyi.engines.formfill.fields import inline_text
from wugeyi.engines.formfill.scan import address, column_letters, column_number

FORMS = {
    laid.name: (laid.content(), sorted(laid.truth))
    for laid in (
        village.village(village.FIRST),
        hospital.hospital(hospital.FIRST),
        hotline.hotline(hotline.AGAIN, again=True),
    )
}
NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, places=4)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip() == text)


def cells(content: bytes) -> dict[str, tuple]:
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    return {
        cell.coordinate: (
            cell.value,
            cell.number_format,
            cell.font.b,
            cell.font.name,
            cell.border.left.style,
            cell.fill.fgColor.rgb,
            cell.alignment.horizontal,
        )
        for row in page.iter_rows()
        for cell in row
    }


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_only_what_is_filled_changes(name, data) -> None:
    content, blanks = FORMS[name]
    chosen = data.draw(st.lists(st.sampled_from(blanks), unique=True, max_size=6))
    values = {f"Sheet!{each}": data.draw(NUMBERS | TEXTS) for each in chosen}
    filled = write.fill(content, values, sources=[["格子"], ["=1+1"]])
    before, after = cells(content), cells(filled)
    for where, kept in before.items():
        if where in chosen:
            assert after[where][1:] == kept[1:]
            wanted = values[f"Sheet!{where}"]
            got = after[where][0]
            if isinstance(wanted, Decimal):
                assert Decimal(str(got)) == pytest.approx(wanted)
            else:
                assert got == wanted
        else:
            assert after[where] == kept
    old, new = (load_workbook(io.BytesIO(each)) for each in (content, filled))
    assert (
        old.worksheets[0].merged_cells.ranges == new.worksheets[0].merged_cells.ranges
    )
    assert cells(reference.fill(content, values)) == after
    CalamineWorkbook.from_filelike(io.BytesIO(filled)).get_sheet_by_index(0).to_python()


def test_other_parts_stay_byte_for_byte() -> None:
    content, _blanks = FORMS["村集体经济情况统计表"]
    filled = write.fill(content, {"Sheet!D5": Decimal(1)})
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(io.BytesIO(filled)) as new,
    ):
        assert new.namelist() == old.namelist()
        differing = {n for n in old.namelist() if old.read(n) != new.read(n)}
    assert differing == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    content, _blanks = FORMS["党支部建设情况统计表"]
    evil = '=HYPERLINK("http://evil","x")&<b>\''
    filled = write.fill(content, {"Sheet!C3": evil})
    page = load_workbook(io.BytesIO(filled)).worksheets[0]
    assert page["C3"].value == evil
    assert page["C3"].data_type == "s" or page["C3"].data_type == "inlineStr"
    raw = part(filled)
    assert b"<f>=HYPERLINK" not in raw
    assert b"<f>HYPERLINK" not in raw


def part(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)


def bare() -> bytes:
    """A sheet with a row that does not exist and one closed by itself."""
    book = Workbook()
    book.active["B2"] = "甲"
    book.active["B6"] = 6
    book.active.row_dimensions[4].height = 30
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "where", ["A1", "A2", "C2", "B4", "A4", "B3", "B9", "D6", "A6"]
)
def test_cells_that_are_not_there_yet(where: str) -> None:
    filled = write.fill(bare(), {f"Sheet!{where}": Decimal("2.5")})
    page = load_workbook(io.BytesIO(filled)).active
    assert page[where].value == 2.5
    assert (page["B2"].value, page["B6"].value) == ("甲", 6)
    assert page.row_dimensions[4].height == 30


def test_a_second_sheet_of_sources_gets_its_own_name() -> None:
    once = write.fill(bare(), {}, sources=[["a"]])
    twice = write.fill(once, {}, sources=[["b"]])
    names = load_workbook(io.BytesIO(twice)).sheetnames
    assert names == ["Sheet", "来源", "来源(2)"]


def test_totals_show_what_they_give_now() -> None:
    content, _blanks = FORMS["村集体经济情况统计表"]
    form = read_form(content)
    values = {"Sheet!D5": Decimal("30.5"), "Sheet!D6": Decimal("19.4")}
    computed = formulas.values(form.grids, values)
    assert computed["Sheet!D8"] == Decimal("49.9")
    filled = write.fill(content, values, computed=computed)
    assert load_workbook(io.BytesIO(filled)).active["D8"].value == "=SUM(D5:D7)"
    shown = load_workbook(io.BytesIO(filled), data_only=True).active["D8"].value
    assert shown == 49.9


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1+2*3", "7"),
        ("(A1+A2)/A1", "3"),
        ("SUM(A1:A3,4)", "19"),
        ("-A1^2", "25"),
        ("ROUND(10/3,1)", "3.3"),
        ('IF(A3=0,"",1/A3)', ""),
        ("IFERROR(1/A3,9)", "9"),
        ("AVERAGE(A1:A2)", "7.5"),
        ("A2*10%", "1"),
        ("MAX(A1:A3)-MIN(A1:A3)", "10"),
        ("COUNT(A1:A9)", "3"),
    ],
)
def test_plain_formulas(text: str, value: str) -> None:
    book = Workbook()
    page = book.active
    page["A1"], page["A2"], page["A3"] = 5, 10, 0
    page["B1"], page["B2"] = f"={text}", "空"
    for cell in ("A1", "A2", "A3", "B1", "B2", "C2"):
        page[cell].border = Border(*(Side(style="thin") for _ in range(4)))
        page[cell].font = Font(b=True)
    out = io.BytesIO()
    book.save(out)
    form = read_form(out.getvalue())
    found = formulas.values(form.grids, {})["Sheet!B1"]
    assert found == (Decimal(value) if value else "")


@pytest.mark.parametrize("text", ["VLOOKUP(A1,A:B,2)", "1/0", "SUM(", "NOW()", "A1:"])
def test_what_is_left_to_the_spreadsheet(text: str) -> None:
    book = Workbook()
    book.active["B1"] = f"={text}"
    out = io.BytesIO()
    book.save(out)
    form = read_form(out.getvalue())
    assert formulas.values(form.grids, {}) == {}


def test_blanks_inside_a_text() -> None:
    text = "负责人：      填表人：____  填表日期：    年  月  日"
    text = inline_text(text, "填表人", "李四")
    text = inline_text(text, "填表日期", "2026年3月18日")
    assert text == "负责人：      填表人：李四  填表日期：2026年3月18日"
    assert inline_text("填报单位：", "填报单位", "金桥社区") == "填报单位：金桥社区"
    assert inline_text("没有这个", "填表人", "李四") == "没有这个"


@given(st.integers(1, 16_384))
def test_columns_by_letters(number) -> None:
    assert column_number(column_letters(number)) == number
    assert address(1, number).endswith("1")


def test_paper() -> None:
    content, _blanks = FORMS["党支部建设情况统计表"]
    made = paper.pdf(content, {"Sheet!D12": Decimal(146)}, footer="x", title="t")
    assert made.startswith(b"%PDF-")
    assert b"STSong-Light" in made
    assert made.count(b"/Type /Page\n") == 1
