"""Who reads and who writes lines: roles held over the organisation that runs them.

What growers want is written down by their village too: roles held over the village.
"""

from wugeyi.organisations.rules import OFFICE, Reach, Role

READS = OFFICE - {Role.ADMINISTRATOR}
WRITES = frozenset({Role.SECRETARY, Role.WORKER, Role.DEPARTMENT})
ASKS = frozenset({Role.SECRETARY, Role.WORKER})


def reads(reach: Reach, path: str) -> bool:
    """Tell whether lines of the organisation at ``path`` may be read."""
    return reach.covers(READS, path)


def writes(reach: Reach, path: str) -> bool:
    """Tell whether lines of the organisation at ``path`` may be planned and run."""
    return reach.covers(WRITES, path)


def asks(reach: Reach, village: str) -> bool:
    """Tell whether the demand of the village at ``village`` may be written down."""
    return reach.covers(ASKS, village)
