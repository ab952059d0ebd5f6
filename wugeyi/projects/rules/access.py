"""Who reads and who writes projects: roles held over the project's organisation."""

from wugeyi.organisations.rules import OFFICE, Reach, Role

READS = OFFICE - {Role.ADMINISTRATOR}
WRITES = frozenset({Role.SECRETARY, Role.WORKER, Role.DEPARTMENT})
KEEPS_KINDS = frozenset({Role.ADMINISTRATOR})


def reads(reach: Reach, path: str) -> bool:
    """Tell whether records of the organisation at ``path`` may be read."""
    return reach.covers(READS, path)


def writes(reach: Reach, path: str) -> bool:
    """Tell whether projects of the organisation at ``path`` may be written."""
    return reach.covers(WRITES, path)
