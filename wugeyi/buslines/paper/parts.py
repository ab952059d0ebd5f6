"""What all papers of a line share: the head, the fares, the foot, the strip of stops."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3, A4
from reportlab.pdfgen.canvas import Canvas

from wugeyi.ui.paper import (
    INK,
    LINE,
    PINE,
    SOFT,
    WHITE,
    Code,
    cut,
    draw_code,
    fitting,
    prepare,
    width_of,
    write,
)

WIDTH: float = A4[0]
HEIGHT: float = A4[1]
MARGIN = 36.0
WASH = HexColor("#e2efea")
A3_OVER_A4: float = min(A3[0] / A4[0], A3[1] / A4[1])


@dataclass(frozen=True, slots=True)
class Fare:
    """What so many baskets cost: 一筐, 5 元."""

    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class Whose:
    """What stands on every paper, in the reader's language.

    Parameters
    ----------
    number, name, other_name
        Of the line; ``other_name`` is the one in the other language, if there is one.
    invented
        The words that say so, empty for a line that runs.
    foot
        Who runs it, since when it holds, where to ask.
    """

    number: str
    name: str
    other_name: str
    invented: str
    foot: Sequence[str]
    fares: Sequence[Fare]
    fares_title: str
    code: Code
    code_text: str


def pages(
    title: str, draw: Sequence[Callable[[Canvas], None]], *, large: bool = False
) -> bytes:
    """Return a PDF of pages drawn as A4; ``large`` scales them to A3."""
    prepare()
    out = io.BytesIO()
    scale = A3_OVER_A4 if large else 1.0
    canvas: Any = Canvas(out, pagesize=A3 if large else A4, pageCompression=1)
    canvas.setTitle(title)
    for each in draw:
        canvas.saveState()
        canvas.scale(scale, scale)
        each(canvas)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def rules(canvas: Canvas, y: float, width: float = WIDTH) -> None:
    """Draw the thick and the thin rule."""
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y, width - 2 * MARGIN, 5, stroke=0, fill=1)
    canvas.rect(MARGIN, y - 4, width - 2 * MARGIN, 1, stroke=0, fill=1)


def head(canvas: Canvas, whose: Whose) -> float:
    """Draw the rules, the line's number and name; return where they end."""
    y = HEIGHT - MARGIN
    rules(canvas, y)
    size = 30.0
    wide = min(150.0, width_of(whose.number, size, bold=True)) + 24
    canvas.setFillColor(PINE)
    canvas.roundRect(MARGIN, y - 58, wide, 44, 4, stroke=0, fill=1)
    canvas.setFillColor(WHITE)
    canvas.setStrokeColor(WHITE)
    size = fitting(whose.number, size, wide - 16, bold=True)
    middle = MARGIN + wide / 2
    write(canvas, (middle, y - 47), whose.number, size, bold=True, align=0.5)
    left = MARGIN + wide + 14
    room = WIDTH - MARGIN - left
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    size = fitting(whose.name, 22, room, bold=True)
    lift = 32.0 if whose.other_name else 44.0
    write(canvas, (left, y - lift), whose.name, size, bold=True)
    if whose.other_name:
        canvas.setFillColor(SOFT)
        name = cut(whose.other_name, 12, room)
        write(canvas, (left, y - 52), name, 12)
    if whose.invented:
        mark(canvas, whose.invented, y - 82)
        return y - 96
    return y - 70


def mark(canvas: Canvas, words: str, y: float) -> None:
    """Frame words that must not be overlooked."""
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.2)
    canvas.rect(MARGIN, y - 5, WIDTH - 2 * MARGIN, 20, stroke=1, fill=0)
    canvas.setFillColor(INK)
    size = fitting(words, 12, WIDTH - 2 * MARGIN - 16)
    write(canvas, (WIDTH / 2, y), words, size, align=0.5)


def fares(canvas: Canvas, whose: Whose, top: float, left: float, wide: float) -> float:
    """Draw a box for each fare, side by side; return where they end."""
    canvas.setFillColor(SOFT)
    write(canvas, (left, top - 12), whose.fares_title, 12)
    top -= 20
    if not whose.fares:
        return top
    gap = 10.0
    each = (wide - gap * (len(whose.fares) - 1)) / len(whose.fares)
    for place, fare in enumerate(whose.fares):
        x = left + place * (each + gap)
        canvas.setFillColor(WASH)
        canvas.roundRect(x, top - 58, each, 58, 3, stroke=0, fill=1)
        canvas.setFillColor(INK)
        canvas.setStrokeColor(INK)
        size = fitting(fare.name, 13, each - 12)
        write(canvas, (x + each / 2, top - 19), fare.name, size, align=0.5)
        size = fitting(fare.amount, 24, each - 12, bold=True)
        write(canvas, (x + each / 2, top - 47), fare.amount, size, bold=True, align=0.5)
    return top - 58


def foot(canvas: Canvas, whose: Whose, code_size: float = 92.0) -> float:
    """Draw the code at the right, who runs it at the left; return where they begin."""
    top = MARGIN + code_size + 20
    left = WIDTH - MARGIN - code_size
    rules(canvas, MARGIN - 10)
    if whose.code:
        draw_code(canvas, whose.code, left, top, code_size)
        canvas.setFillColor(INK)
        size = fitting(whose.code_text, 11, code_size)
        middle = left + code_size / 2
        write(canvas, (middle, MARGIN + 6), whose.code_text, size, align=0.5)
    canvas.setFillColor(SOFT)
    y = MARGIN + 6 + 16.0 * (len(whose.foot) - 1)
    for text in whose.foot:
        size = fitting(text, 11, left - MARGIN - 20)
        write(canvas, (MARGIN, y), text, size)
        y -= 16
    return top


@dataclass(frozen=True, slots=True)
class Along:
    """A stop of the strip; ``here`` is where the sign hangs, ``end`` a market."""

    name: str
    other_name: str
    here: bool = False
    end: bool = False


def strip(
    canvas: Canvas,
    along: Sequence[Along],
    left: float,
    top: float,
    room: float,
    wide: float,
) -> None:
    """Draw the stops one below the other on a line, the own one filled and bold."""
    if not along:
        return
    step = min(56.0, room / len(along))
    x = left + 8
    first, last = top - 12, top - 12 - step * (len(along) - 1)
    canvas.setStrokeColor(PINE)
    canvas.setLineWidth(4)
    canvas.line(x, first, x, last)
    for place, each in enumerate(along):
        y = first - place * step
        canvas.setStrokeColor(PINE)
        canvas.setLineWidth(2.5)
        canvas.setFillColor(PINE if each.here else WHITE)
        if each.end:
            canvas.rect(x - 7, y - 7, 14, 14, stroke=1, fill=1)
        else:
            canvas.circle(x, y, 8 if each.here else 6, stroke=1, fill=1)
        canvas.setFillColor(INK)
        canvas.setStrokeColor(INK)
        size = min(18.0, step * 0.42)
        words = wide - 30
        size = fitting(each.name, size, words, bold=each.here)
        lift = 1.0 if each.other_name else -size * 0.35
        write(canvas, (x + 18, y + lift), each.name, size, bold=each.here)
        if each.other_name:
            canvas.setFillColor(SOFT)
            small = fitting(each.other_name, min(11.0, step * 0.27), words)
            write(canvas, (x + 18, y - small - 2), each.other_name, small)


def line(canvas: Canvas, x1: float, y: float, x2: float, thick: float = 0.7) -> None:
    """Draw a quiet rule."""
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(thick)
    canvas.line(x1, y, x2, y)
