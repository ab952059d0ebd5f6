"""What a planner may try: links and facilities opened or closed, together a scenario."""

from dataclasses import dataclass
from typing import Any

from wugeyi.engines.accessibility.graph import OnEdges


@dataclass(frozen=True, slots=True)
class Place:
    """One point of a network: on an edge, or a node.

    Parameters
    ----------
    edge, share_mm
        The edge and the millimetres along it from its tail.
    off_mm
        Millimetres beside the way, walked at the pace's speed; for facilities.
    node
        Instead of an edge.
    """

    edge: int = -1
    share_mm: int = 0
    off_mm: int = 0
    node: int = -1

    @classmethod
    def of(cls, attached: OnEdges, k: int) -> "Place":
        """Return the k-th of points that were attached; ``edge`` is -1 if it was not."""
        shares: tuple[Any, ...] = attached.edge, attached.share_mm, attached.off_mm
        return cls(*(int(array[k]) for array in shares))


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A bridge, gate, flight of stairs or lift between two places.

    Its times are the whole way between the two places on the network; ``off_mm`` of
    these counts for nothing. ``backward_ms`` None: the same; -1: cannot be walked.
    """

    start: Place
    end: Place
    forward_ms: int
    backward_ms: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CloseLink:
    """Edges that cannot be walked any more, nor whatever lies along them be reached.

    What stands at an end of a closed edge still stands at that node.
    """

    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpenFacility:
    """One facility more of a category, by number."""

    category: int
    place: Place


@dataclass(frozen=True, slots=True)
class CloseFacility:
    """One facility less: its place among those of its category."""

    category: int
    index: int


Change = OpenLink | CloseLink | OpenFacility | CloseFacility


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes that happen together; the order says nothing.

    A facility cannot be opened and closed in one scenario, and a link that is opened is
    no edge yet that could be closed.
    """

    changes: tuple[Change, ...]
    name: str = ""
