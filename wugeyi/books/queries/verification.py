"""Verifying books: what they are now against what was kept, and heads that were told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from wugeyi.books import gateway
from wugeyi.books.adapter.heads import Head
from wugeyi.books.adapter.verification import Walk
from wugeyi.books.models import Book
from wugeyi.books.models import Head as Published
from wugeyi.books.rules.breaks import Break, Flaw

MOST_BREAKS = 100
"""So many are kept; all are counted."""


@dataclass
class Report:
    """What a verification found."""

    books: int = 0
    vouchers: int = 0
    heads: int = 0
    """Published heads it was held against, those of the database among them."""
    breaks: list[Break] = field(default_factory=list)
    break_count: int = 0
    roots: dict[str, Head] = field(default_factory=dict)
    """The head of each book as it is now, if few books were asked for."""

    def add(self, found: Break) -> None:
        """Count a break and keep it if there are not too many."""
        self.break_count += 1
        if len(self.breaks) < MOST_BREAKS:
            self.breaks.append(found)


def count(codes: Iterable[str] = ()) -> int:
    """Return how many vouchers would be looked at."""
    return sum(_last(book) for book in _books(tuple(codes)))


def verify(
    *,
    codes: Iterable[str] = (),
    heads: Iterable[Head] = (),
    progress: Callable[[int], None] = lambda many: None,
) -> Report:
    """Verify some or all books; nothing larger than a book's heads is held.

    Parameters
    ----------
    codes
        Books by their code; all if none is named.
    heads
        Heads that were kept elsewhere. Those in the database are looked at besides,
        but prove nothing against whoever can write to it.
    progress
        Told numbers of vouchers as they are done.
    """
    wanted = tuple(codes)
    report = Report()
    for name in gateway.flaws_of_guards():
        report.add(Break(Flaw.UNGUARDED, what=name))
    given: dict[str, set[Head]] = {}
    for head in heads:
        if not wanted or head.book in wanted:
            given.setdefault(head.book, set()).add(head)
    for book in _books(wanted):
        report.books += 1
        own, told = set(_published(book)), given.pop(book.code, set())
        report.heads += len(own | told)
        walk = Walk(book, own, told)
        for found in walk.breaks(_last(book), progress):
            report.add(found)
        report.vouchers += walk.tree.size
        if len(report.roots) < MOST_BREAKS:
            report.roots[book.code] = Head(book.code, walk.tree.size, walk.root)
    for head in chain.from_iterable(given.values()):
        report.heads += 1
        report.add(Break(Flaw.NO_BOOK, head.book, last=head.size, what=str(head)))
    return report


def missing_codes(codes: Iterable[str]) -> set[str]:
    """Return those of the codes that no book has."""
    wanted = set(codes)
    return wanted - set(
        Book.objects.filter(code__in=wanted).values_list("code", flat=True)
    )


def _books(codes: tuple[str, ...]) -> Iterator[Book]:
    rows = Book.objects.order_by("pk")
    return (rows.filter(code__in=codes) if codes else rows).iterator()


def _last(book: Book) -> int:
    last = book.vouchers.order_by("-position").values_list("position", flat=True)
    return last.first() or 0


def _published(book: Book) -> Iterator[Head]:
    for size, root in Published.objects.filter(book=book).values_list("size", "root"):
        yield Head(book.code, size, root)
