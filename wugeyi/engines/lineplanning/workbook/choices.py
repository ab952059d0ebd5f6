"""What may be typed into a column: lists to choose from, and warnings, never a stop.

A value that is pasted passes by all of them, so that reading looks at everything again.
"""

from datetime import date
from typing import Any

from wugeyi.engines.lineplanning.reading.cells import NO, YES
from wugeyi.engines.lineplanning.reading.tables import Column
from wugeyi.engines.lineplanning.texts_workbook import SHEETS
from wugeyi.engines.lineplanning.workbook.pages import Book

LAST_LINE = 20_000
PLACES = ("stops", "markets", "depots")
CODES = {
    ("requests", "stop"): "stops",
    ("requests", "market"): "markets",
    ("vehicles", "depot"): "depots",
    ("regular_duties", "vehicle"): "vehicles",
}
"""Columns that hold the codes of another sheet."""
ANYWHERE = {
    ("ways", "here"),
    ("ways", "there"),
    ("departures", "place"),
    ("regular_duties", "starts_at"),
    ("regular_duties", "ends_at"),
}


def restrict(book: Book, page: Any, table: str, column: Column, place: int) -> None:
    """Set what a column takes."""
    rule = _rule(book, table, column, place)
    if rule:
        rule |= {
            "error_type": "warning",
            "error_title": book.word("check-title"),
            "ignore_blank": True,
        }
        page.data_validation(1, place, LAST_LINE, place, rule)


def _rule(book: Book, table: str, column: Column, place: int) -> dict[str, Any]:
    if (table, column.name) in CODES:
        sheet = book.of(SHEETS[CODES[table, column.name]])
        told = book.word("check-code", sheet=sheet)
        codes = f"='{sheet}'!$A$2:$A${LAST_LINE}"
        return {"validate": "list", "source": codes, "error_message": told}
    if (table, column.name) in ANYWHERE:
        return _anywhere(book, chr(ord("A") + place))
    if column.name == "rule":
        told = book.word("check-list")
        return {"validate": "list", "source": book.rules[table], "error_message": told}
    if column.kind == "yes":
        return _list(book, [YES, NO] if book.language == "zh" else ["yes", "no"])
    return _plain(book, table, column)


def _list(book: Book, texts: list[str]) -> dict[str, Any]:
    told = book.word("check-list")
    return {"validate": "list", "source": texts, "error_message": told}


def _anywhere(book: Book, letter: str) -> dict[str, Any]:
    """Take the code of any place: lists cannot join sheets, counting can."""
    counts = (f"COUNTIF('{book.of(SHEETS[each])}'!$A:$A,{letter}2)" for each in PLACES)
    told = book.word("check-place")
    return {
        "validate": "custom",
        "value": "=" + "+".join(counts) + ">0",
        "error_message": told,
    }


def _plain(book: Book, table: str, column: Column) -> dict[str, Any]:
    if column.kind == "decimal":
        told = {"error_message": book.word("check-degrees")}
        limits = {"minimum": -180, "maximum": 180}
        return {"validate": "decimal", "criteria": "between", **limits, **told}
    if column.kind == "number":
        if table == "roster_rules":  # -1 is no rule there
            return {}
        told = {"error_message": book.word("check-number")}
        return {"validate": "integer", "criteria": ">=", "value": 0, **told}
    if column.kind == "time":
        told = {"error_message": book.word("check-time")}
        limits = {"minimum": 0, "maximum": 2}
        return {"validate": "decimal", "criteria": "between", **limits, **told}
    if column.kind == "date":
        told = {"error_message": book.word("check-date")}
        first = date(1950, 1, 1)
        return {"validate": "date", "criteria": ">=", "value": first, **told}
    return {}
