"""Driving times and lines between places along the quickest ways."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.kernels_roads import (
    NEVER,
    chain,
    forced,
    runs,
    search,
)
from wugeyi.engines.lineplanning.model import NO_ROAD, Place, Ways
from wugeyi.engines.lineplanning.roads.bus import Bus
from wugeyi.engines.lineplanning.roads.drawing import simplified
from wugeyi.engines.lineplanning.roads.network import Array, Network
from wugeyi.engines.lineplanning.roads.places import Spot, spots
from wugeyi.engines.lineplanning.roads.reading import load

Point = tuple[float, float]
Progress = Callable[[int, int], bool]
"""Told how many places are done and how many there are; False ends it."""

DECISECONDS_PER_MINUTE = 600


class Stopped(RuntimeError):
    """Somebody asked to stop; nothing is kept, since half a table would mislead."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A quickest way between two spots.

    Parameters
    ----------
    deciseconds
        It takes.
    begins, ends
        The arc and how far along it, at both ends.
    between
        Arcs driven whole.
    """

    deciseconds: int
    begins: tuple[int, float]
    between: Array
    ends: tuple[int, float]

    def metres(self, lengths: Array) -> float:
        """Return its length."""
        (first, from_), (last, until) = self.begins, self.ends
        if self.direct:
            return float((until - from_) * lengths[first])
        rest = (1 - from_) * lengths[first] + until * lengths[last]
        return float(rest + lengths[self.between].sum())

    @property
    def direct(self) -> bool:
        """Tell whether it stays on one arc."""
        (first, from_), (last, until) = self.begins, self.ends
        return first == last and until >= from_ and not len(self.between)


def ways(
    extract: Path | Network,
    places: Sequence[Place],
    *,
    bus: Bus | None = None,
    progress: Progress = lambda _done, _all: True,
) -> tuple[Ways, tuple[Finding, ...]]:
    """Return driving times and distances between all places.

    Minutes are rounded up, and are at least one: a timetable must not run early. There
    and back may differ.

    Parameters
    ----------
    extract
        A file of OpenStreetMap, or what ``load`` made of one.
    bus
        What is driven, where a file is given.

    Returns
    -------
    ways, findings
        Places no bus reaches are closed in the table and told, each with the reason.

    Raises
    ------
    Refused
        The file cannot be used.
    Stopped
        ``progress`` said so.
    """
    network = extract if isinstance(extract, Network) else load(extract, bus)
    located, found = spots(network, places)
    size = len(places)
    minutes = np.full((size, size), NO_ROAD)
    metres = minutes.copy()
    search_ = _Search(network)
    for i, here in enumerate(located):
        if not progress(i, size):
            raise Stopped
        minutes[i, i] = metres[i, i] = 0
        drives = search_.from_(here, located) if here.arcs else [None] * size
        for j, drive in enumerate(drives):
            if i == j:
                continue
            if drive is not None:
                minutes[i, j] = whole_minutes(drive.deciseconds)
                metres[i, j] = round(drive.metres(network.metres))
            elif here.arcs and located[j].arcs:
                pair = (f"place {places[i].code}", f"place {places[j].code}")
                values = {"here": _name(places[i]), "there": _name(places[j])}
                found.append(Finding("way-none", "warning", pair[0], values, pair))
    table = Ways(
        tuple(each.code for each in places),
        tuple(map(tuple, minutes.tolist())),
        tuple(map(tuple, metres.tolist())),
    )
    return table, (*network.findings, *found)


def whole_minutes(deciseconds: int) -> int:
    """Return the minutes a timetable gives a drive: rounded up, at least one."""
    return max(1, -(-deciseconds // DECISECONDS_PER_MINUTE))


def routes(
    extract: Path | Network,
    places: Sequence[Place],
    pairs: Iterable[tuple[str, str]],
    *,
    bus: Bus | None = None,
) -> dict[tuple[str, str], tuple[Point, ...]]:
    """Return the line of the quickest way between some pairs of places.

    Parameters
    ----------
    pairs
        Codes, from and to. A pair no bus drives is left out of the result.

    Returns
    -------
    dict
        Longitudes and latitudes, degrees; a line strays from the road by five metres at
        most.

    Raises
    ------
    Refused
        The file cannot be used.
    """
    network = extract if isinstance(extract, Network) else load(extract, bus)
    located = dict(
        zip((each.code for each in places), spots(network, places)[0], strict=True)
    )
    wanted: dict[str, list[str]] = {}
    for here, there in pairs:
        wanted.setdefault(here, []).append(there)
    search_ = _Search(network)
    found: dict[tuple[str, str], tuple[Point, ...]] = {}
    for here, others in wanted.items():
        if not located[here].arcs:
            continue
        drives = search_.from_(located[here], [located[each] for each in others])
        for there, drive in zip(others, drives, strict=True):
            if drive is not None:
                found[here, there] = simplified(_line(network, drive))
    return found


def _name(place: Place) -> str:
    return place.name or place.code


class _Search:
    """Looks for quickest ways; keeps its memory from one place to the next."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.usable = network.core(network.bus.length_cm)
        self.first = network.first
        self.after = forced(
            self.usable,
            self.first,
            network.head,
            network.twin,
            network.shut,
            network.ban_first,
            network.ban_to,
        )
        self.last, self.whole = runs(
            self.after, network.head, network.cost, network.delay
        )
        self.key = np.empty(len(network.tail), np.int64)
        self.parent = np.empty(len(network.tail), np.int64)
        here, there = network.tail, network.head
        narrow = np.cos(np.radians(network.lat[here]))
        east = (network.lon[there] - network.lon[here]) * narrow
        north = network.lat[there] - network.lat[here]
        length = np.maximum(np.hypot(east, north), 1e-12)
        self.east, self.north = east / length, north / length

    def from_(self, here: Spot, others: Sequence[Spot]) -> list[Drive | None]:
        network, bus = self.network, self.network.bus
        start = np.array(here.arcs, np.int64)
        share = np.array(here.along)
        rest = np.rint((1 - share) * network.cost[start]).astype(np.int64)
        search(
            start,
            rest,
            self.usable,
            self.first,
            network.head,
            network.cost,
            network.twin,
            network.shut,
            network.delay,
            network.ban_first,
            network.ban_to,
            self.east,
            self.north,
            10 * bus.turn_seconds,
            10 * bus.reverse_seconds,
            self.after,
            self.last,
            self.whole,
            self.key,
            self.parent,
        )
        return [self._to(here, each) for each in others]

    def _to(self, here: Spot, there: Spot) -> Drive | None:
        """Return the quickest drive, over the sides of the street at both ends."""
        drives = [*self._direct(here, there), *self._round(here, there)]
        return min(drives, key=lambda each: each.deciseconds, default=None)

    def _direct(self, here: Spot, there: Spot) -> Iterator[Drive]:
        shares = dict(zip(here.arcs, here.along, strict=True))
        nothing = np.empty(0, np.int64)
        for arc, until in zip(there.arcs, there.along, strict=True):
            from_ = shares.get(arc)
            if from_ is not None and from_ <= until:
                cost = round((until - from_) * self.network.cost[arc])
                yield Drive(int(cost), (arc, from_), nothing, (arc, until))

    def _round(self, here: Spot, there: Spot) -> Iterator[Drive]:
        best, arrival = -1, NEVER
        for k, arc in enumerate(there.arcs):
            came = self.key[arc] + round(there.along[k] * self.network.cost[arc])
            if self.key[arc] < NEVER and came < arrival:
                best, arrival = k, came
        if best >= 0:
            way = chain(there.arcs[best], self.parent)
            begun = -1 - int(way[0])
            begins = here.arcs[begun], here.along[begun]
            ends = there.arcs[best], there.along[best]
            yield Drive(int(arrival), begins, way[1:-1], ends)


def _line(network: Network, drive: Drive) -> list[Point]:
    if drive.direct:
        return [_point(network, *drive.begins), _point(network, *drive.ends)]
    nodes = [network.head[drive.begins[0]], *network.head[drive.between]]
    inner = [(float(network.lon[each]), float(network.lat[each])) for each in nodes]
    return [_point(network, *drive.begins), *inner, _point(network, *drive.ends)]


def _point(network: Network, arc: int, along: float) -> Point:
    here, there = network.tail[arc], network.head[arc]
    lon = network.lon[here] + along * (network.lon[there] - network.lon[here])
    lat = network.lat[here] + along * (network.lat[there] - network.lat[here])
    return float(lon), float(lat)
