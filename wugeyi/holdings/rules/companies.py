"""Companies a collective founds with others: who gives what, and who answers how far."""

from enum import StrEnum


class Form(StrEnum):
    """What sort of company."""

    LIMITED = "limited"
    JOINT_STOCK = "joint_stock"
    COOPERATIVE = "cooperative"
    PARTNERSHIP = "partnership"


class Party(StrEnum):
    """Who has a share."""

    COLLECTIVE = "collective"
    STATE = "state"
    PRIVATE = "private"
    VILLAGERS = "villagers"
    OTHER = "other"


class Liability(StrEnum):
    """How far an investor answers for debts."""

    LIMITED = "limited"
    GENERAL = "general"


class Given(StrEnum):
    """What is paid in."""

    CASH = "cash"
    ASSET = "asset"
    LAND = "land"
    OTHER = "other"


RECEIVABLE, INVESTMENT_INCOME, BANK, LONG_TERM = "112", "502", "102", "141"
"""Accounts of the 2023 system; the entries are recalled."""


def forbidden(party: Party, liability: Liability) -> bool:
    """Tell whether the law forbids the role: a collective is never a general partner."""
    return party is Party.COLLECTIVE and liability is Liability.GENERAL
