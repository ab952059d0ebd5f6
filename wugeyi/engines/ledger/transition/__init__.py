"""Changing over from the system of 2004 to that of 2023: a person decides every row."""

from wugeyi.engines.ledger.transition.opening import carried_over
from wugeyi.engines.ledger.transition.proposing import (
    Carried,
    Proposal,
    proposal,
    proposed,
)
from wugeyi.engines.ledger.transition.sheet import read_proposed, written_proposed

__all__ = [
    "Carried",
    "Proposal",
    "carried_over",
    "proposal",
    "proposed",
    "read_proposed",
    "written_proposed",
]
