"""Who may make keys and targets, and whose area they are for."""

from wugeyi.organisations.rules import Reach, Role

# Of the seat for everybody, of any other organisation for its own subtree.
KEEPS = frozenset({Role.ADMINISTRATOR})


def keeps(reach: Reach, path: str) -> bool:
    """Tell whether keys and targets of the organisation at ``path`` may be changed."""
    return reach.covers(KEEPS, path)
