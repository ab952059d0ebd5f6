"""Who may do what with the register. Names of organisations are public."""

from wugeyi.organisations.rules.paths import ancestors
from wugeyi.organisations.rules.roles import Reach, Role

SEES_POSTS = (Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR)


def may_change(reach: Reach, path: str) -> bool:
    """Tell whether names and lower units of an organisation may be changed."""
    return reach.covers([Role.ADMINISTRATOR], path)


def may_uproot(reach: Reach, path: str) -> bool:
    """Tell whether an organisation may be moved, merged or abolished.

    That changes the unit above as well: its administrator decides. A root has none
    above.
    """
    above = ancestors(path)
    return may_change(reach, above[-1] if above else path)


def may_see_posts(reach: Reach, path: str) -> bool:
    """Tell whether the persons who hold posts in an organisation may be seen."""
    return reach.covers(SEES_POSTS, path)


def may_import(reach: Reach, root: str | None) -> bool:
    """Tell whether a file for a subtree (None: the whole register) may be handled."""
    if root is not None:
        return may_change(reach, root)
    return any(
        held.role is Role.ADMINISTRATOR and not ancestors(held.path)
        for held in reach.holdings
    )
