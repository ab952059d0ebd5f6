"""Tables for the notes: what balances are made of."""

import tomllib
from dataclasses import dataclass
from datetime import date

from wugeyi.engines.ledger.balances import balances, by_dimension, name_of
from wugeyi.engines.ledger.chart import DATA, declared
from wugeyi.engines.ledger.records import Book


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A part of a balance.

    Parameters
    ----------
    value
        Whose or what it is: a value of the note's dimension, "" if lines do not tell.
    balance_fen
        Debit less credit.
    """

    account: str
    name: str
    value: str
    balance_fen: int


@dataclass(frozen=True, slots=True)
class Note:
    """A table of the notes; rows come to the balances of its accounts."""

    key: str
    zh: str
    en: str
    dimension: str
    rows: tuple[NoteRow, ...]
    verified: bool
    source: str


def notes(book: Book, day: date) -> tuple[Note, ...]:
    """Return the tables for the notes at a day's end; those without rows, too.

    Which tables there are is our own choice, see the data; words are left to people.
    """
    path = DATA / f"notes-{declared(book.regime)}.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Note(
            key=str(each["key"]),
            zh=str(each["zh"]),
            en=str(each["en"]),
            dimension=str(each["dimension"]),
            rows=_rows(book, day, tuple(each["accounts"]), str(each["dimension"])),
            verified=each["verified"] is True,
            source=str(each["source"]),
        )
        for each in content["notes"]
    )


def _rows(
    book: Book, day: date, accounts: tuple[str, ...], dimension: str
) -> tuple[NoteRow, ...]:
    if dimension:
        parts = by_dimension(book, dimension, day)
    else:
        parts = {(code, ""): fen for code, fen in balances(book, day).items()}
    return tuple(
        NoteRow(code, name_of(book, code), value, fen)
        for (code, value), fen in parts.items()
        if code.startswith(accounts)
    )
