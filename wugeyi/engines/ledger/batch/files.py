"""Books as a folder of two Parquet files that any program can read.

``books.parquet`` has a row for each book in the order of its number: ``code``,
``regime``, ``name``. ``lines.parquet`` has a row for each line of a voucher:

========= ======= =============================================================
``book``    int32  the book's number, from 0; lines of a book stand together
``day``    date32  the voucher's day
``account`` int32  the account's code as a number, such as 1020101
``nature``   int8  0 ordinary, 1 opening, 2 closing; a reversal has that of
                   what it takes back
``fen``     int64  debit as plus, credit as minus
========= ======= =============================================================

No book goes over the end of a row group, so each can be summed by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wugeyi.engines.ledger.chart import declared
from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.numbers import natures
from wugeyi.engines.ledger.records import Book, Regime

FORMAT = b"wugeyi-books-1"
NATURES = ("ordinary", "opening", "closing")
GROUP = 500_000
"""Lines after which a row group ends with the book."""

LINES = pa.schema(
    [
        ("book", pa.int32()),
        ("day", pa.date32()),
        ("account", pa.int32()),
        ("nature", pa.int8()),
        ("fen", pa.int64()),
    ],
    metadata={b"format": FORMAT},
)
BOOKS = pa.schema(
    [("code", pa.string()), ("regime", pa.string()), ("name", pa.string())]
)


class Line(NamedTuple):
    """A line of a voucher: days since 1970-01-01, nature by its number."""

    day: int
    account: int
    nature: int
    fen: int


class Writer:
    """Writes books one after another and keeps no more than a row group of them."""

    def __init__(self, folder: Path, group: int = GROUP) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._group = folder, group
        self._lines = pq.ParquetWriter(folder / "lines.parquet", LINES)
        self._books: list[tuple[str, Regime, str]] = []
        self._waiting: list[Any] = []
        self._many = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._flush()
        self._lines.close()
        if problem is None:
            arrays = [
                pa.array([each[at] for each in self._books], pa.string())
                for at in range(len(BOOKS))
            ]
            pq.write_table(
                pa.Table.from_arrays(arrays, schema=BOOKS),
                self._folder / "books.parquet",
            )

    def add(self, book: Book) -> None:
        """Write a book."""
        kinds = natures(book)
        self.add_lines(
            book.code,
            book.regime,
            book.name,
            (
                Line(
                    voucher.day.toordinal() - 719_163,
                    int(line.account),
                    NATURES.index(kinds[voucher.mark]),
                    line.net_fen,
                )
                for voucher in book.vouchers
                for line in voucher.postings
            ),
        )

    def add_lines(
        self, code: str, regime: str, name: str, lines: Iterable[Sequence[int]]
    ) -> None:
        """Write a book of which only lines are at hand, each as ``Line`` has it.

        Raises
        ------
        Refused
            There is no such regime.
        """
        table = np.array(list(lines), np.int64).reshape(-1, 4)
        self.add_columns(code, regime, name, *table.T)

    def add_columns(self, code: str, regime: str, name: str, *columns: Any) -> None:
        """Write a book from columns: day, account, nature, fen."""
        number = len(self._books)
        self._books.append((code, declared(regime), name))
        many = len(columns[0])
        self._waiting.append((np.full(many, number), *columns))
        self._many += many
        if self._many >= self._group:
            self._flush()

    def _flush(self) -> None:
        if self._many:
            columns = [
                np.concatenate(each) for each in zip(*self._waiting, strict=True)
            ]
            types = (np.int32, np.int32, np.int32, np.int8, np.int64)
            arrays = [
                pa.array(each.astype(kind)).cast(field.type)
                for each, kind, field in zip(columns, types, LINES, strict=True)
            ]
            batch = pa.Table.from_arrays(arrays, schema=LINES)
            self._lines.write_table(batch, row_group_size=self._many)
        self._waiting, self._many = [], 0


@dataclass(frozen=True, slots=True)
class Kept:
    """Books in a folder.

    Parameters
    ----------
    regimes
        Of each book, by its number.
    """

    folder: Path
    codes: tuple[str, ...]
    regimes: tuple[Regime, ...]
    names: tuple[str, ...]

    @property
    def lines(self) -> Path:
        """The file of lines."""
        return self.folder / "lines.parquet"


def opened(folder: Path) -> Kept:
    """Return the books of a folder.

    Raises
    ------
    Refused
        It is no such folder, or a later form of it.
    OSError
        A file cannot be read.
    """
    metadata = pq.read_schema(folder / "lines.parquet").metadata or {}
    if metadata.get(b"format") != FORMAT:
        raise Refused(Finding("batch-format", "error", folder.name))
    table = pq.read_table(folder / "books.parquet")
    codes, regimes, names = (tuple(each.to_pylist()) for each in table.columns)
    return Kept(folder, codes, tuple(map(declared, regimes)), names)
