"""Who may manage whose account: an administrator over everything the person holds."""

from collections.abc import Iterable

from wugeyi.organisations.rules.paths import inside
from wugeyi.organisations.rules.roles import Reach, Role


def may_see_people(reach: Reach) -> bool:
    """Tell whether the list of people is open at all."""
    return reach.holds(Role.ADMINISTRATOR)


def may_manage(reach: Reach, held: Iterable[str]) -> bool:
    """Tell whether an account may be changed.

    Parameters
    ----------
    held
        The paths of every organisation the person holds a post in, today or from a
        later day on. Each must lie in an administrator's reach: whoever also works
        elsewhere, or above, is managed from further up. Nobody's and ended posts
        bind nobody: any administrator may manage such a person.
    """
    return may_see_people(reach) and all(
        reach.covers([Role.ADMINISTRATOR], path) for path in held
    )


def may_see(reach: Reach, held: Iterable[str], ever: Iterable[str]) -> bool:
    """Tell whether a person's page is open: managed here, or with a post below here.

    ``ever`` are the paths of all posts, ended ones included.
    """
    roots = reach.roots([Role.ADMINISTRATOR])
    return may_manage(reach, held) or any(
        inside(path, root) for path in ever for root in roots
    )
