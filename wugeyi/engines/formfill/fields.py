"""Which cells a form wants filled, and the labels each of them stands under.

A table is read in blocks: rows that hold labels only open one (its header, however many
rows deep), rows with anything to fill are its body. Without a header a cell's label is
the one at its left. A text over the whole width is a band: the heading of what follows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wugeyi.engines.formfill import periods
from wugeyi.engines.formfill.findings import Finding
from wugeyi.engines.formfill.grid import Cell, Grid, Kind
from wugeyi.engines.formfill.units import Sort, unit
from wugeyi.engines.formfill.words import fold, is_place_head, is_total, units_in

_WIDE = 0.8
_HEADS = {Kind.LABEL, Kind.NOTE}
_SEGMENT = re.compile(
    r"([^\s：:_，,；;。（）()]{2,12})[：:]([\s_＿]*(?:年[\s_＿]*月[\s_＿]*日)?)"
)
_UNIT_LINE = re.compile(r"(?:计量|金额)?单位[::].*(?:元|人|个|%|户|亩)")


@dataclass(frozen=True, slots=True)
class Field:
    """A cell to fill.

    ``rows`` and ``columns`` are the labels it stands under, from the outside in;
    ``bands`` are headings over the whole width or beside several rows. ``subject`` is
    the text that names an organisation in a row of a list, ``line`` the row's number in
    a list whose names are still blank, ``total`` a row for all together. ``remark`` marks
    the column of remarks, which nobody has to fill. ``inline`` is
    the label of a blank inside a text (填报单位：____).
    """

    sheet: str
    address: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    subject: str = ""
    line: int = 0
    total: bool = False
    names: bool = False
    remark: bool = False
    number_format: str = "General"
    inline: str = ""

    @property
    def where(self) -> str:
        """Return sheet and address."""
        return f"{self.sheet}!{self.address}"

    @property
    def label(self) -> str:
        """Return its labels as a person reads them."""
        parts = [self.inline] if self.inline else [*self.rows, *self.columns]
        if self.subject:
            parts.insert(0, self.subject)
        return " / ".join(" ".join(part.split()) for part in parts)


@dataclass(slots=True)
class Form:
    """A form that was read: its fields, the formulas beside them, its title."""

    grids: list[Grid]
    fields: list[Field] = field(default_factory=list)
    title: str = ""
    money_unit: str = ""
    period: periods.Word | None = None
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_fields(grids: Sequence[Grid]) -> Form:
    """Find what there is to fill on the sheets of a form."""
    form = Form(list(grids))
    for grid in grids:
        _Reader(grid, form).read()
    return form


class _Reader:
    def __init__(self, grid: Grid, form: Form) -> None:
        self.grid = grid
        self.form = form
        self.header: list[list[Cell]] = []
        self.bands: list[str] = []
        self.body = False
        self.line = 0
        self.started = False
        self.width = max(
            (c.last_column for c in grid.cells if c.bordered or not grid.bordered),
            default=0,
        )

    def read(self) -> None:
        for number in range(1, self.grid.height + 1):
            cells = self.grid.row(number)
            if not cells:
                continue
            table = [c for c in cells if c.bordered or not self.grid.bordered]
            if not table or (len(cells) == 1 and not table[0].bordered):
                for cell in cells:
                    if cell.row == number:
                        self._beside(cell)
                continue
            self.started = True
            self._row(number, table)

    # Texts around the table

    def _beside(self, cell: Cell) -> None:
        if cell.kind is Kind.NOTE:
            self.form.notes.append(cell.text)
            return
        if cell.kind is not Kind.LABEL:
            return
        folded = fold(cell.text)
        if _UNIT_LINE.search(folded):
            self._unit_line(cell.text)
            return
        if not self.started and not self.form.title and len(folded) > 4:
            self.form.title = cell.text
        self.form.period = self.form.period or _fixed(folded)
        self._inline(cell)

    def _unit_line(self, text: str) -> None:
        for word in units_in(text):
            found = unit(word)
            if found is not None and found.sort is Sort.MONEY:
                self.form.money_unit = word

    def _inline(self, cell: Cell) -> None:
        """Take the blanks inside a text, each behind its colon."""
        for found in _SEGMENT.finditer(cell.text):
            behind = cell.text[found.end() :]
            if found[2] or not behind:
                self.form.fields.append(
                    Field(
                        self.grid.sheet,
                        cell.address,
                        inline=found[1],
                        bands=(self.form.title,),
                    )
                )

    # The table

    def _row(self, number: int, cells: list[Cell]) -> None:
        kinds = {cell.kind for cell in cells}
        if self._is_band(cells):
            self._band(cells[0])
        elif (
            kinds <= {Kind.LABEL, Kind.INDEX, Kind.NOTE} and len(cells) > 1
        ) or self._is_header_with_corner(cells):
            self._heads(number, cells)
        else:
            self.body = True
            self._fill(number, cells)

    def _is_band(self, cells: list[Cell]) -> bool:
        first = cells[0]
        span = first.last_column - first.column + 1
        return len(cells) == 1 and first.text != "" and span >= self.width * _WIDE

    def _band(self, cell: Cell) -> None:
        if cell.kind is Kind.NOTE or len(cell.text) > 40:
            self.form.notes.append(cell.text)
        elif _SEGMENT.search(cell.text):
            self._beside(cell)
        else:
            self.bands = [cell.text]
            self.form.period = self.form.period or _fixed(fold(cell.text))

    def _heads(self, number: int, cells: list[Cell]) -> None:
        if self.body:
            self.header, self.body, self.line = [], False, 0
        own = [c for c in cells if c.row == number or not self.header]
        if own and not all(c.kind is Kind.INDEX for c in own):
            self.header.append(cells)

    def _is_header_with_corner(self, cells: list[Cell]) -> bool:
        """Tell whether only the corner is empty, as some forms leave it."""
        return (
            not self.header
            and len(cells) > 2
            and cells[0].kind is Kind.BLANK
            and all(cell.kind is Kind.LABEL for cell in cells[1:])
        )

    def _fill(self, number: int, cells: list[Cell]) -> None:
        own = [cell for cell in cells if cell.kind is Kind.BLANK and cell.row == number]
        if not own:
            return
        self.line += 1
        first = min(cell.column for cell in own)
        stub = [c for c in cells if c.column < first and c.kind is Kind.LABEL]
        between = any(
            c.kind is Kind.LABEL and c.row == number and c.column > first for c in cells
        )
        for cell in own:
            columns = self._columns(cell)
            if between or not columns:
                self.form.fields.append(self._paired(cells, cell))
            else:
                self.form.fields.append(self._crossed(stub, cell, columns))

    def _paired(self, cells: list[Cell], cell: Cell) -> Field:
        heads, rows = _split(self._pair(cells, cell), cell)
        return Field(
            self.grid.sheet,
            cell.address,
            rows=tuple(each.text for each in rows),
            bands=(*self.bands, *(each.text for each in heads)),
            remark=any(_is_remark(each.text) for each in rows),
            number_format=cell.number_format,
        )

    def _crossed(self, stub: list[Cell], cell: Cell, columns: tuple[str, ...]) -> Field:
        places = self._place_columns()
        total = any(is_total(each.text) for each in stub)
        named = [each for each in stub if each.column in places]
        heads, rows = _split(stub, cell)
        kept = [
            each.text for each in rows if each not in named and not is_total(each.text)
        ]
        return Field(
            self.grid.sheet,
            cell.address,
            rows=tuple(kept),
            columns=columns,
            bands=(*self.bands, *(each.text for each in heads)),
            subject=named[0].text if named and not total else "",
            line=self.line if places and not named and not total else 0,
            total=total,
            names=cell.column in places,
            remark=any(_is_remark(text) for text in columns),
            number_format=cell.number_format,
        )

    def _columns(self, cell: Cell) -> tuple[str, ...]:
        found: list[Cell] = []
        for row in self.header:
            for head in row:
                inside = head.column <= cell.column <= head.last_column
                if inside and head.kind in _HEADS and head not in found:
                    found.append(head)
        return tuple(head.text for head in found)

    def _place_columns(self) -> set[int]:
        return {
            column
            for row in self.header
            for head in row
            if is_place_head(head.text)
            for column in range(head.column, head.last_column + 1)
        }

    def _pair(self, cells: list[Cell], cell: Cell) -> list[Cell]:
        """Return the label right at the left, and what stands beside several rows."""
        left = [c for c in cells if c.column < cell.column and c.kind is not Kind.INDEX]
        outer = [c for c in left if c.kind is Kind.LABEL and c.last_row > c.row]
        if not left or left[-1].kind not in _HEADS:
            return []
        return [*(c for c in outer if c is not left[-1]), left[-1]]


def _split(rows: list[Cell], cell: Cell) -> tuple[list[Cell], list[Cell]]:
    """Part headings beside several rows from the labels of this row."""
    tall = cell.last_row - cell.row
    heads = [each for each in rows if each.last_row - each.row > tall]
    if len(heads) == len(rows):
        return heads[:-1], rows[-1:]
    return heads, [each for each in rows if each not in heads]


def _is_remark(text: str) -> bool:
    return fold(text) in {"备注", "说明", "附注", "备注说明", "注"}


def _fixed(text: str) -> periods.Word | None:
    word = periods.find(text)
    return word if word and word.when is periods.When.FIXED and word.year else None


def inline_text(text: str, label: str, value: str) -> str:
    """Put a value into the blank behind a label: ``填表人：____`` → ``填表人：李四  ``."""
    for found in _SEGMENT.finditer(text):
        if found[1] != label:
            continue
        # What was left blank stays as wide as it was, as far as it goes.
        gap = found[2] if "年" not in found[2] else ""
        filled = value + gap[len(value) * 2 :] if text[found.end() :] else value
        joint = "  " if text[found.end() :] and not filled.endswith((" ", "　")) else ""
        return text[: found.start(2)] + filled + joint + text[found.end() :]
    return text
