"""A voucher as bytes that are the same wherever they are made."""

import json

from wugeyi.engines.ledger.records import Voucher

VERSION = "wugeyi-voucher-1"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(voucher: Voucher) -> bytes:
    """Return a voucher's bytes: a JSON array in UTF-8 without spaces.

    Its parts, in this order: "wugeyi-voucher-1", book, year, number, day as 2024-03-05,
    kind, year and number of what it reverses or null, attachments, and lines; a line is
    account, debit and credit in fen, summary, and dimensions sorted by name and value.
    """
    reverses = voucher.reverses
    return _encode(
        [
            VERSION,
            voucher.book,
            voucher.year,
            voucher.number,
            voucher.day.isoformat(),
            voucher.kind,
            None if reverses is None else [reverses[0], reverses[1]],
            voucher.attachments,
            [
                [
                    line.account,
                    line.debit_fen,
                    line.credit_fen,
                    line.summary,
                    sorted(line.dimensions),
                ]
                for line in voucher.postings
            ],
        ]
    ).encode("utf-8")
