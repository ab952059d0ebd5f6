"""The driver's sheet: one bus on one day, stop by stop, with room to write."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from wugeyi.buslines.paper.parts import HEIGHT, MARGIN, WIDTH, line, mark, pages, rules
from wugeyi.ui.paper import INK, LINE, SOFT, cut, fitting, write

COLUMNS = (0.0, 54.0, 156.0, 228.0, 312.0, 364.0, 416.0, 470.0)
"""Where columns begin: minute, stop, expected, booked, three to write in, baskets."""
ROW = 34.0
TRIP_HEAD = 46.0


@dataclass(frozen=True, slots=True)
class Row:
    """A stop: when, who is expected, who booked and by which words."""

    clock: str
    name: str
    expected: str = ""
    booked: str = ""
    words: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Trip:
    """A trip of the bus with its stops in order."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bus on a day; ``heads`` name the columns."""

    title: str
    lead: str
    invented: str
    trips: Sequence[Trip]
    heads: Sequence[str]
    foot: str


def pdf(sheets: Sequence[Sheet], title: str) -> bytes:
    """Draw each bus on sheets of its own, as many as its trips take."""
    draws = []
    for sheet in sheets:
        for number, trips in enumerate(_parted(sheet), start=1):
            draws.append(lambda c, s=sheet, t=trips, n=number: _draw(c, s, t, n))
    return pages(title, draws)


def _parted(sheet: Sheet) -> list[list[Trip]]:
    """Share the trips out over pages; a trip is parted only if no page holds it."""
    room = HEIGHT - 2 * MARGIN - 110
    found: list[list[Trip]] = [[]]
    left = room
    for trip in sheet.trips:
        rows = list(trip.rows)
        most = int((room - TRIP_HEAD) // ROW)
        while rows:
            part, rows = rows[:most], rows[most:]
            takes = TRIP_HEAD + ROW * len(part)
            if takes > left and found[-1]:
                found.append([])
                left = room
            found[-1].append(Trip(trip.title, part))
            left -= takes
    return found


def _draw(canvas: Canvas, sheet: Sheet, trips: Sequence[Trip], number: int) -> None:
    y = HEIGHT - MARGIN
    rules(canvas, y)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    width = WIDTH - 2 * MARGIN
    size = fitting(sheet.title, 22, width - 30, bold=True)
    write(canvas, (MARGIN, y - 32), sheet.title, size, bold=True)
    canvas.setFillColor(SOFT)
    write(canvas, (WIDTH - MARGIN, y - 32), str(number), 12, align=1.0)
    size = fitting(sheet.lead, 12, width)
    write(canvas, (MARGIN, y - 52), sheet.lead, size)
    y -= 62
    if sheet.invented:
        mark(canvas, sheet.invented, y - 18)
        y -= 30
    for trip in trips:
        y = _trip(canvas, sheet, trip, y)
    canvas.setFillColor(SOFT)
    size = fitting(sheet.foot, 9.5, width)
    write(canvas, (MARGIN, MARGIN - 12), sheet.foot, size)


def _trip(canvas: Canvas, sheet: Sheet, trip: Trip, top: float) -> float:
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    size = fitting(trip.title, 14, WIDTH - 2 * MARGIN, bold=True)
    write(canvas, (MARGIN, top - 22), trip.title, size, bold=True)
    canvas.setFillColor(SOFT)
    ends = [*COLUMNS[1:], WIDTH - 2 * MARGIN]
    for place, text in enumerate(sheet.heads):
        room = ends[place] - COLUMNS[place] - 6
        small = fitting(text, 9.5, room)
        write(canvas, (MARGIN + COLUMNS[place], top - 38), text, small)
    y = top - 44
    line(canvas, MARGIN, y, WIDTH - MARGIN, 1)
    for row in trip.rows:
        _row(canvas, row, y)
        y -= ROW
        line(canvas, MARGIN, y, WIDTH - MARGIN)
    return y - 2


def _row(canvas: Canvas, row: Row, top: float) -> None:
    x = [MARGIN + each for each in COLUMNS]
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    write(canvas, (x[0], top - 22), row.clock, fitting(row.clock, 15, 54), bold=True)
    name = cut(row.name, 13, x[2] - x[1] - 8)
    write(canvas, (x[1], top - 21), name, 13)
    write(canvas, (x[2], top - 21), row.expected, fitting(row.expected, 11, 72))
    room = x[4] - x[3] - 8
    booked = fitting(row.booked, 11, room)
    write(canvas, (x[3], top - (14 if row.words else 21)), row.booked, booked)
    if row.words:
        write(canvas, (x[3], top - 27), cut(row.words, 9.5, room), 9.5)
    if row.counts:
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.9)
        for place in range(4, 8):
            right = x[place + 1] if place < 7 else WIDTH - MARGIN
            canvas.rect(x[place], top - 28, right - x[place] - 6, 22, stroke=1, fill=0)
