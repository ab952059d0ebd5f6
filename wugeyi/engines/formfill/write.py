"""Values into the cells of a form, by position: no other byte of its sheets changes.

Styles, widths, merged areas, drawings, validations and whatever other programs added stay
as they were. Formulas keep their text; what they last showed is replaced by what they
give now, or dropped where only a spreadsheet can tell.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from wugeyi.engines.formfill.findings import Limits
from wugeyi.engines.formfill.package import MAX_NAME, Package, open_package
from wugeyi.engines.formfill.scan import Scan, Spot, address, place, scan, start_tag

Given = Decimal | int | str
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*?(?:/>|>.*?</(?:\w+:)?v>)", re.DOTALL)
_TYPE = re.compile(rb"\st=(?:\"[^\"]*\"|'[^']*')")
_CALC = re.compile(rb"<(?:(\w+):)?calcPr\b[^>]*?/?>")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# What may stand before calcPr in a workbook, in the order of the schema.
_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")

Edit = tuple[int, int, bytes]


def fill(
    content: bytes,
    values: Mapping[str, Given],
    *,
    computed: Mapping[str, Given] | None = None,
    sources: Sequence[Sequence[str]] = (),
    source_name: str = "来源",
    limits: Limits | None = None,
) -> bytes:
    """Return the form with ``values`` in its cells and a sheet that tells their sources.

    Parameters
    ----------
    values
        ``表1!D5`` → number or text. A text is never computed, whatever it begins with.
    computed
        What formulas give now (see ``formulas.values``); other formulas are computed
        by whoever opens the file.
    sources
        Rows of the added sheet, its header first; none: no sheet is added.

    Raises
    ------
    Refused
        The form cannot be read any more.
    KeyError
        A value names a sheet that is not there.
    """
    limits = limits or Limits()
    package = open_package(content, limits)
    changed = _filled(package, values, computed or {}, limits)
    if sources:
        changed |= _with_sheet(package, sources, source_name)
    workbook = changed.get(package.workbook, package.parts[package.workbook])
    changed[package.workbook] = _recalculated(workbook)
    return _packed(package, changed)


def _filled(
    package: Package,
    values: Mapping[str, Given],
    computed: Mapping[str, Given],
    limits: Limits,
) -> dict[str, bytes]:
    parts = {sheet.name: sheet.part for sheet in package.sheets}
    wanted: dict[str, dict[tuple[int, int], Given]] = {
        sheet.name: {} for sheet in package.sheets if sheet.visible
    }
    for where, value in values.items():
        sheet, _mark, inner = where.rpartition("!")
        wanted[sheet][place(inner)] = value
    changed = {}
    for sheet, cells in wanted.items():
        xml = package.parts[parts[sheet]]
        found = scan(xml, limits)
        edits = [
            *_cell_edits(xml, found, cells),
            *_formula_edits(xml, found, sheet, computed),
        ]
        if edits:
            changed[parts[sheet]] = _spliced(xml, edits)
    return changed


def _spliced(xml: bytes, edits: Iterable[Edit]) -> bytes:
    out, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        out += [xml[at:start], text]
        at = end
    return b"".join([*out, xml[at:]])


def _cell_edits(
    xml: bytes, found: Scan, cells: Mapping[tuple[int, int], Given]
) -> list[Edit]:
    edits: list[Edit] = []
    absent: dict[int, list[tuple[int, Given]]] = {}
    for (row, column), value in cells.items():
        spot = found.cells.get((row, column))
        if spot is None:
            absent.setdefault(row, []).append((column, value))
        elif not spot.formula:
            new = _cell(found.prefix, row, column, value, spot.style)
            edits.append((spot.start, spot.end, new))
    for row, given in sorted(absent.items()):
        edits += _absent_edits(xml, found, row, sorted(given))
    return _joined(edits)


def _joined(edits: list[Edit]) -> list[Edit]:
    """Join insertions at one place, so that they stay in their order."""
    made: dict[tuple[int, int], bytes] = {}
    for start, end, text in edits:
        made[start, end] = made.get((start, end), b"") + text
    return [(start, end, text) for (start, end), text in made.items()]


def _absent_edits(
    xml: bytes, found: Scan, row: int, given: list[tuple[int, Given]]
) -> list[Edit]:
    """Put cells where the sheet has none yet, or even no row."""
    spot = found.rows.get(row)
    inner = [(c, _cell(found.prefix, row, c, value, "")) for c, value in given]
    if spot is None or spot.closed:
        tag = _tag(found.prefix, "row")
        whole = f'<{tag} r="{row}">'.encode()
        if spot is not None:
            whole = start_tag(xml, spot).rstrip(b"/> ") + b">"
        whole += b"".join(text for _column, text in inner) + f"</{tag}>".encode()
        if spot is not None:
            return [(spot.start, spot.end, whole)]
        at = _before(found.rows, row) or _inside_end(xml, found.data)
        return [(at, at, whole)]
    edits = []
    mine = {c: cell for (r, c), cell in found.cells.items() if r == row}
    for column, text in inner:
        at = _before(mine, column) or _inside_end(xml, spot)
        edits.append((at, at, text))
    return edits


def _before(spots: Mapping[int, Spot], number: int) -> int:
    later = [each for each in spots if each > number]
    return spots[min(later)].start if later else 0


def _inside_end(xml: bytes, spot: Spot | None) -> int:
    assert spot is not None  # noqa: S101 (a sheet without data is refused)
    return xml.rindex(b"</", spot.start, spot.end)


def _tag(prefix: str, name: str) -> str:
    return f"{prefix}:{name}" if prefix else name


def _cell(prefix: str, row: int, column: int, value: Given, style: str) -> bytes:
    tag = _tag(prefix, "c")
    head = f'<{tag} r="{address(row, column)}"' + (f' s="{style}"' if style else "")
    if isinstance(value, str):
        inner = _tag(prefix, "is"), _tag(prefix, "t")
        text = escape(_ILLEGAL.sub("", value))
        body = (
            f'{head} t="inlineStr"><{inner[0]}><{inner[1]} xml:space="preserve">{text}'
            f"</{inner[1]}></{inner[0]}></{tag}>"
        )
    else:
        v = _tag(prefix, "v")
        body = f"{head}><{v}>{number_text(value)}</{v}></{tag}>"
    return body.encode()


def number_text(value: Decimal | int) -> str:
    """Write a number without an exponent."""
    return format(Decimal(value), "f")


def _formula_edits(
    xml: bytes, found: Scan, sheet: str, computed: Mapping[str, Given]
) -> list[Edit]:
    edits = []
    for (row, column), spot in found.cells.items():
        if not spot.formula:
            continue
        whole = xml[spot.start : spot.end]
        now = computed.get(f"{sheet}!{address(row, column)}")
        head = start_tag(xml, spot)
        body = _VALUE.sub(b"", whole[len(head) :])
        plain = _TYPE.sub(b"", head)
        end = body.rindex(b"</")
        shown = b""
        if now is not None:
            v = _tag(found.prefix, "v")
            text = escape(now) if isinstance(now, str) else number_text(now)
            shown = f"<{v}>{text}</{v}>".encode()
            if isinstance(now, str):
                plain = plain[:-1] + b' t="str">'
        edits.append((spot.start, spot.end, plain + body[:end] + shown + body[end:]))
    return edits


# The added sheet


def _with_sheet(
    package: Package, rows: Sequence[Sequence[str]], name: str
) -> dict[str, bytes]:
    folder = posixpath.dirname(package.workbook)
    part = _free(f"{folder}/worksheets/sources", ".xml", package.parts)
    links = posixpath.join(
        folder, "_rels", posixpath.basename(package.workbook) + ".rels"
    )
    key = _free(
        "rIdSources", "", set(re.findall(r'Id="([^"]*)"', _text(package, links)))
    )
    taken = {sheet.name.lower() for sheet in package.sheets}
    title = _sheet_name(name, taken)
    workbook = package.parts[package.workbook]
    numbers = [int(n) for n in re.findall(rb'sheetId="([0-9]+)"', workbook)]
    end = re.search(rb"</(?:(\w+):)?sheets>", workbook)
    assert end is not None  # noqa: S101 (a workbook without sheets is refused)
    tag = _tag((end[1] or b"").decode(), "sheet")
    entry = (
        f'<{tag} name={quoteattr(title)} sheetId="{max(numbers, default=0) + 1}" '
        f'xmlns:rs="{_LINK}" rs:id="{key}"/>'
    ).encode()
    return {
        part: _sheet(rows),
        package.workbook: workbook[: end.start()] + entry + workbook[end.start() :],
        links: _inserted(
            package.parts[links],
            b"Relationships",
            "Relationship",
            f' Id="{key}" Type="{_LINK}/worksheet" Target="/{part}"/>',
        ),
        "[Content_Types].xml": _inserted(
            package.parts["[Content_Types].xml"],
            b"Types",
            "Override",
            f' PartName="/{part}" ContentType="{_KIND}"/>',
        ),
    }


def _text(package: Package, part: str) -> str:
    return package.parts[part].decode("utf-8", "replace")


def _free(start: str, end: str, taken: Iterable[str]) -> str:
    names = set(taken)
    number = 1
    while f"{start}{number}{end}" in names:
        number += 1
    return f"{start}{number}{end}"


def _sheet_name(name: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\]", " ", name)[: MAX_NAME - 4] or "1"
    made, number = base, 2
    while made.lower() in taken:
        made, number = f"{base}({number})", number + 1
    return made


def _inserted(xml: bytes, outer: bytes, name: str, rest: str) -> bytes:
    end = re.search(rb"</(?:(\w+):)?" + outer + rb">", xml)
    if end is None:
        return xml
    tag = _tag((end[1] or b"").decode(), name)
    return xml[: end.start()] + f"<{tag}{rest}".encode() + xml[end.start() :]


def _sheet(rows: Sequence[Sequence[str]]) -> bytes:
    widths = (10, 44, 18, 12, 28, 26, 30, 20, 20, 24, 40)
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _source_cell(number, column, text)
            for column, text in enumerate(row, start=1)
            if text
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN}"><cols>{columns}</cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    ).encode()


def _source_cell(row: int, column: int, text: str) -> str:
    plain = f'<t xml:space="preserve">{escape(_ILLEGAL.sub("", text))}</t>'
    # Bold inside the text: the form's table of styles stays as it is.
    inner = f"<r><rPr><b/></rPr>{plain}</r>" if row == 1 else plain
    return f'<c r="{address(row, column)}" t="inlineStr"><is>{inner}</is></c>'


def _recalculated(workbook: bytes) -> bytes:
    """Ask whoever opens the file to compute its formulas."""
    found = _CALC.search(workbook)
    if found:
        tag = re.sub(rb'\sfullCalcOnLoad="[^"]*"', b"", found.group())
        name = re.match(rb"<[\w:]+", tag)
        assert name is not None  # noqa: S101 (the pattern begins so)
        new = tag[: name.end()] + b' fullCalcOnLoad="1"' + tag[name.end() :]
        return workbook[: found.start()] + new + workbook[found.end() :]
    for outer in _BEFORE_CALC:
        ends = list(re.finditer(rb"</(?:(\w+):)?" + outer.encode() + rb">", workbook))
        if ends:
            tag_name = _tag((ends[-1][1] or b"").decode(), "calcPr")
            at = ends[-1].end()
            new = f'<{tag_name} fullCalcOnLoad="1"/>'.encode()
            return workbook[:at] + new + workbook[at:]
    return workbook


def _packed(package: Package, changed: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package.content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.is_dir():
                continue
            data = changed.get(entry.filename, package.parts[entry.filename])
            new.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)
        for name in changed.keys() - package.parts.keys():
            new.writestr(zipfile.ZipInfo(name), changed[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()
