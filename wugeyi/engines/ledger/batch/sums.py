"""Sums of many books, a row group at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from wugeyi.engines.ledger.batch.files import Kept
from wugeyi.engines.ledger.batch.periods import Periods
from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.records import LEVELS, Regime
from wugeyi.engines.ledger.statements.formulas import reckon, tables

Array = Any
MOST_CODES = 10**7
# What a line adds to: debit or credit of its period, or what it opened with; what was
# closed is turnover, but no income.
SLOTS = ORDINARY_DEBIT, ORDINARY_CREDIT, OPENING, CLOSING_DEBIT, CLOSING_CREDIT = range(
    5
)
SAFE = 2**53
"""Below this, sums of whole numbers are exact in doubles."""
HALF = 26


@dataclass(frozen=True)
class Part:
    """What some books come to; arrays are by book, period and code.

    Parameters
    ----------
    first
        The number of the first book; ``regimes`` are of this one and those after it.
    codes
        Of every level, in the order of trial balances.
    posted
        Whether anything was posted to a code by the end of a period.
    opening_fen, closing_fen
        Debit less credit.
    debit_fen, credit_fen
        Turnover, opening balances left out.
    """

    first: int
    regimes: tuple[Regime, ...]
    codes: tuple[str, ...]
    posted: Array
    opening_fen: Array
    debit_fen: Array
    credit_fen: Array
    closing_fen: Array
    _opened: Array
    _closed: Array

    def statement(self, regime: Regime, name: str) -> dict[str, Array]:
        """Return lines of a statement or of ``figures`` for books of a regime.

        Each is by book and period, in fen; of books of another regime it says nothing.

        Parameters
        ----------
        name
            "income_statement" or "figures": sums of a period.
        """
        return reckon(tables(regime)[name], self._amounts(regime))

    def _amounts(self, regime: Regime) -> Any:
        accounts = chart(regime)
        places = {code: at for at, code in enumerate(self.codes)}
        nothing = np.zeros(self.opening_fen.shape[:2], np.int64)

        def amount(code: str, how: str) -> Array:
            at = places.get(code)
            account = accounts.account(code)
            if at is None or account is None:
                return nothing
            opened = self._opened[:, :, at]
            flows = account.kind in {"income", "expense"}
            if how == "opening":
                net = self.opening_fen[:, :, at] - (opened if flows else 0)
            else:
                net = self.debit_fen[:, :, at] - self.credit_fen[:, :, at]
                net = net - self._closed[:, :, at] + (opened if flows else 0)
            return -net if account.side == "credit" else net

        return amount

    def rows(self, book: int, period: int) -> list[tuple[str, int, int, int, int]]:
        """Return the trial balance of a book: code, opening, debit, credit, closing.

        Parameters
        ----------
        book
            Its number in the folder.
        """
        at = book - self.first
        there = np.flatnonzero(self.posted[at, period])
        columns = (
            each[at, period, there].tolist()
            for each in (
                self.opening_fen,
                self.debit_fen,
                self.credit_fen,
                self.closing_fen,
            )
        )
        names = [self.codes[each] for each in there]
        return list(zip(names, *columns, strict=True))


def parts(kept: Kept, periods: Periods) -> Iterator[Part]:
    """Yield sums of all books, some books at a time, in the order of their numbers.

    Books without lines that stand at the ends of a row group are left out. Memory is
    that of one row group and its sums.
    """
    file = pq.ParquetFile(kept.lines)
    for group in range(file.num_row_groups):
        table = file.read_row_group(group, use_threads=False)
        book, day, account, nature, fen = (
            (each.cast("int32") if each.type == "date32[day]" else each).to_numpy()
            for each in table.columns
        )
        period = _periods(day, periods)
        early = period <= len(periods)
        lines = (book, period, account, nature, fen)
        if not early.all():
            lines = tuple(each[early] for each in lines)
        yield _part(kept, (int(book[0]), int(book[-1])), len(periods), lines)


def _part(
    kept: Kept, books: tuple[int, int], periods: int, lines: tuple[Array, ...]
) -> Part:
    book, period, account, nature, fen = lines
    codes, place = _codes(account)
    shape = (books[1] - books[0] + 1, periods + 1, len(codes))
    key = book.astype(np.int64)
    key -= books[0]
    key *= shape[1]
    key += period
    key *= shape[2]
    key += place
    cells = int(np.prod(shape))
    posted = np.bincount(key, minlength=cells).reshape(shape) > 0
    key *= len(SLOTS)
    key += _SLOT[nature * 2 + (fen < 0)]
    sums = _summed(key, fen, cells * len(SLOTS)).reshape(*shape, len(SLOTS))
    names, levels = _levels(codes)
    return _told(
        (books[0], kept.regimes[books[0] : books[1] + 1]),
        names,
        _rolled(posted, levels, np.logical_or),
        _rolled(sums, levels, np.add),
    )


# By nature and sign.
_SLOT = np.array(
    [ORDINARY_DEBIT, ORDINARY_CREDIT, OPENING, OPENING, CLOSING_DEBIT, CLOSING_CREDIT],
    np.int8,
)


def _codes(account: Array) -> tuple[Array, Array]:
    """Return the codes there are, and the place of each line's among them."""
    there = np.zeros(MOST_CODES, bool)
    there[account] = True
    codes = np.flatnonzero(there)
    place = np.zeros(MOST_CODES, np.int32)
    place[codes] = np.arange(len(codes))
    return codes, place[account]


