"""A year's distribution in the order of the law, and the vouchers it is posted by."""

from wugeyi.engines.ledger.distribution.posting import vouchers
from wugeyi.engines.ledger.distribution.records import (
    Decision,
    Distribution,
    Earned,
    Payment,
    Share,
)
from wugeyi.engines.ledger.distribution.sharing import distribute, earned, largest

__all__ = [
    "Decision",
    "Distribution",
    "Earned",
    "Payment",
    "Share",
    "distribute",
    "earned",
    "largest",
    "vouchers",
]
