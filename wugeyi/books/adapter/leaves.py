"""The hash of a voucher, and the functions by which SQLite's guards hash."""

from hashlib import sha256
from typing import Any

from django.db import connection, connections

from wugeyi.engines.ledger.heads.canonical import canonical
from wugeyi.engines.ledger.heads.tree import Frontier, leaf_hash
from wugeyi.engines.ledger.records import Voucher


def leaf(voucher: Voucher) -> str:
    """Return a voucher's leaf as 64 hexadecimal digits."""
    return leaf_hash(canonical(voucher)).hex()


def teach_sqlite() -> None:
    """Let this connection's triggers compute leaves; PostgreSQL does it by itself.

    Once for each connection: to define a function makes SQLite forget every statement
    it prepared, and preparing an insertion with its triggers takes ten times as long as
    carrying it out.
    """
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    wrapper = connections[connection.alias]
    if getattr(wrapper, "books_taught", None) is not connection.connection:
        teach(connection.connection)
        wrapper.books_taught = connection.connection  # type: ignore[attr-defined]


def teach(raw: Any) -> None:
    """Let the triggers of one of sqlite3's connections compute leaves and roots."""
    raw.create_function("books_leaf", 1, _leaf_of_text, deterministic=True)
    raw.create_aggregate("books_root", 2, _Root)


def _leaf_of_text(text: str) -> str:
    return sha256(b"\0" + text.encode()).hexdigest()


class _Root:
    """The root over leaves that come in the order of their positions."""

    def __init__(self) -> None:
        self.tree = Frontier()

    def step(self, position: int, leaf: str) -> None:
        if position != self.tree.size + 1:
            raise ValueError(position)
        self.tree.add(bytes.fromhex(leaf))

    def finalize(self) -> str:
        return self.tree.root().hex()
