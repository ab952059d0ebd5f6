"""Who reads and who writes circles: roles held over the circle's organisation.

Homes with their residents are for who plans there; everybody else sees counts, of five
at least.
"""

from wugeyi.organisations.rules import OFFICE, Reach, Role

READS = OFFICE - {Role.ADMINISTRATOR}
WRITES = frozenset({Role.SECRETARY, Role.WORKER, Role.DEPARTMENT})


def reads(reach: Reach, path: str) -> bool:
    """Tell whether circles of the organisation at ``path`` may be read."""
    return reach.covers(READS, path)


def writes(reach: Reach, path: str) -> bool:
    """Tell whether circles of the organisation at ``path`` may be written."""
    return reach.covers(WRITES, path)
