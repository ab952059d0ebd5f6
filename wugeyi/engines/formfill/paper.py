"""A filled form on paper: its cells, lines and texts as a PDF.

The Chinese text is set in STSong-Light, one of the fonts every PDF reader is expected to
bring: no font file is shipped and none is needed here. Readers on Linux need their
package of Asian maps (poppler-data).
"""

import io
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from wugeyi.engines.formfill.grid import open_book
from wugeyi.engines.formfill.scan import address
from wugeyi.engines.formfill.write import Given, number_text

FONT = "STSong-Light"
_MARGIN = 42.0
_DEFAULT_WIDTH = 8.43
_DEFAULT_HEIGHT = 15.0
_LEADING = 1.25
_PAD = 2.5
_WEIGHTS = {"thin": 0.5, "hair": 0.25, "medium": 1.0, "thick": 1.5, "double": 1.0}


def pdf(
    content: bytes,
    values: Mapping[str, Given],
    *,
    footer: str = "",
    title: str = "",
) -> bytes:
    """Draw the visible sheets of a form with ``values`` in their cells.

    Parameters
    ----------
    values
        ``表1!D5`` → number or text, formulas' results among them.
    footer
        A line below each page, before its number.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    book = open_book(content)
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    canvas.setTitle(title)
    page = 0
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and sheet.max_row:
            page = _Sheet(sheet, values, canvas, footer, page).draw()
    canvas.save()
    return out.getvalue()


class _Sheet:
    def __init__(
        self,
        sheet: Any,
        values: Mapping[str, Given],
        canvas: Canvas,
        footer: str,
        page: int,
    ) -> None:
        self.sheet = sheet
        self.values = values
        self.canvas = canvas
        self.footer = footer
        self.page = page
        self.merged = {
            (area.min_row, area.min_col): (area.max_row, area.max_col)
            for area in sheet.merged_cells.ranges
        }
        self.inside = {
            (row, column): area
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        self.rows = range(1, sheet.max_row + 1)
        self.columns = range(1, sheet.max_column + 1)
        self.widths = self._widths()
        self.heights = self._heights()
        total = sum(self.widths.values())
        wide = sheet.page_setup.orientation == "landscape" or total > A4[0]
        self.paper = landscape(A4) if wide else A4
        self.scale = min((self.paper[0] - 2 * _MARGIN) / max(total, 1.0), 1.15)

    def _widths(self) -> dict[int, float]:
        widths = dict.fromkeys(
            self.columns, self.sheet.sheet_format.baseColWidth or _DEFAULT_WIDTH
        )
        for letter, given in self.sheet.column_dimensions.items():
            first, last = given.min or 0, given.max or 0
            for column in range(max(first, 1), min(last, len(self.columns)) + 1):
                widths[column] = 0.0 if given.hidden else given.width or _DEFAULT_WIDTH
            del letter
        # A character of the default font is seven pixels wide, a cell has five more.
        return {
            column: (width * 7 + 5) * 0.75 if width else 0.0
            for column, width in widths.items()
        }

    def _heights(self) -> dict[int, float]:
        found = {}
        for row in self.rows:
            given = self.sheet.row_dimensions[row]
            if given.hidden:
                found[row] = 0.0
            else:
                found[row] = given.height or self._needed(row)
        return found

    def _needed(self, row: int) -> float:
        """Return the height the texts of a row want when the form sets none."""
        most = _DEFAULT_HEIGHT
        for column in self.columns:
            cell = self.sheet.cell(row, column)
            text = self._text(row, column)
            if not text or self.merged.get((row, column), (row, 0))[0] > row:
                continue
            size = float(cell.font.sz or 11)
            lines = self._lines(text, size, self._span(row, column))
            most = max(most, len(lines) * size * _LEADING + 2 * _PAD)
        return most

    def _span(self, row: int, column: int) -> float:
        last = self.merged.get((row, column), (row, column))[1]
        return sum(self.widths[c] for c in range(column, last + 1) if c in self.widths)

    def _text(self, row: int, column: int) -> str:
        key = f"{self.sheet.title}!{address(row, column)}"
        cell = self.sheet.cell(row, column)
        value = self.values.get(key, cell.value)
        if value is None or (key not in self.values and cell.data_type == "f"):
            return ""
        if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
            return _formatted(Decimal(str(value)), cell.number_format or "General")
        return str(value)

    def draw(self) -> int:
        """Draw the sheet on as many pages as its rows take; return the last page's number."""
        row = 1
        while row <= len(self.rows):
            row = self._page(row)
        return self.page

    def _page(self, first: int) -> int:
        self.page += 1
        canvas = self.canvas
        canvas.setPageSize(self.paper)
        canvas.saveState()
        canvas.translate(_MARGIN, self.paper[1] - _MARGIN)
        canvas.scale(self.scale, self.scale)
        room = (self.paper[1] - 2 * _MARGIN - 14) / self.scale
        last, used = first - 1, 0.0
        while last < len(self.rows) and (
            used + self.heights[last + 1] <= room or last < first
        ):
            last += 1
            used += self.heights[last]
        for paint in (self._lay, self._edges, self._write):
            for row in range(first, last + 1):
                self._row(row, first, paint)
        canvas.restoreState()
        canvas.setFont(FONT, 8)
        canvas.drawString(_MARGIN, _MARGIN - 16, self.footer)
        canvas.drawRightString(self.paper[0] - _MARGIN, _MARGIN - 16, str(self.page))
        canvas.showPage()
        return last + 1

    def _row(self, row: int, first: int, paint: Callable[..., None]) -> None:
        top = -sum(self.heights[each] for each in range(first, row))
        left = 0.0
        for column in self.columns:
            paint(row, column, left, top)
            left += self.widths[column]

    def _size(self, row: int, column: int) -> tuple[float, float]:
        """Return width and height of a cell with its merged area; nothing if covered."""
        area = self.inside.get((row, column))
        if area is not None and (row, column) != (area.min_row, area.min_col):
            return 0.0, 0.0
        last = self.merged.get((row, column), (row, column))[0]
        height = sum(self.heights.get(r, 0.0) for r in range(row, last + 1))
        return self._span(row, column), height

    def _lay(self, row: int, column: int, left: float, top: float) -> None:
        width, height = self._size(row, column)
        fill = self.sheet.cell(row, column).fill
        colour = fill.fgColor if width and fill and fill.fill_type == "solid" else None
        rgb = colour.rgb if colour is not None and isinstance(colour.rgb, str) else ""
        if len(rgb) == 8 and rgb[2:].upper() != "FFFFFF":
            parts = (int(rgb[n : n + 2], 16) / 255 for n in (2, 4, 6))
            self.canvas.setFillColorRGB(*parts)
            self.canvas.rect(left, top - height, width, height, stroke=0, fill=1)
            self.canvas.setFillColorRGB(0, 0, 0)

    def _edges(self, row: int, column: int, left: float, top: float) -> None:
        border = self.sheet.cell(row, column).border
        area = self.inside.get((row, column))
        right, bottom = left + self.widths[column], top - self.heights[row]
        for side, line, outer in (
            (
                border.left,
                (left, top, left, bottom),
                not area or column == area.min_col,
            ),
            (
                border.right,
                (right, top, right, bottom),
                not area or column == area.max_col,
            ),
            (border.top, (left, top, right, top), not area or row == area.min_row),
            (
                border.bottom,
                (left, bottom, right, bottom),
                not area or row == area.max_row,
            ),
        ):
            if outer and side is not None and side.style:
                self.canvas.setLineWidth(_WEIGHTS.get(side.style, 0.5))
                self.canvas.line(*line)

    def _write(self, row: int, column: int, left: float, top: float) -> None:
        cell = self.sheet.cell(row, column)
        text = self._text(row, column)
        width, height = self._size(row, column)
        if not text or not width:
            return
        size = float(cell.font.sz or 11)
        lines = self._lines(text, size, width)
        while size > 5 and len(lines) * size * _LEADING > height and len(lines) > 1:
            size -= 0.5
            lines = self._lines(text, size, width)
        block = len(lines) * size * _LEADING
        where = cell.alignment.vertical or "bottom"
        above = {"top": _PAD, "center": (height - block) / 2}.get(
            where, height - block - _PAD
        )
        canvas = self.canvas
        canvas.setFont(FONT, size)
        side = self._side(cell, text)
        for number, line in enumerate(lines):
            base = top - above - number * size * _LEADING - size
            shift = width - pdfmetrics.stringWidth(line, FONT, size) - 2 * _PAD
            x = left + _PAD + {"right": shift, "center": shift / 2}.get(side, 0.0)
            self._line(line, x, base, bold=bool(cell.font.b))

    def _side(self, cell: Any, text: str) -> str:
        given = cell.alignment.horizontal
        if given in {"left", "right", "center"}:
            return str(given)
        plain = text.replace(",", "").removesuffix("%").replace(".", "", 1)
        return "right" if plain.lstrip("-").isdigit() else "left"

    def _line(self, line: str, x: float, y: float, *, bold: bool) -> None:
        text = self.canvas.beginText(x, y)
        if bold:
            # The font has one weight: its outline is drawn along.
            text.setTextRenderMode(2)
            self.canvas.setLineWidth(0.35)
        text.textOut(line)
        if bold:
            text.setTextRenderMode(0)
        self.canvas.drawText(text)

    def _lines(self, text: str, size: float, width: float) -> list[str]:
        room = max(width - 2 * _PAD, size)
        lines = []
        for part in text.splitlines() or [""]:
            line = ""
            for letter in part:
                longer = pdfmetrics.stringWidth(line + letter, FONT, size) > room
                # A full stop never begins a line.
                ends = unicodedata.category(letter) in {"Po", "Pe", "Pf"}
                if line and longer and not ends:
                    # An opening bracket goes with what it opens.
                    keep = 1 if len(line) > 1 and line[-1] in "（(“《" else 0
                    lines.append(line[: len(line) - keep])
                    line = line[len(line) - keep :]
                line += letter
            lines.append(line)
        return lines


def _formatted(value: Decimal, pattern: str) -> str:
    """Write a number as a cell's format shows it: its places, groups and percent."""
    main = pattern.split(";")[0].replace('"', "").replace("\\", "").strip("_ ")
    if main in {"General", "@", ""}:
        return number_text(value.normalize() if value else Decimal(0))
    percent = main.endswith("%")
    if percent:
        value *= 100
    _whole, dot, places = main.rstrip("%_ )").partition(".")
    digits = sum(1 for sign in places if sign in "0#") if dot else 0
    if not any(sign in main for sign in "0#"):
        return number_text(value)
    shown = value.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")
    return format(shown, ",f" if "," in main else "f") + ("%" if percent else "")
