"""The poster of the timetable, A3: every trip, the fares, what changed, a code."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from wugeyi.buslines.paper.parts import (
    MARGIN,
    WASH,
    WIDTH,
    Whose,
    fares,
    foot,
    head,
    line,
    pages,
)
from wugeyi.ui.paper import INK, PINE, SOFT, cut, fitting, wrapped, write

NAMES = 150.0
"""How wide the column of stops is."""
MOST_TRIPS = 8
ROW = 24.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Trips one way: stops down, trips across; an empty cell is not served.

    ``ends`` marks the rows of markets.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[str], bool]]


@dataclass(frozen=True, slots=True)
class Poster:
    """One sheet, in the reader's language."""

    whose: Whose
    lead: str
    grids: Sequence[Grid]
    announcement_title: str
    announcement: str


def pdf(poster: Poster, title: str) -> bytes:
    """Draw the poster on A3; a line with very many trips takes more sheets."""
    draws = [lambda c, g=grids: _draw(c, poster, g) for grids in _parted(poster)]
    return pages(title, draws, large=True)


def _parted(poster: Poster) -> list[list[Grid]]:
    """Share the grids out over sheets, each cut to as many trips as fit across."""
    parts = [
        Grid(
            grid.title,
            grid.heads[first : first + MOST_TRIPS],
            [
                (name, other, cells[first : first + MOST_TRIPS], end)
                for name, other, cells, end in grid.rows
            ],
        )
        for grid in poster.grids
        for first in range(0, max(1, len(grid.heads)), MOST_TRIPS)
    ]
    room, left = 440.0, 440.0
    found: list[list[Grid]] = [[]]
    for grid in parts:
        takes = 60 + ROW * len(grid.rows)
        if takes > left and found[-1]:
            found.append([])
            left = room
        found[-1].append(grid)
        left -= takes
    return found


def _draw(canvas: Canvas, poster: Poster, grids: Sequence[Grid]) -> None:
    top = head(canvas, poster.whose)
    width = WIDTH - 2 * MARGIN
    canvas.setFillColor(SOFT)
    size = fitting(poster.lead, 13, width)
    write(canvas, (MARGIN, top - 10), poster.lead, size)
    y = top - 22
    bottom = foot(canvas, poster.whose)
    fares_top = bottom + 92
    words = wrapped(poster.announcement, 10.5, width, most=5)
    words_top = fares_top + 16.0 * len(words) + 28
    needed = sum(60 + ROW * len(grid.rows) for grid in grids)
    scale = min(1.5, (y - words_top) / needed) if needed else 1.0
    for grid in grids:
        y = _grid(canvas, grid, y, ROW * scale)
    _words(canvas, poster, words, words_top - 8)
    fares(canvas, poster.whose, fares_top, MARGIN, width)


def _words(canvas: Canvas, poster: Poster, words: Sequence[str], top: float) -> None:
    canvas.setFillColor(SOFT)
    write(canvas, (MARGIN, top), poster.announcement_title, 12)
    canvas.setFillColor(INK)
    for number, text in enumerate(words, start=1):
        write(canvas, (MARGIN, top - 16 * number), text, 10.5)


def _grid(canvas: Canvas, grid: Grid, top: float, row: float) -> float:
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, top - 26, 4, 18, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    write(canvas, (MARGIN + 12, top - 23), grid.title, 16, bold=True)
    step = (WIDTH - 2 * MARGIN - NAMES) / max(1, len(grid.heads))
    step = min(step, 90.0)
    y = top - 44
    canvas.setFillColor(SOFT)
    for place, text in enumerate(grid.heads):
        x = MARGIN + NAMES + (place + 0.5) * step
        write(canvas, (x, y), text, fitting(text, 10, step - 4), align=0.5)
    y -= 6
    line(canvas, MARGIN, y, WIDTH - MARGIN, 1)
    for name, other, cells, end in grid.rows:
        if end:
            canvas.setFillColor(WASH)
            canvas.rect(MARGIN, y - row, WIDTH - 2 * MARGIN, row, stroke=0, fill=1)
        _stop(canvas, name, other, y, row, bold=end)
        for place, text in enumerate(cells):
            x = MARGIN + NAMES + (place + 0.5) * step
            size = fitting(text, min(20.0, row * 0.62), step - 6, bold=True)
            canvas.setFillColor(INK)
            canvas.setStrokeColor(INK)
            write(canvas, (x, y - row * 0.7), text, size, bold=True, align=0.5)
        y -= row
        line(canvas, MARGIN, y, WIDTH - MARGIN)
    return y - 8


def _stop(
    canvas: Canvas, name: str, other: str, top: float, row: float, *, bold: bool
) -> None:
    size = min(16.0, row * (0.46 if other else 0.55))
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    text = cut(name, size, NAMES - 10)
    lift = row * (0.45 if other else 0.66)
    write(canvas, (MARGIN + 4, top - lift), text, size, bold=bold)
    if other:
        canvas.setFillColor(SOFT)
        small = min(10.0, row * 0.3)
        text = cut(other, small, NAMES - 10)
        write(canvas, (MARGIN + 4, top - row * 0.84), text, small)
