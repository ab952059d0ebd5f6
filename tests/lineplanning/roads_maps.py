"""Tiny maps drawn by hand: nodes on a grid of 100 m, roads between them."""

import math
from pathlib import Path
from xml.sax.saxutils import quoteattr

from wugeyi.engines.lineplanning.model import Stop

LAT, LON = 26.6, 106.6
NORTH = 100 / 6_371_008.8 * 180 / math.pi
EAST = NORTH / math.cos(math.radians(LAT))


def at(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude of a point of the grid."""
    return LAT + y * NORTH, LON + x * EAST


def stop(code: str, x: float, y: float) -> Stop:
    lat, lon = at(x, y)
    return Stop(code, lat=lat, lon=lon)


def tags(given: dict[str, str]) -> str:
    return "".join(
        f"<tag k={quoteattr(key)} v={quoteattr(value)}/>"
        for key, value in given.items()
    )


class Map:
    """Nodes are named by letters, roads by numbers from 1."""

    def __init__(self, **nodes: tuple[float, float]) -> None:
        self.nodes, self.marks = nodes, dict[str, dict[str, str]]()
        self.roads: list[str] = []
        self.signs: list[str] = []
        self.number = {name: k for k, name in enumerate(nodes, start=1)}

    def mark(self, node: str, **given: str) -> "Map":
        self.marks[node] = given
        return self

    def road(self, nodes: str, highway: str = "residential", **given: str) -> "Map":
        refs = "".join(f'<nd ref="{self.number[each]}"/>' for each in nodes)
        told = tags({"highway": highway, **given})
        self.roads.append(f'<way id="{len(self.roads) + 1}">{refs}{told}</way>')
        return self

    def sign(self, kind: str, from_road: int, via: str, to_road: int) -> "Map":
        members = "".join(
            f'<member type="{each}" ref="{ref}" role="{role}"/>'
            for each, ref, role in (
                ("way", from_road, "from"),
                ("node", self.number[via], "via"),
                ("way", to_road, "to"),
            )
        )
        told = tags({"type": "restriction", "restriction": kind})
        number = len(self.signs) + 1
        self.signs.append(f'<relation id="{number}">{members}{told}</relation>')
        return self

    def save(self, folder: Path) -> Path:
        path = folder / "map.osm"
        nodes = "".join(
            '<node id="{}" lat="{:.9f}" lon="{:.9f}">{}</node>'.format(
                self.number[name], *at(*point), tags(self.marks.get(name, {}))
            )
            for name, point in self.nodes.items()
        )
        path.write_text(
            f'<osm version="0.6">{nodes}{"".join(self.roads)}{"".join(self.signs)}</osm>',
            encoding="utf-8",
        )
        return path
