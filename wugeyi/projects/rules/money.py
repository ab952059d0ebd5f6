"""Money of a project, account by account: what was planned, paid and verified.

Amounts are integer fen. What does not fit is found and shown, never corrected silently.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

MOST_FEN = 10**16
"""A hundred thousand million yuan: more is a slip of the finger."""


class MoneyKind(StrEnum):
    """What an amount is."""

    BUDGET = "budget"
    PAID = "paid"
    VERIFIED = "verified"


class Trouble(StrEnum):
    """What can be wrong with the money of an account."""

    OVER_BUDGET = "over_budget"
    WITHOUT_BUDGET = "without_budget"
    VERIFIED_UNPAID = "verified_unpaid"
    UNVERIFIED = "unverified"
    NO_ASSET = "no_asset"


@dataclass(frozen=True, slots=True)
class Found:
    """Something noticed about an account, and by how much."""

    trouble: Trouble
    amount_fen: int


@dataclass(slots=True)
class Sums:
    """What stands on one account."""

    budget_fen: int = 0
    paid_fen: int = 0
    verified_fen: int = 0
    lines: int = 0
    found: list[Found] = field(default_factory=list)

    @property
    def left_fen(self) -> int:
        """What of the budget is not spent; negative when it is overspent."""
        return self.budget_fen - self.paid_fen


def add_up(lines: Iterable[tuple[str, int]]) -> Sums:
    """Sum lines of (kind, amount)."""
    sums = Sums()
    for kind, amount_fen in lines:
        sums.lines += 1
        if kind == MoneyKind.BUDGET:
            sums.budget_fen += amount_fen
        elif kind == MoneyKind.PAID:
            sums.paid_fen += amount_fen
        else:
            sums.verified_fen += amount_fen
    return sums


def findings(
    sums: Sums, *, special: bool = False, ended: bool = False, asset: bool = False
) -> list[Found]:
    """Return what is wrong with an account, gravest first.

    Parameters
    ----------
    special
        Money given for one purpose (account 241): at the end it must be verified and
        say what asset it became.
    ended
        The project is over, so nothing may stay open.
    asset
        What the money became is on record.
    """
    found = []
    if sums.paid_fen > 0 and sums.budget_fen <= 0:
        found.append(Found(Trouble.WITHOUT_BUDGET, sums.paid_fen))
    elif sums.paid_fen > sums.budget_fen and sums.budget_fen > 0:
        found.append(Found(Trouble.OVER_BUDGET, sums.paid_fen - sums.budget_fen))
    if sums.verified_fen > sums.paid_fen:
        found.append(Found(Trouble.VERIFIED_UNPAID, sums.verified_fen - sums.paid_fen))
    if special and ended and sums.verified_fen < sums.paid_fen:
        found.append(Found(Trouble.UNVERIFIED, sums.paid_fen - sums.verified_fen))
    if special and ended and sums.verified_fen > 0 and not asset:
        found.append(Found(Trouble.NO_ASSET, sums.verified_fen))
    return found


class NotMoney(ValueError):
    """A text that is no amount of money."""


_AMOUNT = re.compile(r"(-?)(\d{1,16})(?:\.(\d+))?")
_UNITS = {"": 100, "元": 100, "万": 1_000_000, "万元": 1_000_000, "亿元": 10**10}


def read_fen(text: str, *, unit: str = "元") -> int:
    """Read an amount as people type it: "1,200.50", "115 万元", "￥3,000".

    Parameters
    ----------
    unit
        What a bare number means: "元" or "万元".

    Raises
    ------
    NotMoney
        It is no number, has parts of a fen, or is larger than ``MOST_FEN``.

    >>> read_fen("115万元"), read_fen("1,200.50")
    (115000000, 120050)
    """
    plain = (
        text.strip()
        .translate(str.maketrans("０１２３４５６７８９．，－", "0123456789.,-"))
        .replace(",", "")
        .replace(" ", "")
        .lstrip("¥￥")
    )
    number = plain.rstrip("万亿元")
    said = plain[len(number) :] or unit
    match = _AMOUNT.fullmatch(number)
    if match is None or said not in _UNITS:
        raise NotMoney(text)
    sign, whole, part = match.groups()
    scale = _UNITS[said]
    digits = len(str(scale)) - 1
    part = (part or "").rstrip("0")
    if len(part) > digits:
        raise NotMoney(text)
    fen = int(whole) * scale + int((part or "0").ljust(digits, "0"))
    if fen > MOST_FEN:
        raise NotMoney(text)
    return -fen if sign else fen


def write_yuan(amount_fen: int) -> str:
    """Write fen as plain yuan for a form field: 120050 → "1200.50", 300 → "3"."""
    sign = "-" if amount_fen < 0 else ""
    yuan, fen = divmod(abs(amount_fen), 100)
    return f"{sign}{yuan}.{fen:02d}" if fen else f"{sign}{yuan}"
