"""The sign of a station, A4: its name in both languages, hours, what it has, a code."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from wugeyi.ui.paper import (
    INK,
    LINE,
    PINE,
    SOFT,
    cut,
    draw_code,
    fitting,
    prepare,
    write,
)

WIDTH, HEIGHT = A4
MARGIN = 44.0
ACROSS = 3
# Lines of hours and of facilities up to which letters can be read from the road.
FEW = 6
LARGE = 1.35


@dataclass(frozen=True, slots=True)
class Sign:
    """Everything on the sheet, in the reader's language."""

    place: str
    name: str
    other_name: str
    kind: str
    address: str
    hours_title: str
    # A weekday, or several, and their times.
    hours: Sequence[tuple[str, str]]
    items_title: str
    items: Sequence[str]
    code: str
    code_words: Sequence[str]
    address_words: str
    squares: Sequence[Sequence[bool]]
    foot: str

    @property
    def scale(self) -> float:
        """How large the letters are: as large as the lines leave room for."""
        lines = len(self.hours) + -(-len(self.items) // ACROSS)
        return LARGE if lines <= FEW else 1.0


def pdf(sign: Sign) -> bytes:
    """Draw the sign on one sheet."""
    prepare()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    canvas.setTitle(f"{sign.name} {sign.code}")
    y = _head(canvas, sign)
    y = _hours(canvas, sign, y)
    _items(canvas, sign, y)
    _code(canvas, sign)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _head(canvas: Canvas, sign: Sign) -> float:
    width = WIDTH - 2 * MARGIN
    y: float = HEIGHT - MARGIN
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y, width, 6, stroke=0, fill=1)
    canvas.setFillColor(SOFT)
    write(canvas, (MARGIN, y - 28), cut(sign.place, 14, width - 160), 14)
    write(canvas, (WIDTH - MARGIN, y - 28), sign.kind, 14, align=1.0)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    size = fitting(sign.name, 58, width, bold=True)
    write(canvas, (MARGIN, y - 44 - size), sign.name, size, bold=True)
    y -= 56 + size
    canvas.setFillColor(SOFT)
    for text in filter(None, (sign.other_name, sign.address)):
        y -= 20
        write(canvas, (MARGIN, y), text, fitting(text, 16, width))
    return y - 30


def _title(canvas: Canvas, text: str, y: float, scale: float) -> float:
    y -= 10 * (scale - 1)
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y - 4, 4, 18 * scale, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    write(canvas, (MARGIN + 12, y), text, 17 * scale, bold=True)
    return y - 30 * scale


def _hours(canvas: Canvas, sign: Sign, y: float) -> float:
    scale = sign.scale
    y = _title(canvas, sign.hours_title, y, scale)
    for days, times in sign.hours:
        canvas.setFillColor(SOFT)
        write(canvas, (MARGIN + 12, y), days, fitting(days, 15 * scale, 122))
        canvas.setFillColor(INK)
        size = fitting(times, 22 * scale, WIDTH - 2 * MARGIN - 150)
        write(canvas, (MARGIN + 140, y), times, size)
        y -= 27 * scale
    return y - 16 * scale


def _items(canvas: Canvas, sign: Sign, y: float) -> None:
    scale = sign.scale
    y = _title(canvas, sign.items_title, y, scale)
    across = (WIDTH - 2 * MARGIN - 12) / ACROSS
    size, step = 15 * scale, 24 * scale
    for place, text in enumerate(sign.items[:18]):
        row, column = divmod(place, ACROSS)
        x = MARGIN + 12 + column * across
        canvas.setFillColor(PINE)
        canvas.circle(x + 4, y - row * step + 5 * scale, 3 * scale, stroke=0, fill=1)
        canvas.setFillColor(INK)
        write(canvas, (x + 16, y - row * step), cut(text, size, across - 20), size)


def _code(canvas: Canvas, sign: Sign) -> None:
    size = 150.0 * sign.scale
    top = MARGIN + 36 + size
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(1)
    canvas.line(MARGIN, top + 16, WIDTH - MARGIN, top + 16)
    draw_code(canvas, sign.squares, MARGIN, top, size)
    left = MARGIN + size + 24
    width = WIDTH - MARGIN - left
    y = top - 26 * sign.scale
    for place, text in enumerate(sign.code_words):
        canvas.setFillColor(INK if place == 0 else SOFT)
        letters = fitting(text, (20 if place == 0 else 14) * sign.scale, width)
        write(canvas, (left, y), text, letters)
        y -= 28 * sign.scale
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    write(canvas, (left, y - 12 * sign.scale), sign.code, 30 * sign.scale, bold=True)
    canvas.setFillColor(SOFT)
    write(canvas, (left, MARGIN + 40), cut(sign.address_words, 10, width), 10)
    write(
        canvas, (MARGIN, MARGIN), sign.foot, fitting(sign.foot, 10, WIDTH - 2 * MARGIN)
    )
