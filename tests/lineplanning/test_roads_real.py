"""Real streets against another library's shortest ways, over the graph of all turns."""

import csv
import random
import time
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from tests.accessibility.geodata import HAIDIAN, geodata
from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.command import main
from wugeyi.engines.lineplanning.kernels_roads import NEVER, strong
from wugeyi.engines.lineplanning.model import Place, Stop
from wugeyi.engines.lineplanning.reading import read, write
from wugeyi.engines.lineplanning.roads import Network, load, ways
from wugeyi.engines.lineplanning.roads.places import spots
from wugeyi.engines.lineplanning.roads.times import _Search


@pytest.fixture(scope="module")
def network() -> Network:
    return load(HAIDIAN)


def drawn(network: Network, many: int, seed: int) -> list[Place]:
    draw = random.Random(seed)
    nodes = network.tail[np.flatnonzero(network.core(1140))]
    return [
        Stop(
            f"s{k}",
            lat=float(network.lat[node]) + draw.gauss(0, 2e-4),
            lon=float(network.lon[node]) + draw.gauss(0, 2e-4),
        )
        for k, node in enumerate(draw.choices(nodes.tolist(), k=many))
    ]


def turns(network: Network) -> dict[int, list[tuple[int, int]]]:
    """Return which arcs follow each, and what the turn costs; slow and plain."""
    usable = network.core(1140)
    out: dict[int, list[int]] = {}
    for arc in np.flatnonzero(usable).tolist():
        out.setdefault(int(network.tail[arc]), []).append(arc)
    found: dict[int, list[tuple[int, int]]] = {}
    for arc in np.flatnonzero(usable).tolist():
        node, back = int(network.head[arc]), int(network.twin[arc])
        banned = network.ban_to[network.ban_first[arc] : network.ban_first[arc + 1]]
        others = [to for to in out.get(node, []) if to != back]
        free = [to for to in others if to not in banned.tolist()]
        delay = int(network.delay[node])
        found[arc] = []
        for to in free if not network.shut[node] else []:
            bends = len(others) > 1 and _bends(network, arc, to)
            extra = 10 * network.bus.turn_seconds if bends else 0
            found[arc].append((to, delay + extra))
        if not found[arc] and back >= 0 and usable[back]:
            found[arc].append((back, 10 * network.bus.reverse_seconds))
    return found


def _bends(network: Network, arc: int, to: int) -> bool:
    def along(each: int) -> complex:
        here, there = network.tail[each], network.head[each]
        narrow = np.cos(np.radians(network.lat[here]))
        east = (network.lon[there] - network.lon[here]) * narrow
        return complex(east, network.lat[there] - network.lat[here])

    return abs(np.angle(along(to) / along(arc), deg=True)) > 45


def test_earliest_beginnings_agree_with_scipy(network: Network) -> None:
    after = turns(network)
    arcs = len(network.tail)
    rows, columns, costs = [], [], []
    for arc, others in after.items():
        for to, wait in others:
            rows.append(arc)
            columns.append(to)
            costs.append(int(network.cost[arc]) + wait)
    graph = csr_matrix((costs, (rows, columns)), shape=(arcs, arcs))
    located, _ = spots(network, drawn(network, 12, 5))
    search = _Search(network)
    for spot in located:
        search.from_(spot, [])
        best = np.full(arcs, np.inf)
        for arc, share in zip(spot.arcs, spot.along, strict=True):
            rest = round((1 - share) * network.cost[arc])
            for to, wait in after[arc]:
                away = dijkstra(graph, indices=to) + rest + wait
                best = np.minimum(best, away)
        mine = np.where(search.key == NEVER, np.inf, search.key)
        assert np.isfinite(mine).sum() > 1000
        assert (mine == best).all()


@pytest.mark.parametrize("seed", range(20))
def test_strong_parts_agree_with_scipy(seed: int) -> None:
    draw = np.random.default_rng(seed)
    nodes, arcs = 30, int(draw.integers(0, 70))
    tail = np.sort(draw.integers(0, nodes, arcs))
    head = draw.integers(0, nodes, arcs)
    first = np.searchsorted(tail, np.arange(nodes + 1)).astype(np.int64)
    mine = strong(first, head.astype(np.int64))
    graph = csr_matrix((np.ones(arcs), (tail, head)), shape=(nodes, nodes))
    _, theirs = connected_components(graph, connection="strong")
    assert len(set(zip(mine.tolist(), theirs.tolist(), strict=True))) == len(
        set(mine.tolist())
    )
    assert len(set(mine.tolist())) == len(set(theirs.tolist()))


def test_a_detour_is_never_quicker(network: Network) -> None:
    table, _ = ways(network, drawn(network, 25, 9))
    minutes = np.array(table.minutes)
    assert (minutes >= 0).all()
    # Each is rounded up by itself; by way of a place one may turn round there.
    by_way = (minutes[:, :, None] + minutes[None, :, :]).min(axis=1)
    assert (minutes <= by_way + 2).mean() > 0.9
    assert (minutes != minutes.T).any()


def test_the_command_fills_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], network: Network
) -> None:
    case = instance.case(4, instance.Size(5, 1, 1, 1))
    write(case, tmp_path)
    places = drawn(network, 7, 3)
    for name in ("stops", "markets", "depots"):
        path = tmp_path / f"{name}.csv"
        with path.open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            place = places.pop()
            row["纬度"], row["经度"] = str(place.lat), str(place.lon)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    asked = ["ways", str(tmp_path), "--osm", str(HAIDIAN)]
    before = (tmp_path / "ways.csv").read_bytes()
    assert main(asked, language="zh") == 1
    assert "--replace" in capsys.readouterr().err
    assert (tmp_path / "ways.csv").read_bytes() == before
    assert main([*asked, "--replace"], language="zh") == 0
    assert "42 段行车时间" in capsys.readouterr().err
    again, found = read(tmp_path)
    assert "ways-assumed" not in {each.code for each in found}
    assert again.ways != case.ways
    assert main(["ways", str(tmp_path), "--osm", "none.pbf", "--replace"]) == 1


def test_seventy_places_of_a_town_are_quick(network: Network) -> None:
    places = drawn(network, 70, 1)
    ways(network, places[:2])  # compiled
    begun = time.process_time()
    table, _ = ways(network, places)
    assert time.process_time() - begun < 5
    assert all(each >= 0 for row in table.minutes for each in row)


def test_a_city_is_read_and_searched() -> None:
    network = load(geodata("osm/porto.osm.pbf"))
    places = drawn(network, 10, 2)
    table, _ = ways(network, places)
    assert all(each >= 0 for row in table.minutes for each in row)
