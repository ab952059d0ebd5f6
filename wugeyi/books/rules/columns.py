"""Columns of files people bring: what headings mean, where they stand, who they are.

Synonyms are data (``data/columns.csv``), so that another program's headings can be added
without code.
"""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from wugeyi.imports.rules import guess_columns

DATA = Path(__file__).parent.parent / "data" / "columns.csv"
# A heading stands among the first rows: above it are names, periods, units of money.
LOOKED_AT = 20

FIELDS: dict[str, tuple[str, ...]] = {
    "vouchers": (
        "day",
        "month",
        "day_of_month",
        "word",
        "number",
        "summary",
        "account",
        "account_name",
        "sub_name",
        "debit",
        "credit",
        "direction",
        "amount",
        "papers",
        "kind",
        "reverses",
        "counterparty",
        "project",
        "household",
        "asset",
        "items",
    ),
    "opening": (
        "account",
        "account_name",
        "debit",
        "credit",
        "direction",
        "amount",
        "counterparty",
        "project",
        "household",
        "asset",
        "items",
    ),
    "bank": (
        "day",
        "out",
        "came",
        "direction",
        "amount",
        "balance",
        "counterparty",
        "memo",
        "reference",
    ),
}
# One of each group must be there, else nothing can be read.
NEEDED: dict[str, tuple[tuple[tuple[str, ...], ...], ...]] = {
    "vouchers": (
        (("day",), ("month", "day_of_month")),
        (("number",),),
        (("account",), ("account_name",)),
        (("debit", "credit"), ("direction", "amount")),
    ),
    "opening": (
        (("account",), ("account_name",)),
        (("debit", "credit"), ("direction", "amount")),
    ),
    "bank": (
        (("day",),),
        (("out", "came"), ("amount",)),
    ),
}


@cache
def synonyms(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return by field the headings it goes by, the likeliest first."""
    found: dict[str, list[str]] = {name: [] for name in FIELDS[kind]}
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == kind:
                found[row["field"]].append(row["heading"])
    return MappingProxyType({name: tuple(each) for name, each in found.items()})


def guess(kind: str, header: Sequence[str]) -> dict[str, int]:
    """Return which column probably is what.

    Either two columns of amounts are taken or one with its side, never both.

    >>> guess("vouchers", ["日期", "凭证字号", "摘要", "会计科目", "借方金额", "贷方金额"])
    {'day': 0, 'number': 1, 'summary': 2, 'account_name': 3, 'debit': 4, 'credit': 5}
    """
    found = guess_columns(header, synonyms(kind))
    pair = ("out", "came") if kind == "bank" else ("debit", "credit")
    if all(name in found for name in pair):
        found.pop("amount", None)
        found.pop("direction", None)
    elif "amount" in found:
        for name in pair:
            found.pop(name, None)
    if "day" in found:
        found.pop("month", None)
        found.pop("day_of_month", None)
    return found


def lacking(kind: str, columns: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Return for each group of columns that is wanting the fields it may be met by."""
    wanting = []
    for ways in NEEDED[kind]:
        if not any(all(name in columns for name in way) for way in ways):
            wanting.append(tuple(name for way in ways for name in way))
    return wanting


def find_header(kind: str, rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first rows holds the headings; None if none looks like them.

    The row wins whose cells are headings most often; of equals the first.
    """
    best, most = None, 1
    for place, row in enumerate(rows[:LOOKED_AT]):
        known = len(guess_columns(row, synonyms(kind)))
        if known > most:
            best, most = place, known
    return best


def digest(header: Sequence[str]) -> str:
    """Return what the headings of a program's files are remembered by.

    >>> digest(["日期", "金额"]) == digest([" 日期 ", "金额"])
    True
    """
    plain = "\x1f".join("".join(title.split()) for title in header)
    return hashlib.sha256(plain.encode()).hexdigest()
