"""Where the lines and bars of a chart stand: plain numbers in, coordinates out.

Everything is drawn on a sheet 360 units wide, the width of the cheapest phone, so that
a label is never smaller there than it was meant to be. A value of None is "no record":
it leaves a gap in a line and a mark on the ground line, and is never drawn as nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

Value = float | None

WIDTH = 360.0
HEIGHT = 190.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 6.0, 20.0, 24.0
GROUND = HEIGHT - BOTTOM
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 120.0, 28.0, 3.0
# How many letters of a label fit above a bar before neighbours touch.
LETTER = 6.4
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A quiet line across the sheet and the value it stands for."""

    y: float
    value: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; ``value`` is written above it where there is room."""

    x: float
    y: float
    width: float
    height: float
    value: Value
    series: int
    label_x: float
    label_y: float
    labelled: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The unbroken parts of one line as SVG points, and its dots."""

    series: int
    runs: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place below the ground line: a name of the axis, or a missing value."""

    x: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, ready to be written as SVG."""

    ticks: tuple[Tick, ...]
    names: tuple[Mark, ...]
    gaps: tuple[Mark, ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Spark:
    """A line as wide as a word."""

    runs: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


def ceiling(most: float) -> tuple[float, float]:
    """Return the top of a scale that holds ``most``, and the step of its ticks.

    Steps are 1, 2, 2.5 or 5 times a power of ten and never below 1: what is counted
    comes in whole pieces.
    """
    if most <= MOST_TICKS:
        return float(max(1, ceil(most))), 1.0
    rough = most / MOST_TICKS
    power = 10 ** floor(log10(rough))
    step = next(each * power for each in STEPS if each * power >= rough)
    if step < 10 and step != round(step):
        step = float(round(step + 0.5))
    count = -(-most // step)
    return step * count, step


def _y(value: float, top: float) -> float:
    return round(GROUND - (GROUND - TOP) * value / top, 1)


def _ticks(top: float, step: float) -> tuple[Tick, ...]:
    count = round(top / step)
    return tuple(Tick(_y(step * each, top), step * each) for each in range(count + 1))


def _middles(count: int) -> list[float]:
    slot = (WIDTH - LEFT - RIGHT) / max(count, 1)
    return [round(LEFT + slot * (each + 0.5), 1) for each in range(count)]


def _names(labels: Sequence[str]) -> tuple[Mark, ...]:
    """Name every place of the axis, or every second or third where they would touch."""
    middles = _middles(len(labels))
    slot = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    widest = max((_width(label) for label in labels), default=0.0) + 4
    every = max(1, -(-int(widest) // max(1, int(slot))))
    last = len(labels) - 1
    return tuple(
        Mark(x, label)
        for place, (x, label) in enumerate(zip(middles, labels, strict=True))
        if (last - place) % every == 0
    )


def _width(label: str) -> float:
    """Return about how wide a label is: a Chinese character is two letters wide."""
    return sum(LETTER if letter.isascii() else 2 * LETTER for letter in label)


def _gaps(rows: Sequence[Sequence[Value]], count: int) -> tuple[Mark, ...]:
    middles = _middles(count)
    return tuple(
        Mark(middles[place])
        for place in range(count)
        if all(row[place] is None for row in rows)
    )


def bars(
    labels: Sequence[str], rows: Sequence[Sequence[Value]], *, stacked: bool = False
) -> Drawing:
    """Draw bars side by side, or on top of each other.

    Parameters
    ----------
    labels
        The names of the places on the axis.
    rows
        One sequence for each series, as long as ``labels``; values are 0 or more.
    stacked
        Whether the series are parts of one whole.
    """
    count = len(labels)
    heights = [
        [row[place] or 0.0 for row in rows if row[place] is not None]
        for place in range(count)
    ]
    most = max(
        (sum(each) if stacked else max(each) for each in heights if each), default=0.0
    )
    top, step = ceiling(most)
    slot = (WIDTH - LEFT - RIGHT) / max(count, 1)
    width = min(slot * 0.72, 40.0) / (1 if stacked else max(len(rows), 1))
    found: list[Bar] = []
    for place, middle in enumerate(_middles(count)):
        found += _bars_at(place, middle, rows, width, top, stacked)
    return Drawing(
        _ticks(top, step), _names(labels), _gaps(rows, count), bars=tuple(found)
    )


def _bars_at(
    place: int,
    middle: float,
    rows: Sequence[Sequence[Value]],
    width: float,
    top: float,
    stacked: bool,  # noqa: FBT001
) -> list[Bar]:
    left = middle - width * (1 if stacked else len(rows)) / 2
    base, total = 0.0, 0.0
    found = []
    known = [series for series, row in enumerate(rows) if row[place] is not None]
    for series in known:
        value = rows[series][place] or 0.0
        x = left + (0 if stacked else series * width)
        y = _y(base + value, top)
        total += value
        # One label for a whole stack, above its uppermost part.
        labelled = not stacked or series == known[-1]
        shown = total if stacked else value
        # Beside another series there is no room but the bar's own.
        room = width + (2 if len(rows) > 1 and not stacked else 12)
        found.append(
            Bar(
                x=round(x, 1),
                y=y,
                width=round(width, 1),
                height=round(_y(base, top) - y, 1),
                value=shown,
                series=series,
                label_x=round(x + width / 2, 1),
                label_y=round(y - 4, 1),
                labelled=labelled and _width(f"{shown:,.0f}") <= room,
            )
        )
        if stacked:
            base += value
    return found


def lines(labels: Sequence[str], rows: Sequence[Sequence[Value]]) -> Drawing:
    """Draw one line for each series; a missing value breaks its line."""
    known = [value for row in rows for value in row if value is not None]
    top, step = ceiling(max(known, default=0.0))
    middles = _middles(len(labels))
    return Drawing(
        _ticks(top, step),
        _names(labels),
        _gaps(rows, len(labels)),
        lines=tuple(
            _line(series, [(x, v) for x, v in zip(middles, row, strict=True)], top)
            for series, row in enumerate(rows)
        ),
    )


def _line(series: int, points: list[tuple[float, Value]], top: float) -> Line:
    placed = [(x, None if value is None else _y(value, top)) for x, value in points]
    runs, dots = _runs(placed)
    return Line(series, runs, dots, dots[-1] if dots else None)


def _runs(
    placed: Sequence[tuple[float, Value]],
) -> tuple[tuple[str, ...], tuple[tuple[float, float], ...]]:
    """Return the unbroken runs as points, and every dot."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in placed:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    dots = tuple(point for run in runs for point in run)
    texts = (" ".join(f"{x:g},{y:g}" for x, y in run) for run in runs if len(run) > 1)
    return tuple(texts), dots


def spark(values: Sequence[Value]) -> Spark:
    """Draw a line as wide as a word, from 0 at the bottom to its highest value."""
    known = [value for value in values if value is not None]
    top = max(known, default=0.0) or 1.0
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / max(len(values) - 1, 1)
    high = SPARK_HEIGHT - 2 * SPARK_EDGE
    placed = [
        (
            round(SPARK_EDGE + step * place, 1),
            None if value is None else round(SPARK_EDGE + high * (1 - value / top), 1),
        )
        for place, value in enumerate(values)
    ]
    runs, dots = _runs(placed)
    alone = {point for point in dots if not _in_runs(point, runs)}
    last = dots[-1] if dots and values and values[-1] is not None else None
    return Spark(runs, tuple(sorted(alone)), last)


def _in_runs(point: tuple[float, float], runs: Sequence[str]) -> bool:
    text = f"{point[0]:g},{point[1]:g}"
    return any(text in run.split() for run in runs)
