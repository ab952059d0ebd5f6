"""A little map of OpenStreetMap, written as its XML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

Tags = Mapping[str, str]


@dataclass
class Map:
    """Nodes, ways and relations in the order they were drawn."""

    nodes: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)

    def node(self, identity: int, lon: float, lat: float, **tags: str) -> int:
        self.nodes.append(
            f'<node id="{identity}" lon="{lon:.7f}" lat="{lat:.7f}" version="1"'
            f' user="someone" uid="7">{written(tags)}</node>'
        )
        return identity

    def way(
        self, identity: int, nodes: Iterable[int], tags: Tags | None = None, **more: str
    ) -> int:
        refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
        all_tags = written({**(tags or {}), **more})
        self.ways.append(f'<way id="{identity}" version="1">{refs}{all_tags}</way>')
        return identity

    def relation(
        self, identity: int, ways: Iterable[tuple[int, str]], **tags: str
    ) -> int:
        members = "".join(
            f'<member type="way" ref="{way}" role="{role}"/>' for way, role in ways
        )
        self.relations.append(
            f'<relation id="{identity}" version="1">{members}{written(tags)}</relation>'
        )
        return identity

    @property
    def text(self) -> str:
        inside = "".join([*self.nodes, *self.ways, *self.relations])
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">{inside}</osm>'
        )

    def write(self, path: Path) -> Path:
        path.write_text(self.text, encoding="utf-8")
        return path


def written(tags: Tags) -> str:
    return "".join(
        f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()
    )


def line(drawing: Map, start: int, count: int, lat: float = 26.6) -> list[int]:
    """Draw so many nodes 0.001 degrees apart along a parallel from 106.7 degrees."""
    return [
        drawing.node(start + step, 106.7 + step * 0.001, lat) for step in range(count)
    ]
