"""What a tree path is, which roles there are, and how far a post reaches. Pure Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SEGMENT = 5
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MAX_PATH = 120
MAX_DEPTH = MAX_PATH // SEGMENT
STATUTORY = "statutory"


def segment(number: int) -> str:
    """Write a positive key as five base-36 digits; over 60,466,175 is an error."""
    if not 0 < number < 36**SEGMENT:
        raise ValueError(f"no path segment for {number}")
    digits = []
    for _ in range(SEGMENT):
        number, digit = divmod(number, 36)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def child_path(parent: str, key: int) -> str:
    """Return the path of the organisation ``key`` below the path ``parent``."""
    path = parent + segment(key)
    if len(path) > MAX_PATH:
        raise ValueError(f"a tree deeper than {MAX_DEPTH} levels")
    return path


def after(path: str) -> str:
    """Return the smallest string above every path of the subtree of ``path``.

    ``path <= x < after(path)`` holds for the organisation and all below it.
    "[" follows "Z" byte by byte, so the last digit never has to carry.
    """
    return path[:-1] + chr(ord(path[-1]) + 1)


def inside(path: str, root: str) -> bool:
    """Tell whether ``path`` is ``root`` or lies below it."""
    return path.startswith(root)


def ancestors(path: str) -> list[str]:
    """Return the paths above ``path`` from the root down, itself left out."""
    return [path[:end] for end in range(SEGMENT, len(path), SEGMENT)]


def depth(path: str) -> int:
    """Return how many organisations stand above ``path``; a root has depth 0."""
    return len(path) // SEGMENT - 1


def outermost(paths: Iterable[str]) -> list[str]:
    """Drop every path that lies inside another one; sorted."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not inside(path, kept[-1]):
            kept.append(path)
    return kept


class Role(StrEnum):
    """What a post allows; which role may do what is declared by each app's rules."""

    WORKER = "worker"
    DISPATCHER = "dispatcher"
    DEPARTMENT = "department"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


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
