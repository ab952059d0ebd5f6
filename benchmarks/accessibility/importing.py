"""Reading the walkways of Porto: ours, pyosmium by itself, and pyrosm.

Each reads the same file in a process of its own, a few times over. Ours also finds
buildings, facilities and what looks wrong, and ends with a network that is numbered and
measured; pyosmium's reading (``peer_pyosmium.py``) collects nodes and segments and stops
there; pyrosm returns its nodes and edges. Needs the folder that WUGEYI_GEODATA names.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.accessibility.peers import ROOT, python_of
from benchmarks.casework.measure import yardstick

ROUNDS = 5
RELOADS = 50
# What this project noted of an earlier pyrosm on a quiet machine; the present one is
# installed and measured beside.
NOTED_SECONDS, NOTED_MB = 6.3, 744
HERE = "benchmarks/accessibility"


def run() -> None:
    """Print seconds and memory of each, and how long a saved network takes to load."""
    console = Console()
    path = Path(os.environ.get("WUGEYI_GEODATA", ""), "osm", "porto.osm.pbf")
    if not path.exists():
        raise SystemExit("WUGEYI_GEODATA names no folder with osm/porto.osm.pbf")
    console.print(f"yardstick {yardstick():.0f} ms, load {os.getloadavg()[0]:.1f}")
    found = {
        "wugeyi": told(sys.executable, "inside_importing.py", path),
        "pyosmium alone": told(sys.executable, "peer_pyosmium.py", path),
        "pyrosm": told(python_of("pyrosm"), "peer_pyrosm.py", path),
    }
    console.print(compared(found))
    console.print(goals(found))
    console.print(reloaded(path))


def told(python: str | Path, script: str, path: Path) -> dict[str, Any]:
    """Let a program read the file, and return what it says of it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [python, ROOT / HERE / script, path, str(ROUNDS)],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        check=True,
    )
    # pyrosm reports its progress on the same stream.
    answer = json.loads(done.stdout.splitlines()[-1])
    return {**answer, "median": median(answer["seconds"])}


def compared(found: dict[str, dict[str, Any]]) -> Table:
    table = Table("reader", "CPU s", "peak MB", "nodes", "segments", "version")
    for name, each in found.items():
        table.add_row(
            name,
            f"{each['median']:.2f}",
            f"{each['peak_mb']:,.0f}",
            f"{each['nodes']:,}",
            f"{each['segments']:,}",
            each["version"],
        )
    return table


def goals(found: dict[str, dict[str, Any]]) -> Table:
    ours, plain, pyrosm = found["wugeyi"], found["pyosmium alone"], found["pyrosm"]
    table = Table("goal", "asked", "found")
    rows = [
        ("pyrosm's seconds ÷ ours", "≥ 4", pyrosm["median"] / ours["median"]),
        ("pyrosm's noted 6.3 s ÷ ours", "≥ 4", NOTED_SECONDS / ours["median"]),
        ("ours ÷ pyosmium alone", "≤ 1.2", ours["median"] / plain["median"]),
        ("our memory ÷ pyrosm's", "≤ 0.5", ours["peak_mb"] / pyrosm["peak_mb"]),
        ("our memory ÷ pyrosm's noted", "≤ 0.5", ours["peak_mb"] / NOTED_MB),
    ]
    for name, asked, value in rows:
        table.add_row(name, asked, f"{value:.2f}")
    return table


def reloaded(path: Path) -> str:
    """Save the network and map it into memory again and again."""
    from wugeyi.engines.accessibility.network import load
    from wugeyi.engines.accessibility.osm import read

    network = read(path).network
    with tempfile.TemporaryDirectory(prefix="wugeyi-bench-") as name:
        saved = Path(name, "porto.network")
        network.save(saved)
        seconds = []
        for _ in range(RELOADS):
            began = process_time()
            again = load(saved)
            # Touch every page of every segment: a map alone reads nothing.
            total = int(again.length_mm.sum()) + int(again.head.sum())
            seconds.append(process_time() - began)
        megabytes = saved.stat().st_size / 1e6
    if total != int(network.length_mm.sum()) + int(network.head.sum()):
        raise SystemExit("what was loaded is not what was saved")
    return f"reloading {megabytes:.1f} MB: {median(seconds) * 1000:.2f} ms"
