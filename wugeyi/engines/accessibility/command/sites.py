"""`site`: where the next facilities help the most people."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility import export, files
from wugeyi.engines.accessibility.command.areas import category_of
from wugeyi.engines.accessibility.command.networks import attribution
from wugeyi.engines.accessibility.command.screen import Screen
from wugeyi.engines.accessibility.command.towns import (
    graph_of,
    pace_of,
    place_text,
    town_of,
)
from wugeyi.engines.accessibility.coordinates import System
from wugeyi.engines.accessibility.export import Sheet
from wugeyi.engines.accessibility.files import Town, attached
from wugeyi.engines.accessibility.geometry import mm_per_degree
from wugeyi.engines.accessibility.graph import Graph, Spots
from wugeyi.engines.accessibility.siting import Choice, Sets, best, cover, prove
from wugeyi.engines.accessibility.tables import read_homes

Array = NDArray[Any]
CORNER_M = 100.0
MOST_CORNERS = 2_000
UNLIMITED = 10**9
"""Places of a facility whose table says nothing."""


def site(screen: Screen, given: Any) -> None:
    """Choose sites, prove them if asked, show and write them."""
    if given.out:
        export.check(given.out)
    town = town_of(screen, given)
    kind = category_of(town, given.category)
    pace = pace_of(given)
    graph = graph_of(town.network, pace, given.network.name)
    limit = town.limits_ms(pace.speed_mm_s, given.minutes)[kind]
    names, lon, lat, spots = _candidates(screen, given, town, graph)
    people = _people(screen, given, town)
    with screen.working("walking"):
        sets = _joined(
            cover(graph, spots, town.doors, limit),
            cover(graph, town.entrances[kind], town.doors, limit),
        )
    options: dict[str, Any] = {
        "standing": tuple(range(len(names), sets.sites)),
    }
    if given.places:
        room = [row.capacity for row in town.facilities[kind]]
        held = [UNLIMITED if each is None else each for each in room]
        options["places"] = [given.places] * len(names) + held
    with screen.progress("searching") as progress:
        options["progress"] = progress
        if given.prove:
            options["seconds"] = float(given.prove)
        choose = prove if given.prove else best
        choice = choose(sets, people, given.sites, **options)
    _show(screen, town, kind, choice, (names, lon, lat))
    if given.out:
        chosen = list(choice.sites)
        columns: dict[str, Any] = {
            "name": [names[number] for number in chosen],
            "people_added": list(choice.gains),
            "people_bound": [choice.bound] * len(chosen),
            "proven": [choice.proven] * len(chosen),
        }
        places = export.points(lon[chosen], lat[chosen])
        export.write(given.out, Sheet(columns, places, files.terms(town.network)))
        screen.tell("written", path=given.out, count=len(chosen))
    attribution(screen, town.network)


def _candidates(
    screen: Screen, given: Any, town: Town, graph: Graph
) -> tuple[list[str], Array, Array, Spots]:
    """Return names, places and spots of the sites one may choose."""
    if given.candidates:
        read = read_homes(
            given.candidates, system=System(given.system), network=town.network
        )
        screen.findings(read.findings, given.candidates.name)
        rows = [row for row in read.rows if row.lon is not None]
        names = [place_text(screen, row.name, row.line) for row in rows]
        lon = np.array([row.lon for row in rows], np.float64)
        lat = np.array([row.lat for row in rows], np.float64)
        return names, lon, lat, graph.spots(attached(town.grid, rows))
    nodes = corners(town)
    names = [screen.text("corner", number=number + 1) for number in range(len(nodes))]
    network = town.network
    return names, network.lon[nodes], network.lat[nodes], graph.at_nodes(nodes)


def corners(town: Town) -> Array:
    """Return nodes of the main part near homes, one for each square of 100 m or more."""
    network = town.network
    placed = town.doors.edge >= 0
    if not placed.any():
        return np.zeros(0, np.int64)
    near = network.tail[town.doors.edge[placed]]
    lon, lat = network.lon[near], network.lat[near]
    east, north = (float(mm) / 1000 for mm in mm_per_degree(lat.mean()))
    inside = network.component == 0
    for place, ends in ((network.lon, lon), (network.lat, lat)):
        inside = inside & (place >= ends.min()) & (place <= ends.max())
    nodes = np.flatnonzero(inside)
    size = CORNER_M
    while True:
        column = (network.lon[nodes] * east // size).astype(np.int64)
        row = (network.lat[nodes] * north // size).astype(np.int64)
        _, first = np.unique(np.stack([column, row]), axis=1, return_index=True)
        if len(first) <= MOST_CORNERS:
            return np.sort(nodes[first])
        size *= 1.25


def _people(screen: Screen, given: Any, town: Town) -> Array:
    people = town.elderly if given.elderly else town.residents
    if people.any():
        return people
    screen.note("people-unknown")
    return np.ones(len(people), np.int64)


def _joined(one: Sets, other: Sets) -> Sets:
    """Return the sites of both, the first ones first."""
    start = np.concatenate([one.start, one.start[-1] + other.start[1:]])
    return Sets(start, np.concatenate([one.home, other.home]), one.homes)


def _show(
    screen: Screen,
    town: Town,
    kind: int,
    choice: Choice,
    where: tuple[list[str], Array, Array],
) -> None:
    if choice.stopped and not choice.proven:
        screen.tell("site-stopped")
    if not choice.sites:
        screen.tell("site-none")
        return
    names, lon, lat = where
    name = screen.name(town.template.categories[kind])
    screen.table(
        screen.text("site-title", name=name, count=len(choice.sites)),
        [screen.text(f"head-{head}") for head in ("site", "lon", "lat", "adds")],
        [
            (names[number], f"{lon[number]:.6f}", f"{lat[number]:.6f}", f"{gain:,}")
            for number, gain in zip(choice.sites, choice.gains, strict=True)
        ],
    )
    screen.tell(
        "site-proven" if choice.proven else "site-gap",
        people=f"{choice.people:,}",
        bound=f"{choice.bound:,}",
        gap=f"{choice.gap:.1%}",
    )
