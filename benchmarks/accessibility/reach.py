"""Walking times of a whole city for twelve categories: ours, scipy and pandana.

The same graph, the same facilities on random nodes, 15 minutes at 4.8 km/h; one thread.
scipy's compressed matrix and our prepared graph are made beforehand, and what that takes
is told apart. Every time of ours is compared with scipy's. Needs the folder of real data
named by WUGEYI_GEODATA.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.accessibility.cities import (
    COUNTS,
    LIMIT_MS,
    City,
    by_scipy,
    city,
    folder,
    matrix,
    network,
    seconds,
    whole,
)
from benchmarks.accessibility.peers import ROOT, python_of
from benchmarks.casework.measure import yardstick
from wugeyi.engines.accessibility import kernels
from wugeyi.engines.accessibility.contraction import Prepared, prepare
from wugeyi.engines.accessibility.elevation import rise
from wugeyi.engines.accessibility.graph import Graph
from wugeyi.engines.accessibility.reach import nearest, reach
from wugeyi.engines.accessibility.walking import ADULT, Pace

ROUNDS = 9
MEGA = 1e6


def run() -> None:
    """Print the tables; stop with code 1 where ours and scipy's times differ."""
    console = Console()
    console.print(f"yardstick {yardstick():.0f} ms, load {os.getloadavg()[0]:.1f}")
    table = Table(title="12 categories, 15 minutes: CPU ms, medians")
    table.add_column("city")
    heads = ("nodes", "edges", "ours", "scipy", "×", "goal", "pandana", "×", "one pass")
    for head in (*heads, "with which one", "preparing", "bytes a node"):
        table.add_column(head, justify="right")
    differ = 0
    for town, goal, peer in towns():
        differ += one(console, table, town, goal, peer=peer)
    console.print(table)
    console.print(
        "One pass: the compressed matrix times a vector, twelve times. With which one:"
        " also telling which facility is nearest."
    )
    if differ:
        raise SystemExit(f"{differ} times differ from scipy's")


def towns() -> list[tuple[City, str, bool]]:
    porto = network("porto")
    raw = Graph.of(porto, ADULT)
    joined, nodes = junctions(raw)
    valley = network("andorra")
    heights, _findings = rise(valley, sorted((folder() / "dem").iterdir()))
    flat = Graph.of(valley, ADULT)
    steep = Graph.of(valley.with_rise(heights), Pace(ADULT.speed_mm_s, slope=True))
    lon, lat = porto.lon, porto.lat
    small = network("liechtenstein")
    level = Graph.of(small, ADULT)
    return [
        (city("Porto", raw, lon, lat), "≥ 12, 25; ≥ 200, 400", True),
        (city("Porto, junctions", joined, lon[nodes], lat[nodes]), "≥ 5; ≥ 100", True),
        (city("Liechtenstein", level, small.lon, small.lat), "", True),
        (city("Andorra, level", flat, valley.lon, valley.lat), "", False),
        (city("Andorra, slopes", steep, valley.lon, valley.lat), "≥ 6", False),
    ]


def junctions(graph: Graph) -> tuple[Graph, Any]:
    """Return the graph of junctions and dead ends, chains made one edge; its nodes."""
    start, to, out_ms, in_ms = kernels.adjacency(
        graph.n, graph.tail, graph.head, graph.forward_ms, graph.backward_ms
    )
    none = np.full(graph.n, -1, np.int32)
    degree = np.diff(start).astype(np.int32)
    hubs, ends, first, _inner, there, back, _number = kernels.chains(
        graph.n, start, to, out_ms, in_ms, none, degree
    )
    forward, backward, *_rest = kernels.along(first, there, back)
    tail, head = ends[:, 0], ends[:, 1]
    return Graph.bare(len(hubs), tail, head, forward, backward), hubs


def one(console: Console, table: Table, town: City, goal: str, *, peer: bool) -> int:
    graph, prepared, turned = town.graph, prepare(town.graph), matrix(town.graph)
    places = [graph.at_nodes(nodes) for nodes in town.groups]
    vector = np.ones(graph.n)

    def once_through() -> None:
        for _ in places:
            turned @ vector

    ours, theirs, least, labelled, preparing = seconds(
        ROUNDS,
        lambda: reach(prepared, places, LIMIT_MS),
        lambda: by_scipy(turned, town.groups),
        once_through,
        lambda: nearest(prepared, places, LIMIT_MS),
        lambda: prepare(graph),
    )
    found = reach(prepared, places, LIMIT_MS)
    differ = int((found != whole(by_scipy(turned, town.groups))).sum())
    other = pandana(town) if peer else {}
    if peer:
        tell(console, town, found, other)
    table.add_row(
        town.name,
        f"{graph.n:,}",
        f"{len(graph.tail):,}",
        f"{ours * 1000:.1f}",
        f"{theirs * 1000:.0f}",
        f"{theirs / ours:.1f}",
        goal,
        f"{other['query'] * 1000:,.0f}" if peer else "",
        f"{other['query'] / ours:.0f}" if peer else "",
        f"{least * 1000:.1f}",
        f"{labelled * 1000:.1f}",
        f"{preparing * 1000:.0f}",
        f"{size(prepared):.0f}",
    )
    return differ


def size(prepared: Prepared) -> float:
    return prepared.nbytes / prepared.graph.n


def tell(console: Console, town: City, found: Any, other: dict[str, Any]) -> None:
    theirs = np.rint(other["answers"] * 1000)
    # Its times end at the limit, which also stands for "farther".
    ours = np.minimum(found, LIMIT_MS)
    apart = np.abs(np.minimum(theirs, LIMIT_MS) - ours)
    console.print(
        f"{town.name}: pandana builds for {other['build']:.1f} s; {(apart > 0).sum():,}"
        f" of {apart.size:,} times differ from ours, by at most {apart.max():,.0f} ms"
    )


def pandana(town: City) -> dict[str, Any]:
    """Hand the city over in a file."""
    with tempfile.TemporaryDirectory(prefix="wugeyi-bench-") as name:
        path, answers = Path(name, "town.npz"), Path(name, "answers.npy")
        graph = town.graph
        np.savez(
            path,
            lon=town.lon,
            lat=town.lat,
            tail=graph.tail,
            head=graph.head,
            ms=graph.forward_ms,
            nodes=np.concatenate(town.groups),
            counts=np.array(COUNTS),
            limit=LIMIT_MS,
        )
        words = [python_of("pandana"), "-W", "ignore"]
        script = ROOT / "benchmarks/accessibility/peer_pandana.py"
        done = subprocess.run(
            [*words, script, path, answers],
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            cwd=name,
            text=True,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told | {"answers": np.load(answers)}


if __name__ == "__main__":
    run()
