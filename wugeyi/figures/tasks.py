"""What figures need done by the clock."""

import logging
from datetime import datetime

from wugeyi.figures import actions
from wugeyi.jobs import registry

logger = logging.getLogger(__name__)


def settle(at: datetime) -> int:
    """Write new definitions down and fill them."""
    return len(actions.settle(at=at))


def fold(at: datetime) -> int:
    """Add fresh facts to the totals."""
    return actions.fold(at=at)


def follow(at: datetime) -> int:
    """Follow the register."""
    return actions.follow(at=at)


def recount(at: datetime) -> int:
    """Count everything anew; differences are told, not repaired without being asked."""
    row, found = actions.recount(at=at)
    for each in found:
        logger.warning(
            "figures: %s differs in %d facts, %d totals; see wugeyi figures recount",
            each.code,
            each.facts,
            each.totals,
        )
    return row.facts_differing + row.totals_differing


def register() -> None:
    """Hand these to the clock."""
    registry.always("figures-settle", settle)
    registry.always("figures-fold", fold)
    registry.always("figures-follow", follow)
    registry.daily("figures-recount", recount)
