"""Where the next ten facilities of Porto help most: ours, and spopt on a smaller town.

Homes and candidate sites lie at points of randomly drawn segments, people are drawn from
1 to 11 a home, and everybody walks 15 minutes at 4.8 km/h. Ours starts from the walking
graph and the attached points; spopt is given the finished matrix of who reaches what.
Needs the folder of real data named by WUGEYI_GEODATA.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.accessibility.peers import ROOT, python_of
from benchmarks.casework.measure import yardstick
from wugeyi.engines.accessibility.geometry import mm_per_degree
from wugeyi.engines.accessibility.graph import UNREACHED, Graph
from wugeyi.engines.accessibility.network import Network
from wugeyi.engines.accessibility.osm import read
from wugeyi.engines.accessibility.points import Attached
from wugeyi.engines.accessibility.siting import Choice, Sets, best, cover, prove
from wugeyi.engines.accessibility.walking import ADULT

LIMIT_MS = 15 * 60 * 1000
SITES = 10
ROUNDS = 5
PROOF_SECONDS = 300.0
MIDDLE = (-8.61, 41.15)
NEAR_M = 6_000
Told = list[tuple[str, float, str]]


def run() -> None:
    """Print what it takes, and how good what is chosen at once turns out to be."""
    console = Console()
    folder = Path(os.environ.get("WUGEYI_GEODATA", ""), "osm")
    network = read(folder / "porto.osm.pbf").network
    graph = Graph.of(network, ADULT)
    console.print(
        f"Porto: {graph.n:,} nodes, {len(graph.tail):,} segments;"
        f" yardstick {yardstick():.0f} ms, load {os.getloadavg()[0]:.1f}"
    )
    everywhere = np.arange(len(graph.tail))
    large(console, graph, everywhere, "anywhere")
    large(console, graph, inside(network), "in the city's middle")
    small(console, graph, everywhere)


def inside(network: Network) -> Any:
    """Return the segments within six kilometres of Porto's middle."""
    east, north = (float(mm) / 1000 for mm in mm_per_degree(MIDDLE[1]))
    x = (network.lon[network.tail] - MIDDLE[0]) * east
    y = (network.lat[network.tail] - MIDDLE[1]) * north
    return np.flatnonzero(np.hypot(x, y) < NEAR_M)


def large(console: Console, graph: Graph, segments: Any, where: str) -> None:
    sites, homes, people = drawn(graph, segments, 1_000, 100_000)
    sets, covering = timed(lambda: cover(graph, sites, homes, LIMIT_MS))
    choice, choosing = timed(lambda: best(sets, people, SITES))
    proof, proving = once(lambda: prove(sets, people, SITES, seconds=PROOF_SECONDS))
    share = choice.people / proof.people
    console.print(
        table(
            f"100,000 homes, 1,000 candidates {where}, 10 sites",
            [
                ("who walks to which site", covering, f"{len(sets.home):,} pairs"),
                ("sites at once, with a bound", choosing, told(choice)),
                ("both (goal 0.5)", covering + choosing, f"{share:.2%} of the best"),
                ("the proof besides", proving, told(proof)),
            ],
        )
    )


def small(console: Console, graph: Graph, segments: Any) -> None:
    sites, homes, people = drawn(graph, segments, 300, 20_000)

    def ours() -> tuple[Sets, Choice]:
        sets = cover(graph, sites, homes, LIMIT_MS)
        return sets, prove(sets, people, SITES, seconds=PROOF_SECONDS)

    (sets, choice), seconds = timed(ours)
    console.print("spopt builds and solves the same; a minute or two …")
    theirs = asked_of_spopt(sets, people)
    whole = theirs["build"] + theirs["solve"]
    rows = [
        ("ours, walking times to proof", seconds, told(choice)),
        ("spopt, building", theirs["build"], ""),
        ("spopt, solving (CBC)", theirs["solve"], f"{theirs['people']:,} people"),
        ("spopt × ours (goal 500)", whole / seconds, ""),
    ]
    console.print(table("20,000 homes, 300 candidates, 10 sites", rows))
    if theirs["people"] != choice.people:
        raise SystemExit("the two disagree")


def drawn(
    graph: Graph, segments: Any, sites: int, homes: int
) -> tuple[Attached, Attached, Any]:
    """Draw points and people; the same ones every time."""
    chance = np.random.default_rng(20260101)

    def points(count: int, off_mm: int) -> Attached:
        edge = segments[chance.integers(0, len(segments), count)].astype(np.int32)
        share = (chance.random(count) * graph.length_mm[edge]).astype(np.int32)
        off = chance.integers(0, off_mm, count).astype(np.int32)
        return Attached(edge, share, off)

    return points(sites, 5_000), points(homes, 20_000), chance.integers(1, 12, homes)


def asked_of_spopt(sets: Sets, people: Any) -> dict[str, Any]:
    """Hand the matrix over in a file; what a home cannot reach is far away."""
    matrix = np.full((sets.homes, sets.sites), float(UNREACHED))
    site = np.repeat(np.arange(sets.sites), np.diff(sets.start))
    matrix[sets.home, site] = 1.0
    with tempfile.TemporaryDirectory(prefix="wugeyi-bench-") as name:
        path = Path(name, "town.npz")
        np.savez(path, matrix=matrix, people=people)
        words = [python_of("spopt"), ROOT / "benchmarks/accessibility/peer_spopt.py"]
        done = subprocess.run(
            [*words, path, str(SITES), str(LIMIT_MS)],
            stdout=subprocess.PIPE,
            cwd=name,
            text=True,
            check=True,
        )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return the answer, and the median of the CPU seconds of warm rounds."""
    answer = work()
    return answer, median(once(work)[1] for _ in range(ROUNDS))


def once(work: Callable[[], Any]) -> tuple[Any, float]:
    began = process_time()
    answer = work()
    return answer, process_time() - began


def told(choice: Choice) -> str:
    end = "proven" if choice.proven else f"gap {choice.gap:.2%}"
    return f"{choice.people:,} people, {end}"


def table(title: str, rows: Told) -> Table:
    made = Table(title=title)
    made.add_column("what")
    made.add_column("CPU s", justify="right")
    made.add_column("found")
    for what, seconds, found in rows:
        made.add_row(what, f"{seconds:,.3f}", found)
    return made


if __name__ == "__main__":
    run()