def _periods(day: Array, periods: Periods) -> Array:
    """Return periods by number: 0 before the first, one more than the last after it."""
    epoch = date(1970, 1, 1).toordinal()
    begins = np.array([each.toordinal() - epoch for each in periods.begins])
    least, most = int(day.min()), int(day.max())
    of_day = np.searchsorted(begins, np.arange(least, most + 1), side="right")
    return of_day[day - least]


def _summed(key: Array, fen: Array, cells: int) -> Array:
    """Return exact sums, in halves where doubles would not hold them."""
    if len(fen) * int(np.abs(fen).max(initial=0)) < SAFE:
        return np.bincount(key, fen, cells).astype(np.int64)
    high = fen >> HALF
    low = fen - (high << HALF)
    upper = np.bincount(key, high, cells).astype(np.int64)
    return (upper << HALF) + np.bincount(key, low, cells).astype(np.int64)


def _levels(codes: Array) -> tuple[tuple[str, ...], list[list[int]]]:
    """Return codes of every level by name, and for each the codes that belong to it."""
    texts = [str(code) for code in codes.tolist()]
    names = sorted({text[:digits] for text in texts for digits in LEVELS})
    return tuple(names), [
        [at for at, text in enumerate(texts) if text.startswith(name)] for name in names
    ]


def _rolled(cells: Array, levels: list[list[int]], together: Any) -> Array:
    """Return cells by code of every level, the code as last but for slots."""
    if not levels:
        return cells
    return np.stack([together.reduce(cells[:, :, each], axis=2) for each in levels], 2)


def _told(
    books: tuple[int, tuple[Regime, ...]],
    names: tuple[str, ...],
    posted: Array,
    sums: Array,
) -> Part:
    closing = sums.sum(axis=3).cumsum(axis=1)[:, 1:]
    within = sums[:, 1:]
    debit = within[..., ORDINARY_DEBIT] + within[..., CLOSING_DEBIT]
    credit = -within[..., ORDINARY_CREDIT] - within[..., CLOSING_CREDIT]
    return Part(
        first=books[0],
        regimes=books[1],
        codes=names,
        posted=np.logical_or.accumulate(posted, axis=1)[:, 1:],
        opening_fen=closing - debit + credit,
        debit_fen=debit,
        credit_fen=credit,
        closing_fen=closing,
        _opened=within[..., OPENING],
        _closed=within[..., CLOSING_DEBIT] + within[..., CLOSING_CREDIT],
    )
