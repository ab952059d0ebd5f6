"""`import` and `export`: a walking network from a map, and for a GIS."""

from typing import Any

import numpy as np
import shapely

from wugeyi.engines.accessibility import files
from wugeyi.engines.accessibility.command.screen import Screen
from wugeyi.engines.accessibility.elevation import rise
from wugeyi.engines.accessibility.export import Sheet, check, write
from wugeyi.engines.accessibility.findings import Refused
from wugeyi.engines.accessibility.network import Flag, Network, load
from wugeyi.engines.accessibility.osm import read


def import_(screen: Screen, given: Any) -> None:
    """Read OpenStreetMap data; save the network, and tables if asked for."""
    tables = [path for path in (given.homes, given.facilities) if path]
    for path in tables:
        check(path)
    if not given.out.absolute().parent.is_dir():
        raise Refused("export-folder", str(given.out.parent))
    kinds = files.template_of(given.template)
    with screen.working("reading", name=given.osm.name):
        extract = read(given.osm, private=given.private)
        network, findings = extract.network, extract.findings
        if given.dem:
            risen, more = rise(network, given.dem)
            network, findings = network.with_rise(risen), [*findings, *more]
    files.save_network(given.out, network)
    screen.findings(findings)
    _describe(screen, given.osm.name, network)
    if given.homes:
        count = files.save_homes(given.homes, extract.buildings, network)
        screen.tell("written", path=given.homes, count=count)
    if given.facilities:
        count = files.save_facilities(
            given.facilities, extract.amenities, kinds, network
        )
        screen.tell("written", path=given.facilities, count=count)
    screen.tell("written", path=given.out, count=network.segments)
    attribution(screen, network)


def _describe(screen: Screen, name: str, network: Network) -> None:
    largest = float((network.component == 0).mean())
    screen.tell(
        "network-is",
        name=name,
        nodes=f"{network.nodes:,}",
        segments=f"{network.segments:,}",
        km=f"{network.length_mm.sum(dtype=np.int64) / 1e6:,.1f}",
        share=f"{largest:.1%}",
    )


def attribution(screen: Screen, network: Network) -> None:
    """Say whose data the map is; its licence asks for that."""
    if network.attribution:
        screen.tell(
            "attribution", attribution=network.attribution, licence=network.licence
        )


def export(screen: Screen, given: Any) -> None:
    """Write a row for each segment."""
    check(given.out)
    network = load(given.network)
    ends = np.stack(
        [
            np.stack([network.lon[end], network.lat[end]], axis=1)
            for end in (network.tail, network.head)
        ],
        axis=1,
    )
    columns: dict[str, Any] = {
        "way": network.way,
        "length_m": np.round(network.length_mm / 1000, 3),
        "oneway": network.oneway,
        "component": network.component[network.tail],
    }
    for flag in Flag:
        columns[flag.name.lower() if flag.name else ""] = (
            network.flags & int(flag)
        ) != 0
    if network.rise_mm is not None:
        columns["rise_m"] = np.round(network.rise_mm / 1000, 2)
    sheet = Sheet(columns, shapely.linestrings(ends), files.terms(network))
    write(given.out, sheet)
    screen.tell("written", path=given.out, count=network.segments)
    attribution(screen, network)
