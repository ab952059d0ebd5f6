"""What people send that is no form, or a broken one: said clearly, nothing lost."""

import io
import struct
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from tests.reports.forms import village
from wugeyi.engines.formfill import Limits, Refused, read_form, write

BOX = Border(*(Side(style="thin") for _ in range(4)))
SHEET = "xl/worksheets/sheet1.xml"
GOOD = village.village(village.FIRST).content()


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)


def repacked(content: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def refused(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as problem:
        read_form(content, limits)
    return problem.value.finding.code


def codes(content: bytes) -> list[tuple[str, str]]:
    return [(each.code, each.where) for each in read_form(content).findings]


def long_list(rows: int) -> bytes:
    """A sheet of three columns, written by hand: quicker than any library."""
    lines = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c>'
        f'<c r="C{n}"><v>2</v></c></row>'
        for n in range(1, rows + 1)
    )
    inner = part(saved(Workbook()), SHEET).decode()
    head, _mark, tail = inner.partition("<sheetData")
    tail = tail.partition("</sheetData>")[2] or tail.partition("/>")[2]
    sheet = f"{head}<sheetData>{lines}</sheetData>{tail}"
    return repacked(saved(Workbook()), **{SHEET: sheet.encode()})


def test_not_a_form_at_all() -> None:
    assert refused(b"") == "empty_file"
    assert refused(b"hello") == "not_a_workbook"
    assert refused(b"PK\x03\x04 broken") == "not_a_workbook"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert refused(ole) == "old_xls"
    assert refused(ole + "EncryptedPackage".encode("utf-16-le")) == "password"
    assert refused(repacked(GOOD, **{"_rels/.rels": b"<a/>"})) == "not_a_workbook"


def test_macros_are_refused() -> None:
    macro = repacked(GOOD, **{"xl/vbaProject.bin": b"x"})
    assert refused(macro) == "macros"


def test_a_locked_zip() -> None:
    # The flag of encryption, in the local header and in the directory.
    broken = bytearray(GOOD)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = broken.find(mark)
        broken[at + offset : at + offset + 2] = struct.pack("<H", 1)
    assert refused(bytes(broken)) == "password"


def test_a_zip_bomb_is_not_opened() -> None:
    bomb = repacked(GOOD, **{"xl/media/x.bin": b"\0" * (61 * 2**20)})
    assert len(bomb) < 2**20
    began = time.process_time()
    assert refused(bomb) == "too_large_unpacked"
    assert time.process_time() - began < 1


def test_a_document_type_is_not_read() -> None:
    name = "xl/worksheets/sheet1.xml"
    inner = part(GOOD, name)
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + inner
    assert refused(repacked(GOOD, **{name: laughs})) == "not_a_workbook"


def test_fifty_thousand_rows_are_a_list() -> None:
    content = long_list(50_000)
    began = time.process_time()
    assert refused(content) == "too_many_rows"
    assert time.process_time() - began < 2


def test_limits_are_settings() -> None:
    assert refused(long_list(30), Limits(rows=20)) == "too_many_rows"
    assert refused(long_list(30), Limits(cells=20)) == "too_many_cells"
    assert refused(long_list(3), Limits(columns=2)) == "too_many_columns"
    assert refused(GOOD, Limits(bytes=10)) == "too_large"
    assert refused(GOOD, Limits(sheets=0)) == "too_many_sheets"


def test_circles_are_told_and_left_alone() -> None:
    book = Workbook()
    page = book.active
    page["A1"], page["B1"] = "甲数", None
    page["C1"], page["D1"], page["E1"] = "=D1+1", "=C1*2", "=C1"
    for row in page["A1:E1"]:
        for cell in row:
            cell.border = BOX
    found = codes(saved(book))
    assert ("circular", "Sheet!C1") in found
    assert ("circular", "Sheet!D1") in found
    assert ("circular", "Sheet!E1") not in found


def test_merged_headers_over_data() -> None:
    name = "xl/worksheets/sheet1.xml"
    inner = part(GOOD, name)
    over = inner.replace(b'ref="A13:C13"', b'ref="A13:D14"')
    found = codes(repacked(GOOD, **{name: over}))
    assert ("merged_overlap", "Sheet!A13:D14") in found
    assert any(code == "merged_over_value" for code, _where in found)


def test_hidden_sheets_long_names_and_links() -> None:
    book = Workbook()
    page = book.active
    page["A1"], page["A1"].border, page["B1"].border = "受理数", BOX, BOX
    book.create_sheet("藏着的").sheet_state = "hidden"
    content = saved(book)
    workbook = part(content, "xl/workbook.xml")
    long = workbook.replace(b'name="Sheet"', b'name="' + b"x" * 32 + b'"')
    content = repacked(
        content,
        **{"xl/workbook.xml": long, "xl/externalLinks/externalLink1.xml": b"<a/>"},
    )
    found = {code for code, _where in codes(content)}
    assert found == {"hidden_sheet", "long_name", "external_links"}


def test_a_formula_is_never_overwritten() -> None:
    filled = write.fill(GOOD, {"Sheet!D8": 5})
    raw = part(filled, "xl/worksheets/sheet1.xml")
    assert b"SUM(D5:D7)" in raw


def test_nothing_to_fill() -> None:
    book = Workbook()
    book.active["A1"] = "只有一句话"
    assert codes(saved(book)) == [("nothing_to_fill", "")]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255), st.integers(0, 300))
def test_a_damaged_file_is_refused_or_read(at, byte, cut) -> None:
    broken = bytearray(GOOD)
    broken[at] = byte
    if cut:
        del broken[at : at + cut]
    # Any other exception fails the test.
    with suppress(Refused):
        read_form(bytes(broken))
