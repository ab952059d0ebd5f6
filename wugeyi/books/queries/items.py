"""What lines may be about, and the names behind the codes of lines."""

from collections.abc import Iterable

from wugeyi.books.models import Book, Item
from wugeyi.books.rules.accountnames import Choice, look, meant
from wugeyi.books.rules.entries import ITEM_KINDS

# So many names are compared by their pinyin; a village has fewer households.
MOST_SOUNDED = 3_000


def search(book: Book, kind: str, text: str, most: int = 12) -> list[Choice]:
    """Return items of a kind by code, name or pinyin."""
    return look(_choices(book, kind), text, most)


def found(book: Book, kind: str, text: str) -> list[Choice]:
    """Return what a typed text means: one item, several it might be, or none."""
    first = text.split(" ", 1)[0]
    exact = Item.objects.filter(book=book, kind=kind, code=first, ended_on=None).first()
    if exact is not None:
        return [Choice(exact.code, exact.name)]
    return meant(_choices(book, kind), text)


def first_few(book: Book, most: int = 200) -> dict[str, list[Choice]]:
    """Return items of each kind that a page without scripts offers; one query."""
    rows = Item.objects.filter(book=book, ended_on=None).order_by("kind", "code")
    offered: dict[str, list[Choice]] = {kind: [] for kind in ITEM_KINDS}
    for row in rows[: most * len(ITEM_KINDS)]:
        if len(offered[row.kind]) < most:
            offered[row.kind].append(Choice(row.code, row.name))
    return offered


def names(book: Book, named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the names of items by kind and code; one query."""
    wanted = set(named)
    if not wanted:
        return {}
    rows = Item.objects.filter(book=book, code__in={code for _, code in wanted})
    return {(row.kind, row.code): row.name for row in rows}


def _choices(book: Book, kind: str) -> list[Choice]:
    rows = Item.objects.filter(book=book, kind=kind, ended_on=None).order_by("code")
    return [Choice(row.code, row.name) for row in rows[:MOST_SOUNDED]]
