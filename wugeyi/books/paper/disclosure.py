"""The sheet for the wall: line by line in large type, the head and a code on every page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A3, A4
from reportlab.pdfgen.canvas import Canvas

from wugeyi.ui.paper import (
    INK,
    LINE,
    PINE,
    SOFT,
    Code,
    cut,
    draw_code,
    fitting,
    prepare,
    wrapped,
    write,
)

WIDTH: float = A4[0]
HEIGHT: float = A4[1]
MARGIN = 36.0
ROOM = WIDTH - 2 * MARGIN
SCALE: float = min(A3[0] / A4[0], A3[1] / A4[1])
"""Pages are drawn as A4 and enlarged to A3."""
SIZE = 12.0
STEP = 16.0
FOOT = 92.0
AMOUNT = 104.0
DAY = 70.0


@dataclass(frozen=True, slots=True)
class Line:
    """A posting: the day and number at the left, words, the amount at the right."""

    left: str
    words: str
    under: str
    amount: str


@dataclass(frozen=True, slots=True)
class Part:
    """A category with its words, lines, sum and balances; ``none`` if it is empty."""

    title: str
    words: str
    lines: Sequence[Line]
    total: tuple[str, str] | None
    balances_title: str
    balances: Sequence[tuple[str, str]]
    none: str


@dataclass(frozen=True, slots=True)
class Wall:
    """A sheet in the reader's language.

    ``head`` are the groups of the root, ``head_title`` says what they are; ``page`` is
    a pattern with ``%(page)s`` and ``%(pages)s``.
    """

    title: str
    lead: str
    invented: str
    main_title: str
    main: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    notes: Sequence[str]
    head_title: str
    head: Sequence[str]
    code: Code
    code_text: str
    page: str


class _Pages:
    """A canvas that knows how far down it is, counts its pages and turns them."""

    def __init__(self, wall: Wall, pages: int, *, large: bool) -> None:
        prepare()
        self.wall, self.pages, self.large = wall, pages, large
        self.out = io.BytesIO()
        self.canvas: Any = Canvas(
            self.out, pagesize=A3 if large else A4, pageCompression=1
        )
        self.canvas.setTitle(f"{wall.title} {wall.lead}")
        self.number = 0
        self.y = 0.0
        self.begin()

    def begin(self) -> None:
        """Begin a page: rules and title above; head, code and number below."""
        self.number += 1
        if self.large:
            self.canvas.scale(SCALE, SCALE)
        top = HEIGHT - MARGIN
        self.canvas.setFillColor(PINE)
        self.canvas.rect(MARGIN, top, ROOM, 5, stroke=0, fill=1)
        self.canvas.rect(MARGIN, top - 4, ROOM, 1, stroke=0, fill=1)
        first = self.number == 1
        size = fitting(self.wall.title, 26 if first else 15, ROOM, bold=True)
        self.ink()
        write(self.canvas, (MARGIN, top - size - 12), self.wall.title, size, bold=True)
        self.y = top - size - (18 if first else 26)
        if first:
            self.ink(soft=True)
            lead = fitting(self.wall.lead, 14, ROOM)
            write(self.canvas, (MARGIN, self.y - 14), self.wall.lead, lead)
            self.y -= 24
        self._foot()

    def _foot(self) -> None:
        wall = self.wall
        side = 60.0
        base = MARGIN + FOOT
        self.canvas.setFillColor(PINE)
        self.canvas.rect(MARGIN, base - 10, ROOM, 1, stroke=0, fill=1)
        draw_code(self.canvas, wall.code, WIDTH - MARGIN - side, base - 18, side)
        self.ink()
        size = fitting(wall.code_text, 10, 130)
        right = WIDTH - MARGIN - side - 8
        write(self.canvas, (right, base - 30), wall.code_text, size, align=1.0)
        told = {"page": self.number, "pages": self.pages}
        write(self.canvas, (right, base - 46), wall.page % told, 10, align=1.0)
        self.ink(soft=True)
        room = right - MARGIN - 150
        title = cut(wall.head_title, 9.5, room)
        write(self.canvas, (MARGIN, base - 28), title, 9.5)
        self.ink()
        for place in range(0, len(wall.head), 4):
            words = " ".join(wall.head[place : place + 4])
            y = base - 44 - place / 4 * 13
            write(self.canvas, (MARGIN, y), words, fitting(words, 10, room))
        if wall.invented:
            size = fitting(wall.invented, 10, ROOM - side)
            write(self.canvas, (MARGIN, base - 76), wall.invented, size, bold=True)

    def ink(self, *, soft: bool = False) -> None:
        """Write in ink from now on, or in the quiet one."""
        self.canvas.setFillColor(SOFT if soft else INK)
        self.canvas.setStrokeColor(SOFT if soft else INK)

    def need(self, height: float) -> None:
        """Turn the page if less than this is left."""
        if self.y - height < MARGIN + FOOT:
            self.canvas.showPage()
            self.begin()

    def rule(self) -> None:
        """Draw a quiet rule."""
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(MARGIN, self.y, WIDTH - MARGIN, self.y)

    def heading(self, words: str) -> None:
        """Set a heading that keeps a few lines with it."""
        self.need(70)
        self.y -= 12
        self.canvas.setFillColor(PINE)
        self.canvas.rect(MARGIN, self.y - 16, 4, 15, stroke=0, fill=1)
        self.ink()
        size = fitting(words, 16, ROOM - 14, bold=True)
        write(self.canvas, (MARGIN + 12, self.y - 14), words, size, bold=True)
        self.y -= 24

    def text(self, words: str, *, soft: bool = False) -> None:
        """Set a paragraph."""
        for each in wrapped(words, SIZE, ROOM):
            self.need(STEP)
            self.ink(soft=soft)
            write(self.canvas, (MARGIN, self.y - SIZE), each, SIZE)
            self.y -= STEP
        self.y -= 3

    def pair(self, name: str, amount: str, *, bold: bool = False) -> None:
        """Set a name and an amount on one line."""
        self.need(STEP + 4)
        self.ink()
        write(
            self.canvas,
            (MARGIN, self.y - SIZE),
            cut(name, SIZE, ROOM - AMOUNT - 10),
            SIZE,
            bold=bold,
        )
        self.amount(amount, bold=bold)
        self.y -= STEP + 1
        self.rule()
        self.y -= 2

    def amount(self, amount: str, *, bold: bool = False) -> None:
        """Set an amount at the right edge of the line."""
        size = fitting(amount, SIZE, AMOUNT, bold=bold)
        at = (WIDTH - MARGIN, self.y - SIZE)
        write(self.canvas, at, amount, size, bold=bold, align=1.0)

    def line(self, line: Line) -> None:
        """Set a posting; its words are wrapped, never cut."""
        room = ROOM - DAY - AMOUNT - 16
        words = wrapped(line.words, SIZE, room)
        under = wrapped(line.under, 9.5, room) if line.under else []
        left = line.left.splitlines()
        height = max(STEP * len(words) + 12 * len(under), 14 * len(left)) + 4
        self.need(height)
        self.ink(soft=True)
        for place, each in enumerate(left):
            size = fitting(each, 10.5, DAY - 4)
            at = (MARGIN, self.y - SIZE - place * 14)
            write(self.canvas, at, each, size)
        self.ink()
        self.amount(line.amount)
        y = self.y
        for each in words:
            write(self.canvas, (MARGIN + DAY, y - SIZE), each, SIZE)
            y -= STEP
        self.ink(soft=True)
        for each in under:
            write(self.canvas, (MARGIN + DAY, y - 8), each, 9.5)
            y -= 12
        self.y -= height
        self.rule()
        self.y -= 3


def pdf(wall: Wall, *, large: bool = False) -> bytes:
    """Draw a sheet on as many pages as it takes, A4 or A3; each says of how many."""
    counted = _drawn(wall, 0, large=large)
    return _finished(_drawn(wall, counted.number, large=large))


def _finished(pages: _Pages) -> bytes:
    pages.canvas.save()
    return pages.out.getvalue()


def _drawn(wall: Wall, pages: int, *, large: bool) -> _Pages:
    sheet = _Pages(wall, pages, large=large)
    sheet.heading(wall.main_title)
    for name, amount in wall.main:
        sheet.pair(name, amount)
    for part in wall.parts:
        _part(sheet, part)
    sheet.y -= 10
    for words in wall.notes:
        sheet.text(words, soft=True)
    return sheet


def _part(sheet: _Pages, part: Part) -> None:
    sheet.heading(part.title)
    if part.words:
        sheet.text(part.words)
    for line in part.lines:
        sheet.line(line)
    if part.total is not None:
        sheet.pair(*part.total, bold=True)
    if part.balances:
        sheet.y -= 4
        sheet.text(part.balances_title, soft=True)
        for name, amount in part.balances:
            sheet.pair(name, amount)
    if part.none:
        sheet.text(part.none, soft=True)
