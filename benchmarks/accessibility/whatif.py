"""What a footbridge or a facility changes in Porto, with the list of who gains.

50,000 homes and twelve categories of facilities on random segments, 15 minutes at 4.8
km/h; each question through the Python API, from the scenario to the list. Some answers are
compared with searching the changed network from nothing. Needs the folder of real data
named by WUGEYI_GEODATA.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from time import process_time
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.spatial import cKDTree

from benchmarks.accessibility.cities import (
    COUNTS,
    LIMIT_MS,
    by_scipy,
    city,
    matrix,
    network,
    seconds,
)
from benchmarks.casework.measure import yardstick
from wugeyi.engines.accessibility.changes import (
    CloseFacility,
    CloseLink,
    OpenFacility,
    OpenLink,
    Place,
    Scenario,
)
from wugeyi.engines.accessibility.contraction import prepare
from wugeyi.engines.accessibility.graph import Graph
from wugeyi.engines.accessibility.points import Attached
from wugeyi.engines.accessibility.reach import reach_points
from wugeyi.engines.accessibility.walking import ADULT, FORBIDDEN
from wugeyi.engines.accessibility.whatif import State, apply, begin

HOMES = 50_000
QUESTIONS = 400
COMPARED = 10
BRIDGE_M = 150
METRES_A_DEGREE = 111_320


class Town:
    """Porto, and questions about it; the same ones every time."""

    def __init__(self) -> None:
        self.network = network("porto")
        self.graph = Graph.of(self.network, ADULT)
        self.chance = np.random.default_rng(20260101)
        self.places = [self.points(count, 5_000) for count in COUNTS]
        self.homes = self.points(HOMES, 20_000)
        lat = self.network.lat
        east = self.network.lon * np.cos(np.radians(lat.mean()))
        self.tree = cKDTree(np.stack([east, lat], 1) * METRES_A_DEGREE)

    def points(self, count: int, off_mm: int) -> Attached:
        edge = self.chance.integers(0, len(self.graph.tail), count).astype(np.int32)
        share = self.chance.random(count) * self.graph.length_mm[edge]
        off = self.chance.integers(0, off_mm, count).astype(np.int32)
        return Attached(edge, share.astype(np.int32), off)

    def any_edge(self) -> int:
        return int(self.chance.integers(len(self.graph.tail)))

    def bridge(self) -> Scenario:
        """Join two nodes that are near each other as the crow flies."""
        start = int(self.chance.integers(self.graph.n))
        near = self.tree.query_ball_point(self.tree.data[start], BRIDGE_M)
        end = int(self.chance.choice(near))
        metres = float(np.hypot(*(self.tree.data[start] - self.tree.data[end])))
        ms = max(1, round(metres * 1_000_000 / ADULT.speed_mm_s))
        return Scenario((OpenLink(Place(node=start), Place(node=end), ms),))

    def facility(self) -> Scenario:
        category = int(self.chance.integers(len(COUNTS)))
        return Scenario((OpenFacility(category, Place(self.any_edge())),))

    def closed_way(self) -> Scenario:
        return Scenario((CloseLink((self.any_edge(),)),))

    def closed_facility(self) -> Scenario:
        category = int(self.chance.integers(len(COUNTS)))
        index = int(self.chance.integers(COUNTS[category]))
        return Scenario((CloseFacility(category, index),))


def run() -> None:
    """Print the table; stop with code 1 if an answer differs from a new search."""
    console = Console()
    town = Town()
    prepared = prepare(town.graph)
    state = begin(prepared, town.places, town.homes, LIMIT_MS)
    raw = city("Porto", town.graph, town.network.lon, town.network.lat)
    turned = matrix(town.graph)
    beginning, again, theirs = seconds(
        3,
        lambda: begin(prepared, town.places, town.homes, LIMIT_MS),
        lambda: reach_points(prepared, town.places, town.homes, LIMIT_MS),
        lambda: by_scipy(turned, raw.groups),
    )
    console.print(
        f"Porto, {HOMES:,} homes, yardstick {yardstick():.0f} ms, load"
        f" {os.getloadavg()[0]:.1f}; beginning {beginning * 1000:.0f} ms, all homes anew"
        f" {again * 1000:.0f} ms, scipy's nodes anew {theirs * 1000:.0f} ms"
    )
    table = Table(title=f"CPU ms a question, {QUESTIONS} questions each")
    table.add_column("what")
    for head in ("median", "goal", "p95", "most", "changes", "at most", "differ"):
        table.add_column(head, justify="right")
    wrong = 0
    for what, draw in (
        ("a footbridge opens", town.bridge),
        ("a facility opens", town.facility),
        ("a way is closed", town.closed_way),
        ("a facility is closed", town.closed_facility),
    ):
        wrong += ask(table, town, state, what, draw)
    console.print(table)
    if wrong:
        raise SystemExit("answers differ from searching anew")


def ask(
    table: Table, town: Town, state: State, what: str, draw: Callable[[], Scenario]
) -> int:
    spent, sizes, wrong = [], [], 0
    for number in range(QUESTIONS):
        scenario = draw()
        began = process_time()
        outcome = apply(state, scenario)
        spent.append((process_time() - began) * 1000)
        sizes.append(len(outcome))
        if number < COMPARED:
            found = state.home_ms.copy()
            found[outcome.category, outcome.home] = outcome.after_ms
            wrong += int((found != anew(town, scenario)).sum())
    table.add_row(
        what,
        f"{np.median(spent):.2f}",
        "≤ 1",
        f"{np.percentile(spent, 95):.2f}",
        f"{max(spent):.2f}",
        f"{np.median(sizes):,.0f}",
        f"{max(sizes):,}",
        f"{wrong} of {COMPARED * HOMES * len(COUNTS):,}",
    )
    return wrong


def anew(town: Town, scenario: Scenario) -> Any:
    """Search the changed network from nothing."""
    graph, places, homes = town.graph, list(town.places), town.homes
    for change in scenario.changes:
        match change:
            case OpenLink():
                graph = joined(graph, change)
            case CloseLink():
                shut = graph.forward_ms.copy()
                shut[list(change.edges)] = FORBIDDEN
                graph = replace(graph, forward_ms=shut, backward_ms=shut.copy())
            case OpenFacility():
                there, more = places[change.category], change.place
                places[change.category] = Attached(
                    np.append(there.edge, np.int32(more.edge)),
                    np.append(there.share_mm, np.int32(more.share_mm)),
                    np.append(there.off_mm, np.int32(more.off_mm)),
                )
            case CloseFacility():
                there = places[change.category]
                columns = (there.edge, there.share_mm, there.off_mm)
                left = (np.delete(column, change.index) for column in columns)
                places[change.category] = Attached(*left)
    return reach_points(prepare(graph), places, homes, LIMIT_MS)


def joined(graph: Graph, link: OpenLink) -> Graph:
    added = (link.start.node, link.end.node, link.forward_ms, link.forward_ms, 1)
    names = ("tail", "head", "forward_ms", "backward_ms", "length_mm")
    longer = {
        name: np.append(getattr(graph, name), np.int32(value))
        for name, value in zip(names, added, strict=True)
    }
    return replace(graph, **longer)


if __name__ == "__main__":
    run()
