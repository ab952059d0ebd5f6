"""Multipolygons: buildings and facilities whose outline is several ways."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from wugeyi.engines.accessibility.osm.lines import (
    RELATION,
    WAY,
    Lines,
    Tags,
    Ways,
    members,
    read_lines,
)
from wugeyi.engines.accessibility.osm.shapes import Shape, is_building, is_facility
from wugeyi.engines.accessibility.osm.stream import write_ways


def multipolygons(path: Path, lines: Lines) -> Iterator[Shape]:
    """Yield the interesting multipolygons with the middle of their outer rings.

    Their ways mostly carry no tags and so are not among the lines: they are read from
    the file, which costs a second pass, only where there is such a relation.
    """
    numbers = lines.of(RELATION)
    rows = zip(
        lines.identities(numbers).tolist(),
        lines.tags(numbers),
        members(lines.bodies(numbers)),
        strict=True,
    )
    wanted = [
        (identity, tags, [way for way, role in parts if role != "inner"])
        for identity, tags, parts in rows
        if tags.get("type") in {"multipolygon", "site"}
        and (is_building(tags) or is_facility(tags))
    ]
    wanted = [one for one in wanted if one[2]]
    if not wanted:
        return
    with TemporaryDirectory(prefix="wugeyi-") as folder:
        text = Path(folder) / "ways.opl"
        write_ways(path, {way for one in wanted for way in one[2]}, text)
        found = read_lines(text)
    yield from _shapes(wanted, found.ways(found.of(WAY)))


def _shapes(
    wanted: Sequence[tuple[int, Tags, list[int]]], ways: Ways
) -> Iterator[Shape]:
    row = {identity: number for number, identity in enumerate(ways.identity.tolist())}
    rings: list[int] = []
    first, owner = [0], []
    for number, (_identity, _tags, parts) in enumerate(wanted):
        lines = [_positions(ways, row[part]) for part in parts if part in row]
        for ring in joined(lines, ways.node.tolist()):
            rings += ring
            first.append(len(rings))
            owner.append(number)
    at = np.array(rings, np.int64)
    each = Ways(
        np.array(owner, np.int64),
        np.array(first, np.int64),
        ways.node[at],
        ways.x[at],
        ways.y[at],
    )
    lon, lat, area = each.middles()
    for number, (identity, tags, _parts) in enumerate(wanted):
        mine = (each.identity == number) & ~np.isnan(lon)
        if mine.any():
            # Rings count by their area; where none has any, all alike.
            weight = area[mine] if area[mine].sum() > 0 else np.ones(mine.sum())
            yield Shape(
                f"relation/{identity}",
                tags,
                float(np.average(lon[mine], weights=weight)),
                float(np.average(lat[mine], weights=weight)),
                float(area[mine].sum()),
            )


def _positions(ways: Ways, number: int) -> list[int]:
    return list(range(int(ways.first[number]), int(ways.first[number + 1])))


def joined(lines: Iterable[list[int]], node: Sequence[int]) -> list[list[int]]:
    """Return the lines joined end to end into rings, as far as they meet.

    Parameters
    ----------
    lines
        Positions of nodes.
    node
        The node at each position.
    """
    left = [line for line in lines if line]
    rings = []
    while left:
        ring = left.pop()
        while node[ring[0]] != node[ring[-1]]:
            end = node[ring[-1]]
            after = next(
                (n for n, one in enumerate(left) if _meets(one, end, node)), -1
            )
            if after < 0:
                break
            line = left.pop(after)
            ring += line[1:] if node[line[0]] == end else line[-2::-1]
        rings.append(ring)
    return rings


def _meets(line: list[int], end: int, node: Sequence[int]) -> bool:
    return end in (node[line[0]], node[line[-1]])
