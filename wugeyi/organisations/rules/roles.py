"""Which roles there are, and how far a post reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wugeyi.organisations.rules.paths import inside, outermost


class Role(StrEnum):
    """What a post allows; which role may do what is declared by each app's rules."""

    WORKER = "worker"
    DISPATCHER = "dispatcher"
    DEPARTMENT = "department"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SECRETARY = "secretary"
    # Those who keep a village's books: nothing else is opened to them by this.
    ACCOUNTANT = "accountant"
    CASHIER = "cashier"
    REVIEWER = "reviewer"


OFFICE = frozenset(Role) - {Role.ACCOUNTANT, Role.CASHIER, Role.REVIEWER}
"""Roles of everybody but those who keep books."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A post in force: the role, and the organisation whose subtree it reaches."""

    role: Role
    organisation_id: int
    path: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything one person may reach today."""

    holdings: tuple[Holding, ...] = ()

    def roots(self, roles: Iterable[Role]) -> list[str]:
        """Return the outermost subtrees held in one of ``roles``."""
        wanted = frozenset(roles)
        return outermost(h.path for h in self.holdings if h.role in wanted)

    def covers(self, roles: Iterable[Role], path: str | None) -> bool:
        """Tell whether one of ``roles`` is held over ``path``."""
        if path is None:
            return False
        wanted = frozenset(roles)
        return any(h.role in wanted and inside(path, h.path) for h in self.holdings)

    def holds(self, *roles: Role) -> bool:
        """Tell whether one of ``roles`` is held anywhere."""
        return any(h.role in roles for h in self.holdings)

    def without(self, root: str | None) -> "Reach":
        """Return the reach of the posts that do not lie inside ``root``."""
        if root is None:
            return self
        return Reach(tuple(h for h in self.holdings if not inside(h.path, root)))


NOBODY = Reach()
