"""Our reading of a map, run in a process of its own: ``path rounds``."""

import json
import resource
import sys
from pathlib import Path
from time import process_time

from wugeyi.engines.accessibility.osm import read


def main(path: str, rounds: str) -> None:
    seconds = []
    peak = 0
    for _ in range(int(rounds)):
        began = process_time()
        network = read(Path(path)).network
        seconds.append(process_time() - began)
        # Of one reading: what a program needs that reads a map and goes on.
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = {
        "seconds": seconds,
        "peak_mb": peak / 1024,
        "nodes": network.nodes,
        "segments": network.segments,
        "version": "this one",
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
