"""The sign at a stop: its name in both languages, times there and home, fares, a code."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from wugeyi.buslines.paper.parts import (
    HEIGHT,
    MARGIN,
    WIDTH,
    Along,
    Whose,
    fares,
    foot,
    head,
    line,
    pages,
    strip,
)
from wugeyi.ui.paper import INK, PINE, SOFT, fitting, write

__all__ = ["HEIGHT", "Column", "Sign", "Time", "pdf"]


@dataclass(frozen=True, slots=True)
class Time:
    """A bus: when it is here, and where it is when: 06:40 到北门市场."""

    clock: str
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """Buses one way, under their heading; ``none`` is said where there is none."""

    title: str
    times: Sequence[Time]
    none: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One sheet. ``days`` says on which days of the week it holds."""

    whose: Whose
    name: str
    other_name: str
    days: str
    columns: Sequence[Column]
    along: Sequence[Along]
    along_title: str


def pdf(signs: Sequence[Sign], title: str, *, large: bool = False) -> bytes:
    """Draw a sheet for each stop, A4 or A3."""
    return pages(title, [lambda c, s=s: _draw(c, s) for s in signs], large=large)  # type: ignore[misc]


def _draw(canvas: Canvas, sign: Sign) -> None:
    top = head(canvas, sign.whose)
    width = WIDTH - 2 * MARGIN
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    size = fitting(sign.name, 62, width, bold=True)
    write(canvas, (MARGIN, top - 62), sign.name, size, bold=True)
    canvas.setFillColor(SOFT)
    under = top - 88
    if sign.other_name:
        size = fitting(sign.other_name, 20, width - 120)
        write(canvas, (MARGIN, under), sign.other_name, size)
    write(canvas, (WIDTH - MARGIN, under), sign.days, 15, align=1.0)
    body = under - 20
    line(canvas, MARGIN, body, WIDTH - MARGIN, 1)
    bottom = foot(canvas, sign.whose)
    end_of_fares = bottom + 16
    fares(canvas, sign.whose, end_of_fares + 78, MARGIN, width)
    below = end_of_fares + 94
    split = MARGIN + width * 0.36
    canvas.setFillColor(SOFT)
    write(canvas, (MARGIN, body - 20), sign.along_title, 12)
    strip(canvas, sign.along, MARGIN, body - 30, body - below - 34, split - MARGIN - 12)
    _columns(canvas, sign.columns, split + 8, body, below)


def _columns(
    canvas: Canvas, columns: Sequence[Column], left: float, top: float, bottom: float
) -> None:
    wide = (WIDTH - MARGIN - left) / max(1, len(columns))
    for place, column in enumerate(columns):
        x = left + place * wide
        room = wide - 14
        canvas.setFillColor(PINE)
        canvas.rect(x, top - 26, 4, 18, stroke=0, fill=1)
        canvas.setFillColor(INK)
        canvas.setStrokeColor(INK)
        size = fitting(column.title, 16, room - 12, bold=True)
        write(canvas, (x + 12, top - 23), column.title, size, bold=True)
        if not column.times:
            canvas.setFillColor(SOFT)
            size = fitting(column.none, 14, room)
            write(canvas, (x + 12, top - 58), column.none, size)
        step = min(100.0, (top - bottom - 36) / max(1, len(column.times)))
        for row, time in enumerate(column.times):
            y = top - 40 - row * step
            _time(canvas, time, x + 12, y, step, room - 12)


def _time(
    canvas: Canvas, time: Time, x: float, y: float, step: float, room: float
) -> None:
    size = fitting(time.clock, min(48.0, step * 0.56), room, bold=True)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    write(canvas, (x, y - size * 0.85), time.clock, size, bold=True)
    canvas.setFillColor(SOFT)
    small = fitting(time.words, min(14.0, step * 0.24), room)
    write(canvas, (x, y - size * 0.85 - small - 6), time.words, small)
