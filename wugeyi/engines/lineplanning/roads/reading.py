"""An extract of OpenStreetMap → the network a bus drives on."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from wugeyi.engines.lineplanning.findings import Finding, Refused
from wugeyi.engines.lineplanning.roads.bus import Bus
from wugeyi.engines.lineplanning.roads.network import Array, Network, lengths
from wugeyi.engines.lineplanning.roads.passable import (
    ALLOWED,
    Passable,
    delay_seconds,
    passable,
    shut,
)

KEYS = ("highway", "barrier", "restriction", "restriction:bus")
MAGIC = {b"\x1f\x8b": "osm.gz", b"BZh": "osm.bz2"}
DECISECONDS_OF_METRE_AT_KM_PER_HOUR = 36
SEEN_BYTES = 4096


class Restriction(NamedTuple):
    """A sign that forbids to go on from one way to another at a node, or to others."""

    from_way: int
    via: int
    to_way: int
    only: bool


@dataclass(slots=True)
class Found:
    """What is gathered from the map, way by way."""

    roads: list[tuple[int, Passable]] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)
    many: list[int] = field(default_factory=list)
    marks: dict[int, tuple[int, bool]] = field(default_factory=dict)
    restrictions: list[Restriction] = field(default_factory=list)
    cut: int = 0
    skipped: int = 0


def load(extract: Path, bus: Bus | None = None) -> Network:
    """Read an extract: PBF or XML, packed or not; the contents decide which.

    Raises
    ------
    Refused
        It is not there, is no map, is damaged, or has no road for a bus.
    """
    bus = bus or Bus()
    found = _gathered(extract, bus)
    if not found.roads:
        raise _refused("map-no-roads", extract)
    return _joined(found, bus, extract)


def _refused(code: str, extract: Path, **values: str) -> Refused:
    return Refused(Finding(code, "error", extract.name, values))


def _gathered(extract: Path, bus: Bus) -> Found:
    import osmium

    found = Found()
    try:
        source = osmium.io.File(str(extract), _format(extract))
        objects = osmium.FileProcessor(source).with_locations()
        for each in objects.with_filter(osmium.filter.KeyFilter(*KEYS)):
            _take(found, each, bus)
    except (RuntimeError, ValueError, OSError) as problem:
        if isinstance(problem, Refused):
            raise
        raise _refused("map-damaged", extract, detail=str(problem)[:200]) from problem
    return found


def _take(found: Found, each: Any, bus: Bus) -> None:
    if each.is_node():
        _mark(found, each, bus)
    elif each.is_way():
        _road(found, each, bus)
    elif each.is_relation():
        _restriction(found, each)


def _format(extract: Path) -> str:
    """Return osmium's name of the format, by what the file holds, not by its name."""
    try:
        with extract.open("rb") as file:
            head = file.read(SEEN_BYTES)
    except (FileNotFoundError, IsADirectoryError):
        raise _refused("map-missing", extract) from None
    for magic, name in MAGIC.items():
        if head.startswith(magic):
            return name
    if b"OSMHeader" in head[:64]:
        return "pbf"
    if b"<osm" in head:
        return "osm"
    raise _refused("map-foreign", extract)


def _mark(found: Found, node: Any, bus: Bus) -> None:
    tags = dict(node.tags)
    closed, seconds = shut(tags, bus), delay_seconds(tags, bus)
    if closed or seconds:
        found.marks[node.id] = (10 * seconds, closed)


def _road(found: Found, way: Any, bus: Bus) -> None:
    road = passable(dict(way.tags), bus)
    if road is None:
        return
    placed = [each for each in way.nodes if each.location.valid()]
    # An extract's border cuts ways; what is left of one is taken as it lies.
    found.cut += len(placed) < len(way.nodes)
    if len(placed) < 2:
        return
    found.roads.append((way.id, road))
    found.many.append(len(placed))
    found.nodes += [each.ref for each in placed]
    found.places += [(each.location.lon, each.location.lat) for each in placed]


def _restriction(found: Found, relation: Any) -> None:
    tags: dict[str, str] = dict(relation.tags)
    sign = tags.get("restriction:bus", tags.get("restriction", ""))
    excepted = set(tags.get("except", "").split(";")) & {"bus", "psv"}
    if excepted or tags.get("type") != "restriction" or sign in ALLOWED:
        return
    ends = {each.role: (each.type, each.ref) for each in relation.members}
    kinds = [ends.get(role, ("", 0))[0] for role in ("from", "via", "to")]
    if kinds != ["w", "n", "w"] or not sign.startswith(("no_", "only_")):
        found.skipped += 1
        return
    from_way, via, to_way = (ends[role][1] for role in ("from", "via", "to"))
    only = sign.startswith("only_")
    found.restrictions.append(Restriction(from_way, via, to_way, only))


