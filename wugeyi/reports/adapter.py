"""The only caller of the engine ``formfill``: catalogue and rows in, matches and files out."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from wugeyi.engines import formfill
from wugeyi.engines.formfill import (
    Certainty,
    Dictionary,
    Finding,
    Match,
    Refused,
    Severity,
    Span,
    Term,
    formulas,
    paper,
    units,
    write,
)
from wugeyi.engines.formfill.fields import inline_text
from wugeyi.engines.formfill.grid import Grid, Kind
from wugeyi.figures.catalogue import catalogue
from wugeyi.reports.rules import limits

DATA = Path(__file__).with_name("data")
ReadForm = formfill.Form
TEXTS = {
    "@organisation": "单位名称",
    "@code": "单位代码",
    "@secretary": "党支部书记姓名",
    "@filler": "填表人",
    "@fill_date": "填表日期",
    "@period": "所属时期",
}
ROW = "@row"
"""The name of the organisation whose row it is."""
LIMITS = formfill.Limits(
    bytes=limits.MAX_BYTES,
    unpacked_bytes=limits.MAX_UNPACKED_BYTES,
    sheets=limits.MAX_SHEETS,
    rows=limits.MAX_ROWS,
    cells=limits.MAX_CELLS,
    columns=limits.MAX_COLUMNS,
)


def read(content: bytes) -> ReadForm:
    """Read a form; Refused says why it cannot be."""
    return formfill.read_form(content, LIMITS)


def read_kept(content: bytes) -> ReadForm | None:
    """Read a form that was kept; None if it is beyond today's limits."""
    try:
        return read(content)
    except Refused:
        return None


@cache
def _groups() -> tuple[formfill.Group, ...]:
    with (DATA / "synonyms.csv").open(encoding="utf-8") as file:
        return tuple(
            formfill.Group(
                tuple(row["names"].split(";")),
                tuple(row["context"].split()),
                sure=row["sure"] != "no",
            )
            for row in csv.DictReader(file)
        )


@cache
def _not_same() -> tuple[formfill.NotSame, ...]:
    with (DATA / "not_same.csv").open(encoding="utf-8") as file:
        return tuple(
            formfill.NotSame(row["label"], tuple(row["names"].split(";")), row["why"])
            for row in csv.DictReader(file)
        )


def terms() -> list[Term]:
    """Return everything that can be put into a form: measures, indicators, texts."""
    found = catalogue()
    numbers = [
        Term(each.code, each.name_zh, each.unit_zh) for each in found.measures.values()
    ]
    shares = [Term(each.code, each.name_zh, "%") for each in found.indicators.values()]
    texts = [Term(code, name, text=True) for code, name in TEXTS.items()]
    return [*numbers, *shares, *texts]


def unit_of(code: str) -> str:
    """Return the unit a measure is counted in, in Chinese whatever the reader's language."""
    found = catalogue().measures.get(code)
    return found.unit_zh if found else ""


def is_number(text: str) -> bool:
    """Tell whether a text is a plain number, as this app writes them."""
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False


def name_of(code: str, *, english: bool = False) -> str:
    """Return what a code is called, the code itself if nothing is."""
    if code in TEXTS:
        return TEXTS[code]
    found = catalogue()
    declared = found.measures.get(code) or found.indicators.get(code)
    if declared is None:
        return code
    return declared.name_en if english else declared.name_zh


def known(learned: Mapping[str, str]) -> Dictionary:
    """Return what a matcher knows, with the pairs people confirmed."""
    return formfill.dictionary(
        terms(), groups=_groups(), not_same=_not_same(), learned=learned
    )


def match(
    form: ReadForm,
    *,
    learned: Mapping[str, str],
    first: date,
    last: date,
    places: Mapping[str, str],
) -> list[Match]:
    """Match the fields of a form filled for some days."""
    return formfill.match_form(
        form, known(learned), span=Span(first, last), places=places
    )


def keys(form: ReadForm) -> list[tuple[str, str, str]]:
    """Return cell, key and label of every field."""
    return [
        (each.where, formfill.key_of(each), each.label)
        for each in form.fields
        if not each.remark
    ]


