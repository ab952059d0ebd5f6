"""Where places lie on the roads: the nearest a bus may use and get away from again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from wugeyi.engines.lineplanning.findings import Finding, Value
from wugeyi.engines.lineplanning.model import Place
from wugeyi.engines.lineplanning.roads.network import EARTH_METRES, Array, Network

Point = tuple[float, float]

SIDES_METRES = 40
"""Roads no farther than this beyond the nearest are the same one's other side."""
MOST_SIDES = 8
NOTED_METRES = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the roads; it is served on either side of the street.

    Parameters
    ----------
    arcs
        On which it lies.
    along
        How far along each, 0 to 1.
    """

    arcs: tuple[int, ...] = ()
    along: tuple[float, ...] = ()


@dataclass(slots=True)
class Nearby:
    """Distances of points to some pieces of road, on a plane."""

    network: Network
    pieces: Array
    ends: tuple[Array, ...] = field(init=False)
    narrow: float = field(init=False)

    def __post_init__(self) -> None:
        tail, head = self.network.tail[self.pieces], self.network.head[self.pieces]
        lon, lat = self.network.lon, self.network.lat
        self.narrow = float(np.cos(np.radians(lat.mean()))) if len(lat) else 1.0
        x, y = self._plane(lon, lat)
        self.ends = x[tail], y[tail], x[head], y[head]

    def _plane(self, lon: Array, lat: Array) -> tuple[Array, Array]:
        metres = EARTH_METRES * np.pi / 180
        return lon * metres * self.narrow, lat * metres

    def measured(self, lon: float, lat: float) -> tuple[Array, Array]:
        """Return how far along each piece the nearest point is, and how far away."""
        ax, ay, bx, by = self.ends
        x, y = self._plane(np.array(lon), np.array(lat))
        dx, dy = bx - ax, by - ay
        square = np.maximum(dx * dx + dy * dy, 1e-9)
        along = np.clip(((x - ax) * dx + (y - ay) * dy) / square, 0, 1)
        return along, np.hypot(ax + along * dx - x, ay + along * dy - y)

    def away(self, lon: float, lat: float) -> float:
        """Return the metres to the nearest piece; infinite where there is none."""
        if not len(self.pieces):
            return float("inf")
        return float(self.measured(lon, lat)[1].min())


def spots(
    network: Network, places: Iterable[Place]
) -> tuple[list[Spot], list[Finding]]:
    """Return where places lie, empty spots for those no bus reaches, and what is wrong."""
    core = network.core(network.bus.length_cm)
    # A piece both ways is looked at once.
    once = core & ((network.twin < 0) | (np.arange(len(core)) < network.twin))
    nearby = Nearby(network, np.flatnonzero(once))
    lost: list[tuple[Place, Point]] = []
    found: list[Finding] = []
    located: list[Spot] = []
    for place in places:
        spot = Spot()
        if place.lat is None or place.lon is None:
            found.append(_told("place-unplaced", place))
        elif nearby.away(place.lon, place.lat) > network.bus.snap_metres:
            lost.append((place, (place.lon, place.lat)))
        else:
            spot, away = _spot(nearby, core, place.lon, place.lat)
            if away > NOTED_METRES:
                told = _told("place-aside", place, "note", metres=round(away))
                found.append(told)
        located.append(spot)
    return located, found + _explained(network, core, lost)


def _told(
    code: str, place: Place, severity: str = "warning", **values: Value
) -> Finding:
    subject, name = f"place {place.code}", place.name or place.code
    about: dict[str, Value] = {"name": name, **values}
    return Finding(code, severity, subject, about, (subject,))  # type: ignore[arg-type]


def _spot(nearby: Nearby, core: Array, lon: float, lat: float) -> tuple[Spot, float]:
    network = nearby.network
    along, away = nearby.measured(lon, lat)
    close = np.flatnonzero(away <= away.min() + SIDES_METRES)
    close = close[np.argsort(away[close], kind="stable")]
    # Of a way with many pieces, the nearest.
    ways = network.way[nearby.pieces[close]]
    close = close[np.sort(np.unique(ways, return_index=True)[1])[:MOST_SIDES]]
    arcs: list[int] = []
    shares: list[float] = []
    for k in close.tolist():
        arc, share = int(nearby.pieces[k]), float(along[k])
        arcs.append(arc)
        shares.append(share)
        back = int(network.twin[arc])
        if back >= 0 and core[back]:
            arcs.append(back)
            shares.append(1 - share)
    return Spot(tuple(arcs), tuple(shares)), float(away.min())


def _explained(
    network: Network, core: Array, lost: Sequence[tuple[Place, Point]]
) -> list[Finding]:
    """Say why no bus reaches some places."""
    if not lost:
        return []
    reach, bus = network.bus.snap_metres, network.bus
    limits = np.unique(network.longest_cm[network.longest_cm < bus.length_cm])[::-1]
    shorter = {
        int(limit): Nearby(network, np.flatnonzero(network.core(limit)))
        for limit in limits.tolist()
    }
    whole, joined = (
        Nearby(network, np.flatnonzero(each)) for each in (np.ones_like(core), core)
    )
    found = []
    for place, point in lost:
        fits = [cm for cm, roads in shorter.items() if roads.away(*point) <= reach]
        if fits:
            has = bus.length_cm
            found.append(
                _told("place-narrow", place, longest_cm=fits[0], length_cm=has)
            )
        elif whole.away(*point) <= reach:
            found.append(_told("place-cut-off", place))
        else:
            away = joined.away(*point)
            metres = round(away) if np.isfinite(away) else -1
            told = _told("place-off-road", place, metres=metres, reach=reach)
            found.append(told)
    return found
