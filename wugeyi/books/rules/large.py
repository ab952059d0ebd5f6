"""Which entries are large matters, and which decision each kind of them wants.

Large is what a village said: ``Book.large_fen``. Which accounts make an entry an
expense, an investment and so on was inferred from the names of the accounts
(``data/large.csv``, unverified). Who decides follows the Law on Rural Collective Economic
Organisations (article 26, items 7 and 11), the financial system 财农〔2021〕121 号
(articles 7 and 15) and, for a committee's books, the Organic Law of Villagers'
Committees (article 24).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from wugeyi.books.rules.entries import Entry

DATA = Path(__file__).resolve().parent.parent / "data" / "large.csv"
EXEMPT = frozenset({"opening", "closing", "reversal"})
"""What was decided before, only carries over, or takes back."""


class Kind(StrEnum):
    """What a large matter is."""

    EXPENSE = "expense"
    INVESTMENT = "investment"
    ASSET = "asset"
    LOAN = "loan"
    DISTRIBUTION = "distribution"


class Who(StrEnum):
    """By which procedure a matter must be decided."""

    EITHER = "either"
    VILLAGE = "village"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who decides a kind of matter; ``matters`` are codes it must be, none for any."""

    who: Who
    source: str
    matters: frozenset[str] = frozenset()


FINANCE = "农村集体经济组织财务制度（财农〔2021〕121 号）"
LAW = "农村集体经济组织法"
OF_COLLECTIVE: dict[Kind, Rule] = {
    Kind.EXPENSE: Rule(Who.EITHER, f"{FINANCE}第七条"),
    Kind.ASSET: Rule(Who.EITHER, f"{FINANCE}第七条"),
    Kind.LOAN: Rule(Who.EITHER, f"{FINANCE}第十五条"),
    Kind.INVESTMENT: Rule(
        Who.COLLECTIVE, f"{LAW}第二十六条", frozenset({"investment", "plans"})
    ),
    Kind.DISTRIBUTION: Rule(Who.COLLECTIVE, f"{LAW}第二十六条", frozenset({"plans"})),
}
OF_COMMITTEE = Rule(Who.VILLAGE, "村民委员会组织法第二十四条")
COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Large:
    """A large matter in an entry: what it is, how much, who decides."""

    kind: Kind
    amount_fen: int
    rule: Rule


class Unfit(StrEnum):
    """Why an entry may not be posted on a decision."""

    NO_DECISION = "no_decision"
    OTHER_VILLAGE = "other_village"
    NOT_DECIDED = "not_decided"
    WRONG_BODY = "wrong_body"
    WRONG_MATTER = "wrong_matter"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Decided:
    """What books need to know of a decision.

    ``village`` and ``collective`` are the days on which either decided, None if not.
    """

    here: bool
    decided: bool
    matter: str
    village: date | None
    collective: date | None


def large(
    entry: Entry, *, regime: str, large_fen: int | None, keeper: str
) -> list[Large]:
    """Return the large matters of an entry, none if the books set no limit."""
    if large_fen is None or entry.kind in EXEMPT:
        return []
    sums = amounts(entry, regime)
    return [
        Large(kind, sums[kind], rule_of(kind, keeper))
        for kind in Kind
        if sums.get(kind, 0) >= max(large_fen, 1)
    ]


def amounts(entry: Entry, regime: str) -> dict[Kind, int]:
    """Return how much of an entry is of each kind, in fen, net.

    What goes from one account of a kind to another, such as a finished building from
    153 to 151, is none; nor is what no money is spent on, such as depreciation.
    """
    accounts = table(regime)
    sums: dict[Kind, int] = {}
    for line in entry.lines:
        for kind, side in accounts.get(line.account[:3], ()):
            net = line.debit_fen - line.credit_fen
            sums[kind] = sums.get(kind, 0) + (-net if side == "credit" else net)
    return {kind: fen for kind, fen in sums.items() if fen > 0}


def rule_of(kind: Kind, keeper: str) -> Rule:
    """Return who decides a kind of matter in books of a keeper."""
    return OF_COMMITTEE if keeper == COMMITTEE else OF_COLLECTIVE[kind]


def unfit(found: Large, decided: Decided | None, day: date) -> Unfit | None:
    """Tell why a decision does not carry a large matter of a day, None if it does."""
    if decided is None:
        return Unfit.NO_DECISION
    if not decided.here:
        return Unfit.OTHER_VILLAGE
    if not decided.decided:
        return Unfit.NOT_DECIDED
    who = found.rule.who
    days = {
        Who.VILLAGE: decided.village,
        Who.COLLECTIVE: decided.collective,
        Who.EITHER: decided.collective or decided.village,
    }
    on = days[who]
    if on is None:
        return Unfit.WRONG_BODY
    if found.rule.matters and decided.matter not in found.rule.matters:
        return Unfit.WRONG_MATTER
    return Unfit.LATER if on > day else None


@cache
def table(regime: str) -> Mapping[str, tuple[tuple[Kind, str], ...]]:
    """Return by account of three digits the kinds it counts for and on which side."""
    found: dict[str, list[tuple[Kind, str]]] = {}
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["regime"] == regime:
                pair = Kind(row["kind"]), row["side"]
                found.setdefault(row["account"], []).append(pair)
    return {account: tuple(pairs) for account, pairs in found.items()}
