"""Where staff may go: apps say at start-up what they add to the navigation.

No app knows the others; ``casework.context`` draws what was registered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wugeyi.organisations.rules import Role


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go; no roles: for everybody with a post.

    ``view`` names an address without arguments; ``also`` are views that belong to it;
    ``heading`` opens a group; ``note`` tells the public what is kept there; ``order``
    places it (the desk's own are 0 to 99).
    """

    view: str
    label: str
    icon: str
    roles: frozenset[Role] = frozenset()
    short: str = ""
    heading: str = ""
    note: str = ""
    also: tuple[str, ...] = ()
    order: int = 50


Maker = Callable[[], Iterable[Place]]
_makers: list[Maker] = []
_public: list[Maker] = []


def register(maker: Maker) -> Maker:
    """Add the places ``maker`` gives, called for every page so that names are translated."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def places() -> list[Place]:
    """Return every registered place, in order."""
    return sorted(
        (place for maker in _makers for place in maker()), key=lambda each: each.order
    )


def register_public(maker: Maker) -> Maker:
    """Add places that anybody may open, named at the foot of every public page."""
    if maker not in _public:
        _public.append(maker)
    return maker


def public_places() -> list[Place]:
    """Return every registered public place, in order."""
    return sorted(
        (place for maker in _public for place in maker()), key=lambda each: each.order
    )
