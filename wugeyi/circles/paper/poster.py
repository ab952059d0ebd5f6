"""A poster for the wall: the map, what is within reach, a code to look for oneself.

Nobody's home is drawn: streets, the ground from which one is inside, and facilities.
Chinese is set in STSong-Light, which PDF readers bring along, as the reports are.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, radians

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A3
from reportlab.pdfgen.canvas import Canvas

from wugeyi.circles.paper.ground import BRIDGE, FOOTWAY, STEPS, TUNNEL, Point, lines
from wugeyi.ui.paper import (
    INK,
    LINE,
    PINE,
    SOFT,
    WHITE,
    cut,
    draw_code,
    fitting,
    prepare,
    width_of,
    write,
)

WIDTH, HEIGHT = A3
MARGIN = 48.0
MAP_HEIGHT = 620.0
PAPER = HexColor("#f0f4f2")
WASH = HexColor("#cfe5dc")
SEAL = HexColor("#27506d")
METRES_A_DEGREE = 111_320.0
MOST_ROWS = 24
# More would cover each other at their full size.
MANY_MARKS = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A facility: its kind's character, or the number it has in the list."""

    lon: float
    lat: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list below the map."""

    mark: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything on the sheet, in the reader's language. Degrees are WGS-84."""

    place: str
    title: str
    lead: str
    bounds: tuple[float, float, float, float]
    ground: bytes
    area: Sequence[Sequence[Sequence[Point]]]
    marks: Sequence[Mark]
    rows: Sequence[Row]
    legend: str
    foot: Sequence[str]
    # What stands beside the code; the code's squares, row by row, true is dark.
    code_text: str = ""
    code: Sequence[Sequence[bool]] = ()
    # 500 m, as the reader writes it.
    scale_text: str = "500 m"


def pdf(poster: Poster) -> bytes:
    """Draw the poster on one A3 sheet."""
    prepare()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A3, pageCompression=1)
    canvas.setTitle(f"{poster.title} · {poster.place}")
    top = _head(canvas, poster)
    bottom = top - MAP_HEIGHT
    _map(canvas, poster, MARGIN, bottom, WIDTH - 2 * MARGIN, MAP_HEIGHT)
    left_of_code = WIDTH - MARGIN
    if poster.code:
        left_of_code = _code(canvas, poster, bottom - 24)
    _rows(canvas, poster, bottom - 58, left_of_code - MARGIN)
    _foot(canvas, poster)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _head(canvas: Canvas, poster: Poster) -> float:
    """Draw the thick and the thin rule, the place, the title; return where they end."""
    width = WIDTH - 2 * MARGIN
    y: float = HEIGHT - MARGIN
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y, width, 6, stroke=0, fill=1)
    canvas.rect(MARGIN, y - 5, width, 1.2, stroke=0, fill=1)
    canvas.setFillColor(SOFT)
    write(canvas, (MARGIN, y - 36), cut(poster.place, 16, width), 16)
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y - 62, 52, 8, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    size = fitting(poster.title, 54, width, bold=True)
    write(canvas, (MARGIN, y - 124), poster.title, size, bold=True)
    canvas.setFillColor(SOFT)
    size = fitting(poster.lead, 20, width)
    write(canvas, (MARGIN, y - 160), poster.lead, size)
    return y - 182


class _Frame:
    """From degrees to points of the paper, north up, true to scale at the middle."""

    def __init__(
        self,
        bounds: tuple[float, float, float, float],
        box: tuple[float, float, float, float],
    ) -> None:
        west, south, east, north = bounds
        self.lon, self.lat = (west + east) / 2, (south + north) / 2
        self.squeeze = cos(radians(self.lat))
        left, bottom, width, height = box
        self.middle = left + width / 2, bottom + height / 2
        across = max((east - west) * self.squeeze, 1e-6)
        self.scale = min(width / across, height / max(north - south, 1e-6))
        # Points of the paper a metre takes.
        self.metre = self.scale / METRES_A_DEGREE

    def __call__(self, lon: float, lat: float) -> Point:
        """Return where a point of the earth lies on the paper."""
        return (
            self.middle[0] + (lon - self.lon) * self.squeeze * self.scale,
            self.middle[1] + (lat - self.lat) * self.scale,
        )


def _map(
    canvas: Canvas,
    poster: Poster,
    left: float,
    bottom: float,
    width: float,
    height: float,
) -> None:
    box = left, bottom, width, height
    frame = _Frame(poster.bounds, box)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(*box)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.setFillColor(PAPER)
    canvas.rect(*box, stroke=0, fill=1)
    _area(canvas, poster, frame)
    _streets(canvas, poster.ground, frame, box)
    size = 19.0 if len(poster.marks) <= MANY_MARKS else 15.0
    for mark in poster.marks:
        x, y = frame(mark.lon, mark.lat)
        _seal(canvas, x, y, size, mark.text)
    canvas.restoreState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(1)
    canvas.rect(*box, stroke=1, fill=0)
    _scale(canvas, poster, frame, left + 12, bottom + 14)


