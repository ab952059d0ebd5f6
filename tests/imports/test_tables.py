import gzip
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.imports.rules import guess_columns, looks_like_formula
from wugeyi.imports.tables import read_table

TEXT = "代码,名称\n1,甲\n2,乙\n"


def book(*sheets, merge=None):
    held = io.BytesIO()
    written = xlsxwriter.Workbook(held, {"in_memory": True})
    for name, rows in sheets:
        page = written.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(line, column, cell)
        if merge:
            page.merge_range(merge, "合并")
    written.close()
    return held.getvalue()


def codes(table):
    return [each.code for each in table.findings]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        gzip.compress(TEXT.encode(), mtime=0),
        book(("表", [["代码", "名称"], [1, "甲"], [2.0, "乙"]])),
    ],
)
def test_the_same_table_in_every_shape(content):
    table = read_table(content)
    assert table.header == ("代码", "名称")
    assert table.rows == [(2, ["1", "甲"]), (3, ["2", "乙"])]
    assert codes(table) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        ("代码,名称\n".encode(), "only_header"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "old_xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"PK\x03\x04 broken", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table"),
        (b"\0\0\0\0", "not_a_table"),
        (b"\x1f\x8b broken", "not_a_table"),
        (b"\xff\xfe\xff\xff", "unknown_encoding"),
        (book(("空", [])), "empty_file"),
    ],
)
def test_what_is_no_table_is_explained(content, code):
    table = read_table(content)
    assert code in codes(table)
    assert not table.readable


def test_a_zip_that_is_no_workbook():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("a.txt", "a")
    assert codes(read_table(held.getvalue())) == ["not_a_table"]


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("wugeyi.imports.tables.MAX_UNPACKED_BYTES", 1000)
    packed = gzip.compress(b"a,b\n" * 1000, mtime=0)
    assert codes(read_table(packed)) == ["too_large_unpacked"]
    many = book(("表", [["a", "b"]] * 100))
    assert codes(read_table(many)) == ["too_large_unpacked"]


def test_lines_are_the_files_own():
    text = '登记表,\n\n代码,名称\n1,"两\n行"\n,\n2,乙\n'
    table = read_table(text.encode())
    assert table.rows == [(4, ["1", "两\n行"]), (7, ["2", "乙"])]
    assert codes(table) == ["title_skipped", "empty_rows"]


def test_an_open_quote_says_on_which_line():
    huge = "代码,名称\n1," + '"' + "x" * 200_000
    table = read_table(huge.encode())
    assert [(each.code, each.line) for each in table.findings] == [("broken_quotes", 2)]


def test_the_first_sheet_that_holds_anything_is_read():
    content = book(("空", []), ("名册", [["代码", "名称"], ["1", "甲"]]))
    table = read_table(content)
    assert table.rows == [(2, ["1", "甲"])]
    assert [(each.code, each.value) for each in table.findings] == [
        ("sheet_read", "名册")
    ]
    assert codes(read_table(content, sheet="别的")) == ["no_such_sheet"]
    assert codes(read_table(content, sheet="空")) == ["empty_file"]


def test_merged_headers_are_noticed_only_in_the_header():
    rows = [["代码", "名称", "x"], ["1", "甲", ""]]
    assert codes(read_table(book(("表", rows), merge="A1:B1"))) == ["merged_header"]
    assert "merged_header" not in codes(read_table(book(("表", rows), merge="A2:B2")))


def test_short_and_long_rows_fit_the_header():
    table = read_table(b"a,b,c\n1\n1,2,3,4\n")
    assert table.rows == [(2, ["1", "", ""]), (3, ["1", "2", "3"])]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["统计用区划代码", "名称"], {"code": 0, "name": 1}),
        (["名称 ", "*编码", "说明"], {"code": 1, "name": 0}),
        (["单位名称(全称)", "CODE"], {"code": 1, "name": 0}),
        (["单位名称\uff08全称\uff09", "\uff23ODE"], {"code": 1, "name": 0}),
        (["别的"], {}),
    ],
)
def test_columns_are_guessed_by_the_names_headers_carry(header, expected):
    aliases = {"code": ["统计用区划代码", "编码", "code"], "name": ["名称", "单位名称"]}
    assert guess_columns(header, aliases) == expected


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "=HYPERLINK()"])
def test_formulas_are_seen(text):
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "-3.5", "+86", "三桥-东", "a=b"])
def test_ordinary_text_is_no_formula(text):
    assert not looks_like_formula(text)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_reason(content):
    table = read_table(content)
    assert table.rows or not table.readable


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(codec="gb18030", exclude_characters="\0\r"),
                min_size=1,
                max_size=5,
            ).filter(lambda cell: cell.strip()),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_is_read_again(rows):
    import csv

    held = io.StringIO()
    csv.writer(held).writerows([["代码", "名称"], *rows])
    for encoding in ("utf-8", "utf-8-sig"):
        table = read_table(held.getvalue().encode(encoding))
        assert [row for _line, row in table.rows] == [
            [cell.strip() for cell in row] for row in rows
        ]
