"""pyrosm's reading of the walkways of a map, run by its own Python: ``path rounds``."""

import json
import resource
import sys
from time import process_time

import pyrosm
from pyrosm import OSM


def main(path: str, rounds: str) -> None:
    seconds = []
    peak = 0
    for _ in range(int(rounds)):
        began = process_time()
        nodes, edges = OSM(path).get_network(network_type="walking", nodes=True)
        seconds.append(process_time() - began)
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = {
        "seconds": seconds,
        "peak_mb": peak / 1024,
        "nodes": len(nodes),
        "segments": len(edges),
        "version": pyrosm.__version__,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
