"""Charts of accounts as pages and actions need them."""

from collections.abc import Mapping
from typing import cast

from wugeyi.engines.ledger.chart import chart, subaccounts
from wugeyi.engines.ledger.records import Account, Regime


def accounts(regime: str) -> Mapping[str, Account]:
    """Return the accounts of a regime by their three digits."""
    return chart(cast("Regime", regime)).accounts


def shipped(regime: str) -> Mapping[str, str]:
    """Return the names of sub-accounts that closing and distribution use, by code."""
    return subaccounts(cast("Regime", regime))
