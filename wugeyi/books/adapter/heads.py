"""Heads: what a book's vouchers come to as one hash, and whether they still do."""

from wugeyi.books.models import Book
from wugeyi.engines.ledger.heads.tree import Frontier


def root_of_leaves(book: Book) -> tuple[int, str]:
    """Return how many vouchers a book has and the root over their kept leaves."""
    tree = Frontier()
    leaves = book.vouchers.order_by("position").values_list("leaf", flat=True)
    for leaf in leaves.iterator(chunk_size=5_000):
        tree.add(bytes.fromhex(leaf))
    return tree.size, tree.root().hex()
