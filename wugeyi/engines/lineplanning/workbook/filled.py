"""The tables a clerk fills, blank or with a case in them."""

from collections.abc import Mapping
from typing import Any

from wugeyi.engines.lineplanning.findings import Language
from wugeyi.engines.lineplanning.model import Case, Ways
from wugeyi.engines.lineplanning.reading.crew import Crew, crew_records
from wugeyi.engines.lineplanning.reading.crew_tables import (
    CREW_RULE_TITLES,
    CREW_TABLES,
)
from wugeyi.engines.lineplanning.reading.folder import records
from wugeyi.engines.lineplanning.reading.rows import written
from wugeyi.engines.lineplanning.reading.tables import (
    DATED,
    NEEDED,
    RULE_TITLES,
    TABLES,
    Column,
    Table,
)
from wugeyi.engines.lineplanning.texts_columns import GUIDE, NOTES, RULES
from wugeyi.engines.lineplanning.texts_crew import CREW_NOTES, CREW_RULES
from wugeyi.engines.lineplanning.texts_workbook import ABOUT_SHEET, SHEETS
from wugeyi.engines.lineplanning.workbook.choices import restrict
from wugeyi.engines.lineplanning.workbook.pages import Book, wide

NOTHING = Case((), (), (), Ways((), (), ()), (), ())
NOBODY = Crew()
NAMES = {
    "rules": (RULE_TITLES, RULES),
    "roster_rules": (CREW_RULE_TITLES, CREW_RULES),
}
"""Of sheets of rules: how rules are called, and what they mean."""
NARROWEST, GUIDE_WIDTHS = 10, (16, 26, 12, 70, 24)
NOTE_SIZE = {"x_scale": 2, "y_scale": 1.2}


def template(language: Language = "zh") -> bytes:
    """Return blank tables: titles that say what they take, lists to choose from.

    Only the rules are filled, with what holds where nobody says otherwise.
    """
    return case_workbook(NOTHING, language, crew=NOBODY)


def case_workbook(
    case: Case, language: Language = "zh", *, crew: Crew | None = None
) -> bytes:
    """Return the tables of a case; ``read_workbook`` reads the same case again.

    Parameters
    ----------
    crew
        Drivers, duties, fares and rules of rosters, which get sheets too;
        ``read_crew_workbook`` reads them again.
    """
    book = Book(language)
    tables = {**TABLES, **(CREW_TABLES if crew else {})}
    contents: dict[str, Any] = records(case, chinese=language == "zh")
    if crew:
        contents |= crew_records(crew, chinese=language == "zh")
    _guide(book, tables)
    for name, table in tables.items():
        _table(book, name, table, contents[name])
    return book.content()


def titled(book: Book, column: Column) -> str:
    """Return a column's title; a star marks one that must be filled."""
    title = column.title if book.language == "zh" else column.name
    return f"{title}*" if column.empty is NEEDED else title


def _table(book: Book, name: str, table: Table, rows: Any) -> None:
    columns = (*table.columns, *DATED)
    page = book.page(book.of(SHEETS[name]))
    titles = [titled(book, column) for column in columns]
    book.titles(page, titles)
    kinds = [_format(column) for column in columns]
    for place, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
        width = max(NARROWEST, 2 + wide(titles[place]))
        page.set_column(place, place, width, book.formats[kind])
        page.write_comment(0, place, _note(book, name, column), NOTE_SIZE)
        restrict(book, page, name, column, place)
    for line, row in enumerate(rows, start=1):
        for place, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
            cell = row.get(column.name)
            if kind == "text":
                cell = written(column, cell, chinese=book.language == "zh")
            if cell is not None and cell != "":
                book.write(page, line, place, cell, kind)


def _format(column: Column) -> str:
    return "text" if column.kind == "yes" else column.kind


def _takes(name: str, column: Column) -> tuple[str, str, str]:
    """Return what a column of a table takes, and an example."""
    notes = NOTES | CREW_NOTES
    return notes.get(f"{name}.{column.name}") or notes[column.name]


def _note(book: Book, name: str, column: Column) -> str:
    told, told_in_english, example = _takes(name, column)
    texts = (told, told_in_english)
    needed = book.word("must" if column.empty is NEEDED else "may")
    shown = book.word("for-example", example=example)
    return f"{needed}\n{book.of(texts)}\n{shown}"


def _guide(book: Book, tables: Mapping[str, Table]) -> None:
    """Write the first sheet: how to fill the others."""
    page = book.page(book.of(ABOUT_SHEET))
    wrapped, head = book.formats["wrapped"], book.formats["head"]
    for place, width in enumerate(GUIDE_WIDTHS):
        page.set_column(place, place, width)
    page.write_string(0, 0, book.word("guide-title"), book.formats["title"])
    line = 1
    for texts in GUIDE:
        line += 1
        text = f"{line - 1}. {book.of(texts)}"
        page.merge_range(line, 0, line, len(GUIDE_WIDTHS) - 1, text, wrapped)
        page.set_row(line, 15 * (1 + wide(text) // sum(GUIDE_WIDTHS)))
    line += 2
    codes = ("sheet", "column", "needed", "takes", "example")
    rows: list[list[str]] = [[book.word(each) for each in codes]]
    for name, table in tables.items():
        for column in (*table.columns, *DATED):
            rows.append(_told(book, name, column))
    rows.append([])
    heads = {0, len(rows)}
    rows.append([book.word(each) for each in ("sheet", "rule", "default", "means")])
    for name in (each for each in NAMES if each in tables):
        told = _rules(book, name)
        first = line + len(rows) + 1
        book.name_rules(name, first, first + len(told) - 1)
        rows += told
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            how = head if number in heads else wrapped
            page.write_string(line + number, place, text, how)


def _told(book: Book, name: str, column: Column) -> list[str]:
    told, told_in_english, example = _takes(name, column)
    needed = book.word("must" if column.empty is NEEDED else "may")
    title = titled(book, column).rstrip("*")
    text = book.of((told, told_in_english))
    return [book.of(SHEETS[name]), title, needed, text, example]


def _rules(book: Book, table: str) -> list[list[str]]:
    """Return a line about every rule of a sheet, with its number if it is absent."""
    contents = records(NOTHING, chinese=False) | crew_records(NOBODY, chinese=False)
    standard = {str(row["rule"]): str(row["number"]) for row in contents[table]}
    titles, texts = NAMES[table]
    return [
        [
            book.of(SHEETS[table]),
            titles[name] if book.language == "zh" else name,
            standard[name],
            book.of(texts[name]),
        ]
        for name in titles
    ]
