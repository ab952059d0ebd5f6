"""Charts of accounts by regime; the same code may mean another thing in each."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.records import (
    LEVELS,
    REGIMES,
    Account,
    Kind,
    Regime,
    Side,
)

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Chart:
    """The accounts of one regime, by their three digits."""

    regime: Regime
    accounts: Mapping[str, Account]

    def account(self, code: str) -> Account | None:
        """Return the account of a code or of a sub-account's code, if there is one.

        The code of a sub-account has five or seven digits.
        """
        if len(code) not in LEVELS or not (code.isascii() and code.isdigit()):
            return None
        return self.accounts.get(code[:3])


def declared(regime: str) -> Regime:
    """Return the regime that books say they are kept by.

    Raises
    ------
    Refused
        None is told, or there is none of that name: it is never guessed from codes.
    """
    told = regime.strip()
    for each in REGIMES:
        if told == each:
            return each
    code = "regime-unknown" if told else "regime-missing"
    raise Refused(Finding(code, "error", told))


@cache
def chart(regime: Regime) -> Chart:
    """Return the chart of a regime."""
    path = DATA / f"accounts-{declared(regime)}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        accounts = {row["code"]: _account(row) for row in csv.DictReader(file)}
    return Chart(regime, MappingProxyType(accounts))


@cache
def subaccounts(regime: Regime) -> Mapping[str, str]:
    """Return the names of sub-accounts that closing and distribution use, by code."""
    path = DATA / f"subaccounts-{declared(regime)}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    return MappingProxyType(names)


def other(regime: Regime) -> Regime:
    """Return the regime that is not this one."""
    return "2004" if regime == "2023" else "2023"


def meanings(code: str) -> dict[Regime, Account | None]:
    """Return what a code means in each regime."""
    return {regime: chart(regime).account(code) for regime in REGIMES}


def differing() -> tuple[str, ...]:
    """Return the codes that both regimes have, with another name in each."""
    old, new = chart("2004").accounts, chart("2023").accounts
    both = sorted(old.keys() & new.keys())
    return tuple(code for code in both if old[code].name != new[code].name)


def same_name(one: str, another: str) -> bool:
    """Return whether two names are the same but for widths of brackets and spaces."""
    return _plain(one) == _plain(another)


def _plain(name: str) -> str:
    return "".join(name.replace("（", "(").replace("）", ")").split())


def _account(row: dict[str, str]) -> Account:
    return Account(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        kind=cast("Kind", row["kind"]),
        side=cast("Side", row["side"]),
        contra=row["contra"] == "yes",
        verified=row["verified"] == "yes",
        source=row["source"],
    )
