"""What changes to streets and facilities would do, home by home."""

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.looking import DOOR_LIMIT_M, Look, look
from wugeyi.circles.adapter.streets import Streets, streets_of
from wugeyi.circles.rules import horizons
from wugeyi.circles.rules.changes import Change, What, length_of
from wugeyi.circles.rules.counts import Gain
from wugeyi.circles.rules.refusals import Refused, Why

if TYPE_CHECKING:
    from wugeyi.engines.accessibility.points import Attached

# An end nearer to a way than this was meant to touch it: nothing to tell.
TOUCHES_M = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A change, with its kind or facility by place among the inputs'; -1 none."""

    change: Change
    kind: int = -1
    facility: int = -1


MovedRow = tuple[int, int, int | None, int | None]
"""Place of the home, place of the kind, milliseconds before and after."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of it. ``far_ends``: position of a change, metres, longitude, latitude."""

    gains: tuple[Gain, ...]
    moved: tuple[MovedRow, ...]
    far_ends: tuple[tuple[int, int, float, float], ...]
    milliseconds: float


def change(inputs: Inputs, asked: tuple[Asked, ...]) -> Changed:
    """Return what changes together would do, against a look at the same inputs.

    Raises
    ------
    Refused
        OFF_NETWORK, OUT_OF_BOUNDS or GONE with ``values["position"]``, from 1.
    """
    from wugeyi.circles.adapter.searching import what_if

    streets, known = streets_of(inputs), look(inputs)
    ends = Ends(streets)
    scenario = [
        ends.told(position, each, known) for position, each in enumerate(asked, 1)
    ]
    began = perf_counter()
    after = what_if(streets, known, scenario)
    took = (perf_counter() - began) * 1000
    return Changed(
        gains=tuple(_gains(known, after)),
        moved=tuple(_moved(known, after)),
        far_ends=tuple(ends.far),
        milliseconds=took,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A change on the network: where its points are, which segments it closes."""

    asked: Asked
    points: "Attached | None" = None
    edges: tuple[int, ...] = ()
    link_ms: int = 0
    # Of a facility that closes: its place among its kind's.
    label: int = -1


class Ends:
    """Finds where the points of changes meet the network."""

    def __init__(self, streets: Streets) -> None:
        self.streets = streets
        self.far: list[tuple[int, int, float, float]] = []

    def told(self, position: int, asked: Asked, known: Look) -> Told:
        """Return a change on the network; see ``change`` for what is refused."""
        said = asked.change
        if said.what is What.OPEN_LINK:
            points = self._attach(position, [said.starts, said.ends])
            return Told(asked, points, link_ms=self._link_ms(said, points))
        if said.what is What.OPEN_FACILITY:
            return Told(asked, self._attach(position, [said.starts]))
        if said.what is What.CLOSE_FACILITY:
            for kind, rows in enumerate(known.rows):
                if asked.facility in rows:
                    label = rows.index(asked.facility)
                    there = Asked(said, kind, asked.facility)
                    return Told(there, label=label)
            raise Refused(Why.GONE, position=position)
        return Told(asked, edges=self._closed(position, said))

    def _attach(self, position: int, points: list[tuple[float, float]]) -> "Attached":
        import numpy as np

        found = self.streets.index.attach(
            np.array([lon for lon, _lat in points]),
            np.array([lat for _lon, lat in points]),
            DOOR_LIMIT_M,
        )
        for (lon, lat), there, off in zip(
            points, found.found, found.off_mm, strict=True
        ):
            if not there:
                inside = horizons.holds(self.streets.network.bounds, lon, lat)
                raise Refused(
                    Why.OFF_NETWORK if inside else Why.OUT_OF_BOUNDS,
                    position=position,
                    metres=int(DOOR_LIMIT_M),
                )
            metres = round(int(off) / 1000)
            if metres > TOUCHES_M:
                self.far.append((position, metres, lon, lat))
        return found

    def _link_ms(self, said: Change, points: "Attached") -> int:
        """Return how long a link takes, with the steps from the ways to its ends."""
        speed = self.streets.graph.speed_mm_s
        beside = int(points.off_mm.sum()) * 1000 // speed
        if said.seconds is not None:
            return said.seconds * 1000 + beside
        return max(1, length_of(said) * 1000 // speed + beside)

    def _closed(self, position: int, said: Change) -> tuple[int, ...]:
        """Return the segments closed: the one touched, or the way between two touches.

        Both touches must lie on the same way of the map; the segments between them,
        in the order in which they hang together, are closed with them.
        """
        points = [said.starts]
        if said.to_lon is not None:
            points.append(said.ends)
        found = self._attach(position, points)
        edges = [int(edge) for edge in found.edge]
        if len(edges) == 1 or edges[0] == edges[1]:
            return (edges[0],)
        between = self._between(edges[0], edges[1])
        if between is None:
            raise Refused(Why.BAD_VALUE, position=position, field="way")
        return between

    def _between(self, first: int, last: int) -> tuple[int, ...] | None:
        import numpy as np

        network = self.streets.network
        if network.way[first] != network.way[last]:
            return None
        same = np.flatnonzero(network.way == network.way[first])
        low, high = sorted((first, last))
        return tuple(int(edge) for edge in same if low <= edge <= high)


def _gains(known: Look, after: Any) -> list[Gain]:
    import numpy as np

    limits = np.array(known.inputs.limits_ms, np.int64).reshape(-1, 1)
    inside = after <= limits
    residents, elderly = known.people(), known.people(elderly=True)
    told = []
    for kind in range(len(known.rows)):
        # Unknown homes stay unknown unless they come inside: then they are a gain.
        gained = inside[kind] & ~known.inside[kind]
        lost = known.inside[kind] & ~inside[kind]
        told.append(
            Gain(
                homes_gained=int(gained.sum()),
                homes_lost=int(lost.sum()),
                residents_gained=int(residents[gained].sum()),
                residents_lost=int(residents[lost].sum()),
                elderly_gained=int(elderly[gained].sum()),
                elderly_lost=int(elderly[lost].sum()),
                homes_nearer=int((after[kind] < known.ms[kind]).sum()),
                homes_farther=int((after[kind] > known.ms[kind]).sum()),
                residents_inside=int(residents[inside[kind]].sum()),
            )
        )
    return told


def _moved(known: Look, after: Any) -> list[MovedRow]:
    import numpy as np

    horizon = known.inputs.horizon_ms

    def plain(ms: int) -> int | None:
        return ms if ms <= horizon else None

    kinds, homes = np.nonzero(after != known.ms)
    return [
        (home, kind, plain(before), plain(now))
        for kind, home, before, now in zip(
            kinds.tolist(),
            homes.tolist(),
            known.ms[kinds, homes].tolist(),
            after[kinds, homes].tolist(),
            strict=True,
        )
    ]
