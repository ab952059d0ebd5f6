"""Vehicle scheduling over several depots: published instances, their known optimum.

WUGEYI_LINEDATA names the folder that holds ``mdvsp/NAME.zip`` and ``mdvsp/bounds.txt``
(github.com/rafaelmartinelli/MDVSP.jl, MIT).
"""

import os
import time
import zipfile
from pathlib import Path

from wugeyi.engines.lineplanning.scheduling import schedule
from wugeyi.engines.lineplanning.scheduling.files import read_instance


def run() -> None:
    given = os.environ.get("WUGEYI_LINEDATA")
    if not given:
        print("WUGEYI_LINEDATA names no folder of instances; nothing is measured.")
        return
    folder = Path(given) / "mdvsp"
    rows = [line.split() for line in (folder / "bounds.txt").read_text().splitlines()]
    known = {name: (int(low), int(high)) for name, low, high in rows}
    print("instance    trips buses     cost    bound proven published    s  CPU s")
    for path in sorted(folder.glob("*.zip"), key=lambda each: each.stat().st_size):
        name = path.stem
        text = zipfile.ZipFile(path).read(f"{name}.inp").decode()
        trips, fleets = read_instance(text)
        started, worked = time.perf_counter(), time.process_time()
        made = schedule(trips, fleets)
        seconds, cpu = time.perf_counter() - started, time.process_time() - worked
        if made is None:
            print(f"{name:10} {trips:6} no schedule after {seconds:.0f} s", flush=True)
            continue
        print(
            f"{name:10} {trips:6} {len(made.chains):5} {made.cost:8} {made.bound:8}"
            f" {made.proven!s:>6} {known[name][1]:9} {seconds:4.0f} {cpu:6.1f}",
            flush=True,
        )
