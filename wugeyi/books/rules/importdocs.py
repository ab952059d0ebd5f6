"""What was read of a file, packed as it will be taken over: a head, then one row each.

Rows are JSON, one a line, in a gzip: a page of them is read without the rest.
"""

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from wugeyi.books.rules.bankrows import Moved
from wugeyi.books.rules.entries import Line
from wugeyi.books.rules.importitems import NewItem
from wugeyi.books.rules.importvouchers import Given

MOST_BYTES = 60 * 1024 * 1024
"""What a file for a set of books may weigh."""
# Half as long to pack, a tenth larger.
_FAST = 3


@dataclass(frozen=True, slots=True)
class Total:
    """What a file comes to on one account."""

    account: str
    name: str
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class Head:
    """What taking a file over does besides its rows, and what they come to."""

    totals: tuple[Total, ...] = ()
    sub_accounts: tuple[tuple[str, str], ...] = ()
    items: tuple[NewItem, ...] = field(default=())

    @property
    def sums_fen(self) -> tuple[int, int]:
        """Debit and credit of all accounts together."""
        return (
            sum(each.debit_fen for each in self.totals),
            sum(each.credit_fen for each in self.totals),
        )


def pack_vouchers(head: Head, vouchers: Iterable[Given]) -> bytes:
    """Pack vouchers in the order they are to be posted."""
    return _pack(head, (_voucher_row(each) for each in vouchers))


def pack_lines(lines: Iterable[Moved]) -> bytes:
    """Pack lines of a bank's statement."""
    rows = (
        [
            each.line,
            each.on.isoformat(),
            each.amount_fen,
            each.balance_fen,
            each.counterparty,
            each.memo,
            each.reference,
        ]
        for each in lines
    )
    return _pack(Head(), rows)


def head_of(packed: bytes) -> Head:
    """Return the head; an empty one if nothing was packed."""
    if not packed:
        return Head()
    with gzip.open(io.BytesIO(packed), "rt", encoding="utf-8") as file:
        told = json.loads(file.readline())
    return Head(
        tuple(Total(*each) for each in told["totals"]),
        tuple((code, name) for code, name in told["sub_accounts"]),
        tuple(NewItem(*each) for each in told["items"]),
    )


def vouchers_of(
    packed: bytes, after: int = 0, limit: int | None = None
) -> Iterator[Given]:
    """Yield vouchers, of those after a place at most ``limit``."""
    for row in _rows(packed, after, limit):
        line, mark, day, kind, papers, lines = row
        yield Given(
            line,
            mark,
            date.fromisoformat(day),
            kind,
            tuple(Line(*each) for each in lines),
            papers,
        )


def lines_of(
    packed: bytes, after: int = 0, limit: int | None = None
) -> Iterator[Moved]:
    """Yield lines of a bank's statement."""
    for line, on, *rest in _rows(packed, after, limit):
        yield Moved(line, date.fromisoformat(on), *rest)


def _pack(head: Head, rows: Iterable[Sequence[Any]]) -> bytes:
    kept = io.BytesIO()
    with gzip.GzipFile(fileobj=kept, mode="wb", compresslevel=_FAST, mtime=0) as file:
        told = {
            "totals": [
                [each.account, each.name, each.debit_fen, each.credit_fen]
                for each in head.totals
            ],
            "sub_accounts": head.sub_accounts,
            "items": [
                [each.kind, each.code, each.name, each.personal] for each in head.items
            ],
        }
        for row in (told, *rows):
            file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    return kept.getvalue()


def _rows(packed: bytes, after: int, limit: int | None) -> Iterator[list[Any]]:
    if not packed:
        return
    with gzip.open(io.BytesIO(packed), "rt", encoding="utf-8") as file:
        stop = None if limit is None else after + 1 + limit
        for text in islice(file, after + 1, stop):
            yield json.loads(text)


def _voucher_row(given: Given) -> list[Any]:
    lines = [
        [
            each.account,
            each.debit_fen,
            each.credit_fen,
            each.summary,
            each.asset,
            each.counterparty,
            each.household,
            each.project,
        ]
        for each in given.lines
    ]
    day = given.day.isoformat()
    return [given.line, given.mark, day, given.kind, given.papers, lines]
