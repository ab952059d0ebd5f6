"""A filled form for the eye: its cells sorted by what a person has to do with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from wugeyi.figures.queries import Figure, Period
from wugeyi.figures.queries.figures import address
from wugeyi.reports import adapter
from wugeyi.reports.adapter import Box, Given, ReadForm
from wugeyi.reports.messages import reason, title
from wugeyi.reports.models import Cell, Filling, Known
from wugeyi.reports.queries import values
from wugeyi.reports.queries.memory import earlier_answers
from wugeyi.reports.queries.plans import wanted_by, written_of

Source = Cell.Source


@dataclass(slots=True)
class Line:
    """A cell with what a page says of it."""

    cell: Cell
    why: str
    url: str = ""
    name: str = ""
    now: str | None = None
    before: Known | None = None


@dataclass(slots=True)
class Guess:
    """Cells under one label that wait for a person's word, and what they may mean."""

    first: Line
    lines: list[Line]
    choices: list[tuple[str, str]]


@dataclass(slots=True)
class Shown:
    """A box of the form with what was filled into it."""

    box: Box
    text: str
    tone: str = ""
    cell: Cell | None = None


@dataclass(slots=True)
class Review:
    """Everything the page of a filled form shows."""

    guesses: list[Guess] = field(default_factory=list)
    missing: list[Line] = field(default_factory=list)
    filled: list[Line] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)
    system: int = 0
    hand: int = 0
    changed: int = 0


def cells_of(filling: Filling) -> list[Cell]:
    """Return the cells in their order; one query."""
    return list(
        filling.cells.select_related(
            "organisation", "known", "known__recorded_by", "done_by"
        ).order_by("number")
    )


def review(filling: Filling, cells: list[Cell]) -> Review:
    """Sort the cells; figures are read again to tell what changed since."""
    figured = [cell for cell in cells if cell.source == Source.FIGURE]
    wanted = {of for cell in figured if (of := wanted_by(cell))}
    now = values.read(filling.organisation, wanted)
    earlier = earlier_answers(cell for cell in cells if cell.source == Source.NONE)
    found = Review()
    guesses: dict[str, list[Line]] = {}
    for cell in cells:
        line = Line(cell, reason(cell), name=title(cell.code))
        found.system += cell.by_system
        found.hand += cell.source == Source.HAND
        if cell.source == Source.FIGURE:
            line.url = link(cell, filling.as_of)
            of = wanted_by(cell)
            line.now = _changed(cell, now.get(of) if of else None)
            found.changed += line.now is not None
            found.filled.append(line)
        elif cell.source == Source.LEFT:
            found.left.append(line)
        elif cell.source != Source.NONE:
            found.filled.append(line)
        elif cell.code and cell.certainty != "certain":
            guesses.setdefault(cell.key, []).append(line)
        else:
            key = (cell.organisation_id or 0, cell.key)
            line.before = earlier.get(key) if cell.key else None
            found.missing.append(line)
    found.guesses = [_guess(lines) for lines in guesses.values()]
    return found


def _guess(lines: list[Line]) -> Guess:
    cell = lines[0].cell
    codes = dict.fromkeys([cell.code, *cell.others.split()])
    return Guess(lines[0], lines, [(code, title(code)) for code in codes])


def _changed(cell: Cell, figure: Figure | None) -> str | None:
    """Return what the records say by now where that differs, "" when nothing is left."""
    if figure is None or figure.value is None:
        return ""
    same = (figure.value, figure.denominator) == (cell.figure, cell.denominator)
    if same:
        return None
    written = written_of(figure, cell.unit)
    return written.text if written else ""


def link(cell: Cell, as_of: datetime) -> str:
    """Return the address that opens a cell onto the records it was counted from."""
    assert cell.organisation is not None  # noqa: S101 (a figure has its organisation)
    period = Period(cell.first, cell.last)
    return address(cell.code, cell.organisation.code, period, as_of=as_of)


def given(cells: Iterable[Cell]) -> list[Given]:
    """Return what goes into the file."""
    return [
        Given(cell.sheet, cell.address, cell.value, cell.is_number, cell.inline)
        for cell in cells
        if cell.value
    ]


def pictures(read: ReadForm, cells: list[Cell]) -> list[tuple[str, list[list[Shown]]]]:
    """Return the sheets of a form with what is filled so far, totals computed."""
    totals = adapter.totals(read, given(cells))
    by_place: dict[tuple[str, str], Cell] = {}
    inline: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        if cell.inline:
            inline.setdefault((cell.sheet, cell.address), []).append(cell)
        else:
            by_place[cell.sheet, cell.address] = cell
    return [
        (
            grid.sheet,
            [
                [_shown(grid.sheet, box, by_place, inline, totals) for box in line]
                for line in adapter.picture(grid)
            ],
        )
        for grid in read.grids
    ]


def _shown(
    sheet: str,
    box: Box,
    by_place: dict[tuple[str, str], Cell],
    inline: dict[tuple[str, str], list[Cell]],
    totals: dict[str, str],
) -> Shown:
    cell = by_place.get((sheet, box.address))
    if cell is not None:
        tone = "system" if cell.by_system else str(cell.source)
        return Shown(box, cell.value, tone, cell)
    if box.kind == "formula":
        return Shown(box, totals.get(f"{sheet}!{box.address}", ""), "formula")
    text = box.text
    for each in inline.get((sheet, box.address), []):
        if each.value:
            text = adapter.inline_text(text, each.inline, each.value)
    return Shown(box, text)
