"""Entries that come again, as shipped: accounts and words by regime, without amounts.

``data/templates.csv`` can be read and put right by an accountant; nobody has compared
it with the printed systems yet, so each row says where it is from.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "data" / "templates.csv"


@dataclass(frozen=True, slots=True)
class Side:
    """A line of a template: an account on one side, with the words for it."""

    account: str
    debit: bool
    summary: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """A template every set of books of a regime is offered."""

    code: str
    regime: str
    name_zh: str
    name_en: str
    source: str
    verified: bool
    lines: tuple[Side, ...]


@cache
def shipped(regime: str) -> Mapping[str, Shipped]:
    """Return the templates of a regime by their code, in the order of the table."""
    found: dict[str, Shipped] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["regime"] != regime:
                continue
            line = Side(row["account"], row["side"] == "debit", row["summary"])
            before = found.get(row["code"])
            found[row["code"]] = Shipped(
                code=row["code"],
                regime=regime,
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                source=row["source"],
                verified=row["verified"] == "yes",
                lines=(*(before.lines if before else ()), line),
            )
    return found