def period_of(form: ReadForm) -> tuple[date, date] | None:
    """Return the days the form's title names, None if it names none."""
    if form.period is None or form.period.year is None:
        return None
    span = formfill.resolve(form.period, Span(date(2000, 1, 1), date(2000, 12, 31)))
    return span.first, span.last


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is written into a cell; ``rounded`` when it is not all of it."""

    text: str
    rounded: bool


def in_unit(value: int, own: str, wanted: str) -> Written | None:
    """Write a number in another unit, exactly; None when the units do not fit."""
    try:
        exact = units.convert(Decimal(value), own, wanted or own)
    except ValueError:
        return None
    return _written(exact, 6)


def share(numerator: int, denominator: int, unit: str) -> Written:
    """Write a share: two places of a percentage, four of a plain ratio."""
    exact = Fraction(numerator, denominator)
    return _written(exact, 4) if unit == "比值" else _written(exact * 100, 2)


def same_amount(value: str, own: str, wanted: str) -> Written | None:
    """Write an answer given in one unit in another; None when they do not fit."""
    if own == wanted:
        return Written(value, rounded=False)
    try:
        exact = units.convert(Decimal(value), own, wanted)
    except (ValueError, ArithmeticError):
        return None
    return _written(exact, 6)


def _written(exact: Fraction, places: int) -> Written:
    number, whole = units.decimal(exact, places)
    return Written(write.number_text(number), rounded=not whole)


@dataclass(frozen=True, slots=True)
class Given:
    """What goes into a cell: a number, a text, or the words of one of its blanks."""

    sheet: str
    address: str
    value: str
    is_number: bool
    inline: str = ""


def _values(form: ReadForm, given: Iterable[Given]) -> dict[str, Decimal | str]:
    found: dict[str, Decimal | str] = {}
    texts = {
        (grid.sheet, cell.address): cell.text
        for grid in form.grids
        for cell in grid.cells
    }
    for each in given:
        where = f"{each.sheet}!{each.address}"
        if each.inline:
            whole = str(found.get(where, texts.get((each.sheet, each.address), "")))
            found[where] = inline_text(whole, each.inline, each.value)
        else:
            found[where] = Decimal(each.value) if each.is_number else each.value
    return found


def totals(form: ReadForm, given: Iterable[Given]) -> dict[str, str]:
    """Return what the form's formulas give, by ``sheet!cell``."""
    found = formulas.values(form.grids, _values(form, given))
    return {
        where: value if isinstance(value, str) else write.number_text(_tidy(value))
        for where, value in found.items()
    }


def _tidy(value: Decimal) -> Decimal:
    return units.decimal(Fraction(value), 6)[0]


def workbook(
    content: bytes,
    given: Sequence[Given],
    *,
    sources: Sequence[Sequence[str]],
    source_name: str,
) -> bytes:
    """Return the very same file with its cells filled and a sheet of sources."""
    form = read(content)
    values = _values(form, given)
    computed = {
        where: value if isinstance(value, str) else _tidy(value)
        for where, value in formulas.values(form.grids, values).items()
    }
    return write.fill(
        content,
        values,
        computed=computed,
        sources=sources,
        source_name=source_name,
        limits=LIMITS,
    )


def sheet_of_paper(
    content: bytes, given: Sequence[Given], *, title: str, footer: str
) -> bytes:
    """Return the filled form as a PDF."""
    form = read(content)
    values = _values(form, given)
    computed = formulas.values(form.grids, values)
    return paper.pdf(content, {**computed, **values}, title=title, footer=footer)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the form as a page shows it."""

    address: str
    text: str
    kind: str
    rows: int
    columns: int
    heading: bool


def picture(grid: Grid) -> list[list[Box]]:
    """Return a sheet row by row, merged areas once."""
    lines = []
    for number in range(1, grid.height + 1):
        boxes = []
        for column in range(1, grid.width + 1):
            cell = grid.cover.get((number, column))
            if cell is None:
                boxes.append(Box("", "", "void", 1, 1, heading=False))
            elif (cell.row, cell.column) == (number, column):
                boxes.append(
                    Box(
                        cell.address,
                        cell.text,
                        str(cell.kind),
                        cell.last_row - cell.row + 1,
                        cell.last_column - cell.column + 1,
                        heading=cell.kind is Kind.LABEL and cell.bordered,
                    )
                )
        lines.append(boxes)
    return lines


__all__ = [
    "LIMITS",
    "ROW",
    "TEXTS",
    "Box",
    "Certainty",
    "Finding",
    "Given",
    "Grid",
    "Match",
    "ReadForm",
    "Refused",
    "Severity",
    "Term",
    "Written",
    "in_unit",
    "inline_text",
    "is_number",
    "keys",
    "match",
    "name_of",
    "period_of",
    "picture",
    "read",
    "read_kept",
    "same_amount",
    "share",
    "sheet_of_paper",
    "terms",
    "totals",
    "unit_of",
    "workbook",
]