def _joined(found: Found, bus: Bus, extract: Path) -> Network:
    names, node = np.unique(np.array(found.nodes, np.int64), return_inverse=True)
    lon, lat = np.empty((2, len(names)))
    places = np.array(found.places)
    lon[node], lat[node] = places[:, 0], places[:, 1]
    owner = np.repeat(np.arange(len(found.roads)), found.many)
    starts = np.flatnonzero((owner[:-1] == owner[1:]) & (node[:-1] != node[1:]))
    arcs = _arcs(found, owner[starts], node[starts], node[starts + 1])
    order = np.lexsort((arcs["head"], arcs["tail"]))
    arcs = {name: values[order] for name, values in arcs.items()}
    metres = lengths(lon, lat, arcs["tail"], arcs["head"])
    per_metre = DECISECONDS_OF_METRE_AT_KM_PER_HOUR / arcs["speed"]
    cost = np.maximum(1, np.rint(metres * per_metre)).astype(np.int64)
    delay, closed = _marked(found, names)
    bans = _bans(found.restrictions, names, arcs)
    return Network(
        bus=bus,
        lon=lon,
        lat=lat,
        delay=delay,
        shut=closed,
        tail=arcs["tail"],
        head=arcs["head"],
        cost=cost,
        metres=metres,
        twin=_twins(arcs["piece"], arcs["tail"]),
        longest_cm=arcs["longest"],
        way=arcs["way"],
        ban_first=bans[0],
        ban_to=bans[1],
        findings=_noticed(found, extract),
    )


def _arcs(found: Found, owner: Array, tail: Array, head: Array) -> dict[str, Array]:
    """Return arcs along and against each piece of road, where a bus may go."""
    roads = [road for _, road in found.roads]
    ways = np.array([way for way, _ in found.roads], np.int64)
    longest = np.array([each.longest_cm for each in roads], np.int64)
    speeds = np.array([(each.forward, each.backward) for each in roads])
    piece = np.arange(len(owner))
    halves = []
    for number, (here, there) in enumerate(((tail, head), (head, tail))):
        speed = speeds[owner, number]
        goes = speed > 0
        halves.append(
            {
                "tail": here[goes],
                "head": there[goes],
                "speed": speed[goes],
                "piece": piece[goes],
                "way": ways[owner[goes]],
                "longest": longest[owner[goes]],
            }
        )
    along, against = halves
    return {name: np.concatenate((along[name], against[name])) for name in along}


def _twins(piece: Array, tail: Array) -> Array:
    """Return the other arc of each arc's piece of road, -1 where it is one-way."""
    twin = np.full(len(piece), -1, np.int64)
    order = np.lexsort((tail, piece))
    pairs = np.flatnonzero(piece[order][:-1] == piece[order][1:])
    one, other = order[pairs], order[pairs + 1]
    twin[one], twin[other] = other, one
    return twin


def _marked(found: Found, names: Array) -> tuple[Array, Array]:
    delay, closed = np.zeros(len(names), np.int64), np.zeros(len(names), bool)
    for name, (seconds, is_shut) in found.marks.items():
        at = int(np.searchsorted(names, name))
        if at < len(names) and names[at] == name:
            delay[at], closed[at] = seconds, is_shut
    return delay, closed


def _bans(
    restrictions: list[Restriction], names: Array, arcs: dict[str, Array]
) -> tuple[Array, Array]:
    tail, head, way = arcs["tail"], arcs["head"], arcs["way"]
    banned: set[tuple[int, int]] = set()
    for each in restrictions:
        via = int(np.searchsorted(names, each.via))
        if via == len(names) or names[via] != each.via:
            continue
        out = np.arange(*np.searchsorted(tail, (via, via + 1)))
        onto = way[out] == each.to_way
        if each.only and not onto.any():
            continue
        arriving = np.flatnonzero((head == via) & (way == each.from_way))
        forbidden = out[~onto] if each.only else out[onto]
        banned.update((int(a), int(b)) for a in arriving for b in forbidden)
    pairs = np.array(sorted(banned), np.int64).reshape(-1, 2)
    first = np.searchsorted(pairs[:, 0], np.arange(len(tail) + 1)).astype(np.int64)
    return first, pairs[:, 1].copy()


def _noticed(found: Found, extract: Path) -> tuple[Finding, ...]:
    told = []
    if found.cut:
        told.append(Finding("map-cut", "note", extract.name, {"many": found.cut}))
    if found.skipped:
        values = {"many": found.skipped}
        told.append(Finding("map-turns", "note", extract.name, values))
    return tuple(told)
