"""Who may read, write and follow up the records of branch work."""

from wugeyi.organisations.rules import OFFICE, Reach, Role

# Administrators keep dictionaries and people, not the records of others.
READS = OFFICE - {Role.ADMINISTRATOR}
# Whoever writes or reviews vouchers reads the decisions they rest on, and no more.
READS_DECISIONS = READS | {Role.ACCOUNTANT, Role.REVIEWER}
WRITES = frozenset({Role.SECRETARY})
# What came of a decision or a suggestion is told by whoever sees to it.
FOLLOWS = frozenset({Role.SECRETARY, Role.WORKER})


def reads(reach: Reach, path: str) -> bool:
    """Tell whether records of the organisation at ``path`` may be read."""
    return reach.covers(READS, path)


def reads_decisions(reach: Reach, path: str) -> bool:
    """Tell whether decisions of the organisation may be read."""
    return reach.covers(READS_DECISIONS, path)


def writes(reach: Reach, path: str) -> bool:
    """Tell whether records of the organisation may be made, corrected, withdrawn."""
    return reach.covers(WRITES, path)


def follows(reach: Reach, path: str) -> bool:
    """Tell whether outcomes and results may be told for the organisation."""
    return reach.covers(FOLLOWS, path)
