"""The register of a decision on A4: who met, how many came and agreed, what was shown."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from wugeyi.ui.paper import (
    INK,
    LINE,
    PINE,
    SOFT,
    fitting,
    prepare,
    wrapped,
    write,
)

WIDTH: float = landscape(A4)[0]
HEIGHT: float = landscape(A4)[1]
MARGIN = 36.0
ROOM = WIDTH - 2 * MARGIN
COLUMNS = (0.0, 200.0, 300.0, 350.0, 400.0, 450.0, 500.0, 550.0)
"""Where columns begin: step, day, due, came, share, agreed, signed, township."""
PUBLIC_COLUMNS = (0.0, 110.0, 210.0, 520.0)
SIZE = 10.5
SMALL = 9.0
STEP = 13.0


@dataclass(frozen=True, slots=True)
class Row:
    """A step in words; what is empty was not recorded."""

    name: str
    body: str = ""
    day: str = ""
    due: str = ""
    attended: str = ""
    share: str = ""
    in_favour: str = ""
    signed: str = ""
    township: str = ""
    minutes: str = ""
    checks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What was made public, when, and what the supervisors said."""

    name: str
    day: str = ""
    text: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One decision. ``signatures`` are the lines to sign on at the end."""

    title: str
    matter_title: str
    matter: str
    facts: Sequence[tuple[str, str]]
    heads: Sequence[str]
    rows: Sequence[Row]
    public_heads: Sequence[str]
    publications: Sequence[Publication]
    signatures: Sequence[str]
    foot: str


class _Sheet:
    """A canvas that knows how far down it is, and turns the page."""

    def __init__(self, register: Register) -> None:
        prepare()
        self.out = io.BytesIO()
        self.canvas: Any = Canvas(self.out, pagesize=(WIDTH, HEIGHT))
        self.canvas.setTitle(register.title)
        self.register = register
        self.number = 0
        self.y = 0.0
        self.begin()

    def begin(self) -> None:
        """Draw the rules, the title and the page's number."""
        self.number += 1
        top = HEIGHT - MARGIN
        _rules(self.canvas, top)
        self.canvas.setFillColor(INK)
        self.canvas.setStrokeColor(INK)
        write(self.canvas, (MARGIN, top - 28), self.register.title, 20, bold=True)
        self.canvas.setFillColor(SOFT)
        write(self.canvas, (WIDTH - MARGIN, top - 28), str(self.number), 11, align=1.0)
        size = fitting(self.register.foot, SMALL, ROOM)
        write(self.canvas, (MARGIN, MARGIN - 14), self.register.foot, size)
        self.y = top - 44

    def need(self, height: float) -> None:
        """Turn the page if less than this is left."""
        if self.y - height < MARGIN and self.y < HEIGHT - MARGIN - 60:
            self.canvas.showPage()
            self.begin()

    def text(self, words: str, left: float, room: float, *, soft: bool = False) -> None:
        """Set a paragraph line by line, turning pages as needed."""
        for each in wrapped(words, SIZE, room):
            self.need(STEP)
            self.canvas.setFillColor(SOFT if soft else INK)
            self.canvas.setStrokeColor(SOFT if soft else INK)
            write(self.canvas, (MARGIN + left, self.y - SIZE), each, SIZE)
            self.y -= STEP

    def line(self, thick: float = 0.6) -> None:
        """Draw a quiet rule."""
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(thick)
        self.canvas.line(MARGIN, self.y, WIDTH - MARGIN, self.y)

    def cells(
        self, texts: Sequence[str], columns: Sequence[float], *, head: bool = False
    ) -> None:
        """Set texts side by side, each wrapped in its column."""
        ends = [*columns[1:], ROOM]
        size = SMALL if head else SIZE
        lines = [
            wrapped(text, size, ends[place] - columns[place] - 8)
            for place, text in enumerate(texts)
        ]
        height = STEP * max(map(len, lines))
        self.need(height + 4)
        self.canvas.setFillColor(SOFT if head else INK)
        self.canvas.setStrokeColor(SOFT if head else INK)
        for place, found in enumerate(lines):
            for number, each in enumerate(found):
                at = (MARGIN + columns[place], self.y - size - 2 - number * STEP)
                write(self.canvas, at, each, size)
        self.y -= height + 4


def pdf(register: Register) -> bytes:
    """Draw the register on as many sheets of A4, lying, as it takes."""
    sheet = _Sheet(register)
    sheet.text(f"{register.matter_title}  {register.matter}", 0, ROOM)
    sheet.y -= 4
    for name, value in register.facts:
        sheet.text(f"{name}  {value or '—'}", 0, ROOM, soft=not value)
    sheet.y -= 8
    sheet.cells(register.heads, COLUMNS, head=True)
    sheet.line(1)
    for row in register.rows:
        _draw_row(sheet, row)
    sheet.y -= 14
    sheet.cells(register.public_heads, PUBLIC_COLUMNS, head=True)
    sheet.line(1)
    for each in register.publications:
        texts = (each.name, each.day, each.text, each.opinion)
        sheet.cells(texts, PUBLIC_COLUMNS)
        sheet.line()
    _sign(sheet)
    sheet.canvas.save()
    return sheet.out.getvalue()


def _draw_row(sheet: _Sheet, row: Row) -> None:
    name = f"{row.name}\n{row.body}" if row.body else row.name
    sheet.cells(
        (
            name,
            row.day,
            row.due,
            row.attended,
            row.share,
            row.in_favour,
            row.signed,
            row.township,
        ),
        COLUMNS,
    )
    for each in row.checks:
        sheet.text(f"· {each}", 12, ROOM - 12, soft=True)
    if row.minutes:
        sheet.text(row.minutes, 12, ROOM - 12)
    sheet.y -= 3
    sheet.line()


def _sign(sheet: _Sheet) -> None:
    """Leave lines to sign on; they stay together."""
    sheet.need(60)
    sheet.y -= 44
    wide = ROOM / len(sheet.register.signatures)
    sheet.canvas.setFillColor(INK)
    sheet.canvas.setStrokeColor(INK)
    for place, name in enumerate(sheet.register.signatures):
        left = MARGIN + place * wide
        write(sheet.canvas, (left, sheet.y), name, SIZE)
        sheet.canvas.setStrokeColor(LINE)
        sheet.canvas.setLineWidth(0.8)
        sheet.canvas.line(left + 90, sheet.y - 2, left + wide - 16, sheet.y - 2)
        sheet.canvas.setStrokeColor(INK)


def _rules(canvas: Canvas, y: float) -> None:
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y, ROOM, 5, stroke=0, fill=1)
    canvas.rect(MARGIN, y - 4, ROOM, 1, stroke=0, fill=1)
