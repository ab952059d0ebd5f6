"""A chart is a table with a drawing: what it is called, its columns, its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from wugeyi.dashboards.rules import drawing
from wugeyi.dashboards.rules.drawing import Drawing, Value

# A name to show: plain text, or one that is translated when it is written.
Name = TypeVar("Name")


class Shape(StrEnum):
    """How a table is drawn."""

    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


class Tone(StrEnum):
    """What a series is drawn in; each has its own texture or stroke beside its colour.

    ``WAIT`` is for what waits for somebody, ``LATE`` for what is overdue.
    """

    MAIN = "main"
    SECOND = "second"
    THIRD = "third"
    SOFT = "soft"
    WAIT = "wait"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Series(Generic[Name]):
    """One column of numbers; None is no record."""

    name: Name
    values: Sequence[Value]
    tone: Tone = Tone.MAIN


@dataclass(frozen=True, slots=True)
class Chart(Generic[Name]):
    """Everything a chart and its table are written from.

    ``labels`` stand below the axis and are short; ``rows`` name the table's rows in
    full. ``places`` are the digits after the point.
    """

    key: str
    title: Name
    shape: Shape
    labels: Sequence[str]
    rows: Sequence[str]
    series: Sequence[Series[Name]]
    unit: Name
    places: int = 0

    @property
    def drawn(self) -> Drawing:
        """Return where everything stands."""
        values = [each.values for each in self.series]
        if self.shape is Shape.LINES:
            return drawing.lines(self.labels, values)
        return drawing.bars(self.labels, values, stacked=self.shape is Shape.STACKED)

    @property
    def table(self) -> list[tuple[str, list[Value]]]:
        """Return each row of the table: its name, then a number for each series."""
        return [
            (name, [each.values[place] for each in self.series])
            for place, name in enumerate(self.rows)
        ]

    @property
    def blank(self) -> bool:
        """Tell whether nothing at all is on record."""
        return all(value is None for each in self.series for value in each.values)
