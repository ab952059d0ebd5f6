"""Who may see and fill which form."""

from wugeyi.organisations.rules import OFFICE, Reach, Role, inside

WRITES = frozenset(
    {Role.WORKER, Role.SECRETARY, Role.DEPARTMENT, Role.DISPATCHER, Role.SUPERVISOR}
)
SEES = OFFICE - {Role.ADMINISTRATOR}


def sees_form(reach: Reach, path: str) -> bool:
    """Tell whether a form registered at ``path`` may be seen.

    By whoever sees that organisation, and by everybody below it: they are asked.
    """
    return reach.covers(SEES, path) or any(
        held.role in SEES and inside(held.path, path) for held in reach.holdings
    )


def keeps_form(reach: Reach, path: str) -> bool:
    """Tell whether the register's entry of a form may be written."""
    return reach.covers(WRITES, path)


def sees_filling(reach: Reach, path: str) -> bool:
    """Tell whether a form filled for ``path`` may be read."""
    return reach.covers(SEES, path)


def fills(reach: Reach, path: str) -> bool:
    """Tell whether a form may be filled for ``path``."""
    return reach.covers(WRITES, path)
