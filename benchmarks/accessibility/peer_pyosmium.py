"""Walkways by pyosmium alone, its filters in C++, its objects in Python: ``path rounds``.

Nodes are numbered in a dictionary, as a program would that knows no more than osmium.
"""

import json
import resource
import sys
from array import array
from importlib.metadata import version
from time import process_time

import osmium

NOT_WALKED = {"motorway", "motorway_link", "construction", "proposed", "raceway"}


def read(path: str) -> tuple[int, int]:
    places: dict[int, tuple[int, int]] = {}
    tail, head, way_of = array("q"), array("q"), array("q")
    ways = (
        osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY)
        .with_locations("flex_mem")
        .with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        .with_filter(osmium.filter.KeyFilter("highway"))
    )
    for way in ways:
        tags = dict(way.tags)
        if tags["highway"] in NOT_WALKED or tags.get("foot") == "no":
            continue
        if tags.get("access") in {"no", "private"} and "foot" not in tags:
            continue
        before = 0
        for node in way.nodes:
            places[node.ref] = (node.x, node.y)
            if before:
                tail.append(before)
                head.append(node.ref)
                way_of.append(way.id)
            before = node.ref
    return len(places), len(tail)


def main(path: str, rounds: str) -> None:
    seconds = []
    peak = 0
    for _ in range(int(rounds)):
        began = process_time()
        nodes, segments = read(path)
        seconds.append(process_time() - began)
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = {
        "seconds": seconds,
        "peak_mb": peak / 1024,
        "nodes": nodes,
        "segments": segments,
        "version": version("osmium"),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
