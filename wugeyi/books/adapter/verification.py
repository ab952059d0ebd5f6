"""Walking through books from the first voucher to the last, holding only hashes."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from django.db import connection

from wugeyi.books.adapter.heads import Head
from wugeyi.books.adapter.reading import Sealed, sealed
from wugeyi.books.models import Book
from wugeyi.books.rules.breaks import Break, Flaw
from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.books.rules.months import first_day, month_of
from wugeyi.engines.ledger.heads.tree import Frontier

# So often the progress of a long book is told.
TELL = 10_000
_COLUMNS = ", ".join(f"p.{each}" for each in ("nature", "account", *ITEM_KINDS))
_FOUND = f"""
SELECT {_COLUMNS.replace("p.nature", "v.nature")},
       sum(p.debit_fen), sum(p.credit_fen)
  FROM books_voucher v JOIN books_posting p ON p.voucher_id = v.id
 WHERE v.book_id = %s AND v.day >= %s AND v.day < %s AND v.position <= %s
 GROUP BY {_COLUMNS.replace("p.nature", "v.nature")}
"""
_KEPT = f"""
SELECT {_COLUMNS}, p.debit_fen, p.credit_fen FROM books_monthsum p
 WHERE p.closing_id = %s
"""


class Shut(NamedTuple):
    """A closing as kept."""

    id: int
    position: int
    kind: str
    month: int
    closed_until: int
    vouchers: int


class Walk:
    """One book's vouchers in order, held against heads and closings.

    Only heads that were ``given`` narrow down where something was changed: those of the
    database may have been made anew.
    """

    def __init__(self, book: Book, own: Iterable[Head], given: Iterable[Head]) -> None:
        self.book = book
        self.given = set(given)
        heads = self.given | set(own)
        self.waiting = sorted(heads, key=lambda each: each.size, reverse=True)
        self.tree = Frontier()
        self.held = 0
        self.numbers: dict[int, int] = {}
        self.shut = _shut(book)
        self.passed = 0
        self.closed = month_of(book.begins_on) - 1

    def breaks(
        self, until: int, progress: Callable[[int], None] = lambda many: None
    ) -> Iterator[Break]:
        """Yield what is wrong, in the order of the vouchers.

        Parameters
        ----------
        until
            The last position to look at, so that vouchers posted meanwhile wait.
        """
        place = 0
        for row in sealed(self.book, until=until):
            if row.position != place + 1:
                yield self._break(Flaw.MISSING, row, place + 1, row.position - 1)
            place = row.position
            yield from self._voucher(row)
            if place % TELL == 0:
                progress(TELL)
        progress(place % TELL)
        yield from self._short()
        yield from self._closings()
        yield from self._loose()

    @property
    def root(self) -> str:
        """The root over all vouchers walked through."""
        return self.tree.root().hex()

    def _voucher(self, row: Sealed) -> Iterator[Break]:
        if row.text is None:
            yield self._break(Flaw.NO_LINES, row)
        digest = sha256(b"\0" + (row.text or "").encode())
        if digest.hexdigest() != row.leaf:
            yield self._break(Flaw.CHANGED, row)
        if row.gap_fen or row.foreign or row.lines == 1:
            yield self._break(Flaw.UNBALANCED, row)
        if row.number != self.numbers.get(row.year, 0) + 1:
            yield self._break(Flaw.NUMBER_GAP, row)
        self.numbers[row.year] = row.number
        while self.passed < len(self.shut) and (
            self.shut[self.passed].vouchers < row.position
        ):
            self.closed = self.shut[self.passed].closed_until
            self.passed += 1
        if _month(row) <= self.closed:
            yield self._break(Flaw.BACKDATED, row)
        self.tree.add(digest.digest())
        while self.waiting and self.waiting[-1].size <= self.tree.size:
            yield from self._meet(self.waiting.pop())

    def _meet(self, head: Head) -> Iterator[Break]:
        if head.size == self.tree.size and head.root == self.root:
            if head in self.given:
                self.held = head.size
            return
        yield Break(
            Flaw.OTHER_HISTORY,
            self.book.code,
            first=self.held + 1,
            last=head.size,
            what=str(head),
        )

    def _short(self) -> Iterator[Break]:
        for head in reversed(self.waiting):
            yield Break(
                Flaw.CUT_SHORT,
                self.book.code,
                first=self.tree.size + 1,
                last=head.size,
                what=str(head),
            )

    def _closings(self) -> Iterator[Break]:
        closed = month_of(self.book.begins_on) - 1
        vouchers = 0
        for place, each in enumerate(self.shut, start=1):
            step = (
                each.month - closed if each.kind == "close" else each.month + 1 - closed
            )
            after = each.month if each.kind == "close" else each.month - 1
            told = (each.position, step, each.closed_until)
            if told != (place, 1, after) or each.vouchers < vouchers:
                yield self._month_break(Flaw.CLOSING_ORDER, each)
            closed, vouchers = each.closed_until, each.vouchers
            if _sums(self.book, each):
                yield self._month_break(Flaw.CLOSING_SUMS, each)

    def _loose(self) -> Iterator[Break]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM books_posting p WHERE p.book_id = %s AND NOT"
                " EXISTS (SELECT 1 FROM books_voucher v WHERE v.id = p.voucher_id)",
                [self.book.pk],
            )
            (many,) = cursor.fetchone()
        if many:
            yield Break(Flaw.LOOSE_LINES, self.book.code, what=str(many))

    def _break(self, flaw: Flaw, row: Sealed, first: int = 0, last: int = 0) -> Break:
        return Break(
            flaw,
            self.book.code,
            first or row.position,
            last or row.position,
            f"{row.year}-{row.number}",
        )

    def _month_break(self, flaw: Flaw, each: Shut) -> Break:
        month = f"{each.month // 12}-{each.month % 12 + 1:02d}"
        return Break(flaw, self.book.code, last=each.vouchers, what=month)


def _month(row: Sealed) -> int:
    day = row.day
    if isinstance(day, str):
        return int(day[:4]) * 12 + int(day[5:7]) - 1
    return month_of(day)


def _shut(book: Book) -> list[Shut]:
    rows = book.closings.order_by("position")
    return list(map(Shut._make, rows.values_list(*Shut._fields)))


def _sums(book: Book, each: Shut) -> bool:
    """Tell whether a closing's sums differ from those of the vouchers it knew."""
    found = set()
    with connection.cursor() as cursor:
        if each.kind == "close":
            first, after = first_day(each.month), first_day(each.month + 1)
            days = [first.isoformat(), after.isoformat()]
            cursor.execute(_FOUND, [book.pk, *days, each.vouchers])
            found = {(*row[:-2], int(row[-2]), int(row[-1])) for row in cursor}
        cursor.execute(_KEPT, [each.id])
        return found != set(cursor)
