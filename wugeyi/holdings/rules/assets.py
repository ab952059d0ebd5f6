"""Kinds of assets, and the accounts of the 2023 system they stand on.

Codes are found in the chart (``engines/ledger/data``); which one depreciation is charged
to, and that it begins the month after, are recalled and not verified.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an asset is."""

    FIXED = "fixed"
    CONSUMABLE = "consumable"
    PRODUCTIVE = "productive"
    PUBLIC = "public"
    INTANGIBLE = "intangible"
    RESOURCE = "resource"


class State(StrEnum):
    """What is done with it."""

    IN_USE = "in_use"
    LEASED = "leased"
    IDLE = "idle"
    DISPOSED = "disposed"


class Use(StrEnum):
    """What it is for, and so what its depreciation is charged to."""

    OPERATING = "operating"
    ADMINISTRATION = "administration"
    WELFARE = "welfare"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Accounts:
    """Where its cost stands, and where its depreciation ("" if it has none)."""

    cost: str = ""
    contra: str = ""


ACCOUNTS: dict[Kind, Accounts] = {
    Kind.FIXED: Accounts("151", "152"),
    Kind.CONSUMABLE: Accounts("131"),
    Kind.PRODUCTIVE: Accounts("132", "133"),
    Kind.PUBLIC: Accounts("134"),
    Kind.INTANGIBLE: Accounts("161", "162"),
    Kind.RESOURCE: Accounts(),
}
CHARGED_TO: dict[Use, str] = {
    Use.OPERATING: "511",
    Use.ADMINISTRATION: "513",
    Use.WELFARE: "514",
    Use.PRODUCTION: "401",
}
CLEARING = "154"
"""固定资产清理: where a fixed asset goes that is disposed of."""

SPECIAL_FUND, RESERVE = "241", "311"


def wears(kind: Kind) -> bool:
    """Tell whether assets of a kind are depreciated."""
    return bool(ACCOUNTS[kind].contra)
