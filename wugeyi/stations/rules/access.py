"""Who reads and who writes stations: roles held over the organisation that answers.

Stations are public; what staff see beside that is who keeps them and what is missing.
"""

from wugeyi.organisations.rules import OFFICE, Reach, Role

READS = OFFICE
WRITES = frozenset({Role.WORKER, Role.SECRETARY, Role.DEPARTMENT})


def reads(reach: Reach, path: str) -> bool:
    """Tell whether stations of the organisation at ``path`` may be read as staff."""
    return reach.covers(READS, path)


def writes(reach: Reach, path: str) -> bool:
    """Tell whether stations of the organisation at ``path`` may be written."""
    return reach.covers(WRITES, path)
