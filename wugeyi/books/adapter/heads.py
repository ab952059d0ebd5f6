"""Heads: what a book's vouchers come to as one hash, and proofs of single vouchers."""

from hashlib import sha256

from wugeyi.books.models import Book
from wugeyi.books.rules.proofs import Proof
from wugeyi.engines.ledger.findings import Refused as Unreadable
from wugeyi.engines.ledger.heads.proofs import included, inclusion_proof
from wugeyi.engines.ledger.heads.tree import Frontier
from wugeyi.engines.ledger.heads.verifying import Head

__all__ = ["Head", "Unreadable", "holds", "path_of", "root_of_leaves"]


def root_of_leaves(book: Book) -> tuple[int, str]:
    """Return how many vouchers a book has and the root over their kept leaves."""
    tree = Frontier()
    leaves = book.vouchers.order_by("position").values_list("leaf", flat=True)
    for leaf in leaves.iterator(chunk_size=5_000):
        tree.add(bytes.fromhex(leaf))
    return tree.size, tree.root().hex()


def path_of(book: Book, position: int, size: int) -> tuple[str, ...]:
    """Return the hashes that lead from a voucher to the root of the first ``size``.

    Raises
    ------
    IndexError
        There are not so many vouchers, or the voucher is not among them.
    """
    rows = book.vouchers.filter(position__lte=size).order_by("position")
    leaves = [
        bytes.fromhex(each)
        for each in rows.values_list("leaf", flat=True).iterator(chunk_size=5_000)
    ]
    if len(leaves) < size:
        raise IndexError(size)
    return tuple(each.hex() for each in inclusion_proof(leaves, position - 1))


def holds(proof: Proof) -> bool:
    """Tell whether a proof's voucher is at its place in the tree of its root."""
    leaf = sha256(b"\0" + proof.text.encode()).digest()
    path = [bytes.fromhex(each) for each in proof.path]
    root = bytes.fromhex(proof.root)
    return included(leaf, proof.position - 1, proof.size, root, path)