def _area(canvas: Canvas, poster: Poster, frame: _Frame) -> None:
    path = canvas.beginPath()
    for polygon in poster.area:
        for ring in polygon:
            for place, (lon, lat) in enumerate(ring):
                move: Callable[[float, float], None] = (
                    path.lineTo if place else path.moveTo
                )
                move(*frame(lon, lat))
            path.close()
    canvas.setFillColor(WASH)
    canvas.setStrokeColor(PINE)
    canvas.setLineWidth(0.8)
    canvas.setDash(4, 3)
    # Even-odd, so that holes stay holes.
    canvas.drawPath(path, stroke=1, fill=1, fillMode=0)
    canvas.setDash()


def _streets(
    canvas: Canvas,
    ground: bytes,
    frame: _Frame,
    box: tuple[float, float, float, float],
) -> None:
    shown = [
        (look, [frame(*point) for point in points]) for look, points in lines(ground)
    ]
    shown = [each for each in shown if _touches(each[1], box)]
    wide = min(7.0, max(1.0, 6.0 * frame.metre))
    layers: list[tuple[Callable[[int], bool], Color, float, Sequence[float]]] = [
        (lambda look: bool(look & TUNNEL), LINE, 1.0, (3, 3)),
        (_is_path, WHITE, max(1.4, wide * 0.5), ()),
        (_is_path, SOFT, 0.4, (2, 2)),
        (_is_street, LINE, wide + 1.2, ()),
        (_is_street, WHITE, wide, ()),
        (lambda look: bool(look & STEPS), SOFT, max(1.2, wide * 0.5), (1, 1.4)),
        (lambda look: bool(look & BRIDGE), SOFT, wide * 0.8 + 2, ()),
        (lambda look: bool(look & BRIDGE), WHITE, wide * 0.8 + 0.6, ()),
    ]
    for wanted, colour, thick, dash in layers:
        path = canvas.beginPath()
        for look, points in shown:
            if wanted(look):
                path.moveTo(*points[0])
                for point in points[1:]:
                    path.lineTo(*point)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(thick)
        canvas.setLineCap(0 if dash else 1)
        canvas.setLineJoin(1)
        canvas.setDash(*([list(dash)] if dash else []))
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash()


def _is_street(look: int) -> bool:
    return not look & (FOOTWAY | STEPS | TUNNEL)


def _is_path(look: int) -> bool:
    return bool(look & FOOTWAY) and not look & (STEPS | BRIDGE)


def _touches(points: list[Point], box: tuple[float, float, float, float]) -> bool:
    left, bottom, width, height = box
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return (
        max(xs) >= left
        and min(xs) <= left + width
        and max(ys) >= bottom
        and min(ys) <= bottom + height
    )


def _seal(canvas: Canvas, x: float, y: float, size: float, text: str) -> None:
    canvas.setFillColor(SEAL)
    canvas.setStrokeColor(WHITE)
    canvas.setLineWidth(1)
    canvas.roundRect(x - size / 2, y - size / 2, size, size, 2, stroke=1, fill=1)
    canvas.setFillColor(WHITE)
    letters = size * (0.72 if len(text) == 1 else 0.58)
    write(canvas, (x, y - letters * 0.36), text, letters, align=0.5)


def _scale(
    canvas: Canvas, poster: Poster, frame: _Frame, left: float, bottom: float
) -> None:
    long = 500 * frame.metre
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.2)
    path = canvas.beginPath()
    path.moveTo(left, bottom + 6)
    path.lineTo(left, bottom)
    path.lineTo(left + long, bottom)
    path.lineTo(left + long, bottom + 6)
    canvas.drawPath(path)
    canvas.setFillColor(INK)
    write(canvas, (left + 4, bottom + 4), poster.scale_text, 10)


def _code(canvas: Canvas, poster: Poster, top: float) -> float:
    """Draw the code at the right; return where its column begins."""
    size = 132.0
    left: float = WIDTH - MARGIN - size
    draw_code(canvas, poster.code, left, top, size)
    letters = fitting(poster.code_text, 13, size)
    write(canvas, (left, top - size - 20), poster.code_text, letters)
    return left - 28


def _rows(canvas: Canvas, poster: Poster, top: float, width: float) -> None:
    """List what the map marks, in as many columns as it takes."""
    canvas.setFillColor(INK)
    write(canvas, (MARGIN, top + 28), cut(poster.legend, 13, width), 13)
    rows = list(poster.rows[:MOST_ROWS])
    if not rows:
        return
    columns = 2 if len(rows) <= 12 else 3
    a_column = -(-len(rows) // columns)
    room = top - MARGIN - 46
    step = min(34.0, room / a_column)
    wide = width / columns
    for place, row in enumerate(rows):
        column, line = divmod(place, a_column)
        x = MARGIN + column * wide
        y = top - line * step
        _seal(canvas, x + 10, y - 2, min(20, step * 0.7), row.mark)
        canvas.setFillColor(INK)
        size = min(15.0, step * 0.5)
        name = cut(row.name, size, wide - 56 - width_of(row.text, size * 0.85))
        write(canvas, (x + 28, y - size * 0.45), name, size)
        canvas.setFillColor(SOFT)
        right = x + wide - 18, y - size * 0.45
        write(canvas, right, row.text, size * 0.85, align=1.0)


def _foot(canvas: Canvas, poster: Poster) -> None:
    canvas.setFillColor(SOFT)
    y = MARGIN - 8 + 13.0 * (len(poster.foot) - 1)
    for text in poster.foot:
        write(canvas, (MARGIN, y), text, fitting(text, 9.5, WIDTH - 2 * MARGIN))
        y -= 13
