"""Who may do what; every role is held over the community that shares."""

from wugeyi.organisations.rules import OFFICE, Reach, Role

READS = OFFICE
# Keeps partners and things, answers bookings, hands over, and sees how to reach people.
WRITES = frozenset({Role.WORKER, Role.SECRETARY})


def reads(reach: Reach, path: str) -> bool:
    """Tell whether what is shared by the community at ``path`` may be read."""
    return reach.covers(READS, path)


def writes(reach: Reach, path: str) -> bool:
    """Tell whether it may be written, and people's names and numbers seen."""
    return reach.covers(WRITES, path)
