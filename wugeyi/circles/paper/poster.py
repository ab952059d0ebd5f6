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
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from wugeyi.circles.paper.ground import BRIDGE, FOOTWAY, STEPS, TUNNEL, Point, lines

FONT = "STSong-Light"
LATIN = "Helvetica"
# Beyond these letters the Latin font of every PDF reader has none.
LAST_LATIN = 0xFF
WIDTH, HEIGHT = A3
MARGIN = 48.0
MAP_HEIGHT = 620.0
INK = HexColor("#16211d")
SOFT = HexColor("#4b5a53")
PAPER = HexColor("#f0f4f2")
LINE = HexColor("#c4cfc9")
WHITE = HexColor("#ffffff")
PINE = HexColor("#0b5b4c")
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
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
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


def _runs(text: str) -> list[tuple[str, bool]]:
    """Part a text into runs, each with whether it is Chinese: the fonts differ."""
    runs: list[tuple[str, bool]] = []
    for letter in text:
        chinese = ord(letter) > LAST_LATIN
        if runs and runs[-1][1] == chinese:
            runs[-1] = runs[-1][0] + letter, chinese
        else:
            runs.append((letter, chinese))
    return runs


def _font(*, chinese: bool, bold: bool) -> str:
    if chinese:
        return FONT
    return f"{LATIN}-Bold" if bold else LATIN


def _width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in points."""
    widths: list[float] = [
        pdfmetrics.stringWidth(run, _font(chinese=chinese, bold=bold), size)
        for run, chinese in _runs(text)
    ]
    return sum(widths)


def _write(
    canvas: Canvas,
    at: Point,
    text: str,
    size: float,
    *,
    bold: bool = False,
    align: float = 0.0,
) -> None:
    """Set a text; ``align`` is where its point lies: 0 left, 0.5 middle, 1 right.

    The Chinese font has no bold, so it is filled and outlined.
    """
    words = canvas.beginText(at[0] - align * _width(text, size, bold=bold), at[1])
    canvas.setLineWidth(size / 30)
    for run, chinese in _runs(text):
        words.setFont(_font(chinese=chinese, bold=bold), size)
        words.setTextRenderMode(2 if bold and chinese else 0)
        words.textOut(run)
    words.setTextRenderMode(0)
    canvas.drawText(words)


def _fitting(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """Return the size at which a text fits into a width, at most ``size``."""
    wide = _width(text, size, bold=bold)
    return size if wide <= width else size * width / wide


def _cut(text: str, size: float, width: float) -> str:
    """Return as much of a text as fits."""
    if _width(text, size) <= width:
        return text
    while text and _width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def _head(canvas: Canvas, poster: Poster) -> float:
    """Draw the thick and the thin rule, the place, the title; return where they end."""
    width = WIDTH - 2 * MARGIN
    y: float = HEIGHT - MARGIN
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y, width, 6, stroke=0, fill=1)
    canvas.rect(MARGIN, y - 5, width, 1.2, stroke=0, fill=1)
    canvas.setFillColor(SOFT)
    _write(canvas, (MARGIN, y - 36), _cut(poster.place, 16, width), 16)
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y - 62, 52, 8, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    size = _fitting(poster.title, 54, width, bold=True)
    _write(canvas, (MARGIN, y - 124), poster.title, size, bold=True)
    canvas.setFillColor(SOFT)
    size = _fitting(poster.lead, 20, width)
    _write(canvas, (MARGIN, y - 160), poster.lead, size)
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
    _write(canvas, (x, y - letters * 0.36), text, letters, align=0.5)


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
    _write(canvas, (left + 4, bottom + 4), poster.scale_text, 10)


def _code(canvas: Canvas, poster: Poster, top: float) -> float:
    """Draw the code at the right; return where its column begins."""
    size = 132.0
    cell = size / len(poster.code)
    left: float = WIDTH - MARGIN - size
    canvas.setFillColor(INK)
    for row, cells in enumerate(poster.code):
        for column, dark in enumerate(cells):
            if dark:
                canvas.rect(
                    left + column * cell,
                    top - (row + 1) * cell,
                    cell * 1.02,
                    cell * 1.02,
                    stroke=0,
                    fill=1,
                )
    canvas.setFillColor(INK)
    letters = _fitting(poster.code_text, 13, size)
    _write(canvas, (left, top - size - 20), poster.code_text, letters)
    return left - 28


def _rows(canvas: Canvas, poster: Poster, top: float, width: float) -> None:
    """List what the map marks, in as many columns as it takes."""
    canvas.setFillColor(INK)
    _write(canvas, (MARGIN, top + 28), _cut(poster.legend, 13, width), 13)
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
        name = _cut(row.name, size, wide - 56 - _width(row.text, size * 0.85))
        _write(canvas, (x + 28, y - size * 0.45), name, size)
        canvas.setFillColor(SOFT)
        right = x + wide - 18, y - size * 0.45
        _write(canvas, right, row.text, size * 0.85, align=1.0)


def _foot(canvas: Canvas, poster: Poster) -> None:
    canvas.setFillColor(SOFT)
    y = MARGIN - 8 + 13.0 * (len(poster.foot) - 1)
    for text in poster.foot:
        _write(canvas, (MARGIN, y), text, _fitting(text, 9.5, WIDTH - 2 * MARGIN))
        y -= 13
