"""What the balances of an old book might become; nothing is carried by code alone."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from wugeyi.engines.ledger.chart import DATA, chart, differing
from wugeyi.engines.ledger.records import Book, Dimensions


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an account of 2004 might be in 2023.

    Parameters
    ----------
    targets
        Codes of 2023 to choose from; one if there is no choice, none if only the rules
        of transition (财会〔2023〕20 号, whose table nobody has compared this with) can
        say.
    turns
        Whether the same code means something else in 2023, so that leaving it as it is
        would be wrong.
    """

    old: str
    targets: tuple[str, ...]
    turns: bool
    remark: str
    remark_en: str
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A balance of the old book, or a part of one, and where a person sends it.

    Parameters
    ----------
    old
        The account posted to, with its sub-account.
    fen
        Debit less credit.
    new
        The code in the 2023 system; "" while nobody has chosen.
    confirmed
        Whether a person has said so, row by row.
    """

    old: str
    dimensions: Dimensions
    fen: int
    new: str = ""
    confirmed: bool = False


@cache
def proposals() -> Mapping[str, Proposal]:
    """Return the whole table, by code of 2004."""
    path = DATA / "transition-2004-2023.csv"
    turned = set(differing())
    with path.open(encoding="utf-8", newline="") as file:
        found = {row["old"]: _proposal(row, turned) for row in csv.DictReader(file)}
    return MappingProxyType(found)


def proposal(code: str) -> Proposal:
    """Return what an account or sub-account of 2004 might be.

    Raises
    ------
    KeyError
        The system of 2004 has no such account.
    """
    return proposals()[code[:3]]


def proposed(book: Book, day: date) -> tuple[Carried, ...]:
    """Return each balance of a book of 2004 at a day's end, to be confirmed by a person.

    A code of 2023 is proposed where there is no choice; digits of sub-accounts are
    kept. No row is confirmed.
    """
    net: Counter[tuple[str, Dimensions]] = Counter()
    for voucher in book.vouchers:
        if voucher.day <= day:
            for line in voucher.postings:
                net[line.account, tuple(sorted(line.dimensions))] += line.net_fen
    return tuple(
        Carried(code, about, fen, _only(code))
        for (code, about), fen in sorted(net.items())
        if fen
    )


def _only(code: str) -> str:
    targets = proposal(code).targets
    if len(targets) != 1:
        return ""
    (target,) = targets
    return target + code[3:] if len(target) == 3 else target


def _proposal(row: dict[str, str], turned: set[str]) -> Proposal:
    old, targets = row["old"], tuple(row["targets"].split())
    renamed_only = targets == (old,)
    return Proposal(
        old=old,
        targets=targets,
        turns=old in turned and old in chart("2023").accounts and not renamed_only,
        remark=row["remark"],
        remark_en=row["remark_en"],
        verified=row["verified"] == "yes",
        source=row["source"],
    )
