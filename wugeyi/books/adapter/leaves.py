"""The hash of a voucher, and the function by which SQLite's guards check it."""

import json
import sqlite3
from datetime import date
from typing import cast

from django.db import connection

from wugeyi.books.adapter.vouchers import posting_of
from wugeyi.engines.ledger.heads.canonical import canonical
from wugeyi.engines.ledger.heads.tree import leaf_hash
from wugeyi.engines.ledger.records import Number, Voucher, VoucherKind


def leaf(voucher: Voucher) -> str:
    """Return a voucher's leaf as 64 hexadecimal digits."""
    return leaf_hash(canonical(voucher)).hex()


def teach_sqlite() -> None:
    """Let this connection's triggers compute leaves; PostgreSQL does it by itself."""
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    raw: sqlite3.Connection = connection.connection
    # Telling a connection again would make it forget every statement it has prepared.
    if getattr(connection, "knows_leaves", None) is not raw:
        raw.create_function("books_leaf", 9, _leaf_of_row, deterministic=True)
        connection.knows_leaves = raw  # type: ignore[attr-defined]


def _leaf_of_row(
    book: str,
    year: int,
    number: int,
    day: str,
    kind: str,
    reversed_year: int | None,
    reversed_number: int | None,
    papers: int,
    lines: str,
) -> str:
    rows = sorted(json.loads(lines))
    reverses = None
    if reversed_year is not None and reversed_number is not None:
        reverses = Number(reversed_year, reversed_number)
    return leaf(
        Voucher(
            book=book,
            year=year,
            number=number,
            day=date.fromisoformat(day),
            postings=tuple(
                posting_of(row[1], row[2], row[3], row[4], row[5:]) for row in rows
            ),
            reverses=reverses,
            kind=cast("VoucherKind", kind),
            attachments=papers,
        )
    )
