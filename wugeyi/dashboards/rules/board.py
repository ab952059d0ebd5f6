"""The readable file that says which measures stand in which part of a dashboard."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wugeyi.dashboards.rules.charts import Shape, Tone


class BoardError(Exception):
    """The file cannot be understood; the message says where."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart: its names in two languages, and the measures it draws, each in a tone."""

    key: str
    title_zh: str
    title_en: str
    shape: Shape
    series: tuple[tuple[str, Tone], ...]

    @property
    def codes(self) -> list[str]:
        """Return the measures it draws."""
        return [code for code, _tone in self.series]


@dataclass(frozen=True, slots=True)
class Board:
    """What waits now, which charts there are, what the map tells.

    ``waits`` and ``money`` are read on the last day; ``field`` (riders, volunteers, what is
    shared) and ``places`` (the map) in the period.
    """

    waits: tuple[str, ...]
    rates: tuple[str, ...]
    money: tuple[str, ...]
    field: tuple[str, ...]
    places: tuple[str, ...]
    charts: tuple[Drawn, ...]

    @property
    def codes(self) -> list[str]:
        """Return every code once, in order."""
        charts = [code for chart in self.charts for code in chart.codes]
        return list(
            dict.fromkeys(
                [
                    *self.waits,
                    *self.rates,
                    *self.money,
                    *self.field,
                    *self.places,
                    *charts,
                ]
            )
        )


def read(text: str) -> Board:
    """Read the file.

    Raises
    ------
    BoardError
        If a chart has no such shape or tone, or a part is missing.
    """
    try:
        data = tomllib.loads(text)
        return Board(
            waits=tuple(data["waits"]),
            rates=tuple(data["rates"]),
            money=tuple(data["money"]),
            field=tuple(data["field"]),
            places=tuple(data["places"]),
            charts=tuple(_drawn(each) for each in data["chart"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise BoardError(str(error)) from error


def _drawn(table: Mapping[str, Any]) -> Drawn:
    return Drawn(
        key=table["key"],
        title_zh=table["title_zh"],
        title_en=table["title_en"],
        shape=Shape(table["shape"]),
        series=tuple((code, Tone(tone)) for code, tone in table["series"]),
    )


def findings(board: Board, *, codes: Collection[str]) -> Iterator[str]:
    """Tell everything that is wrong with the board, given what exists."""
    for code in board.codes:
        if code not in codes:
            yield f"there is no measure {code}"
    keys = [chart.key for chart in board.charts]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"there are two charts {key}"
