"""The objects of an OPL text: where each stands, its tags, its nodes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility import kernels_osm as kernels

Array = NDArray[Any]
Tags = dict[str, str]
NODE, WAY, RELATION = ord("n"), ord("w"), ord("r")
UNITS_PER_DEGREE = 10**kernels.DECIMALS
ESCAPED = re.compile("%([0-9a-f]+)%")


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """A mapped text and a row of numbers for each of its lines (``kernels_osm``)."""

    text: Array
    rows: Array

    def of(self, kind: int) -> Array:
        """Return the numbers of the lines of a kind: NODE, WAY or RELATION."""
        return np.flatnonzero(self.rows[:, kernels.KIND] == kind)

    def tags(self, numbers: Array) -> Iterator[Tags]:
        """Yield the tags of some lines; escapes stay as they are (``plain``)."""
        spans = self.rows[numbers][:, [kernels.TAGS, kernels.TAGS_END]].tolist()
        text = memoryview(self.text.data)
        for start, end in spans:
            if start == end:
                yield {}
                continue
            words = str(text[start:end], "utf-8").split(",")
            yield dict([word.split("=", 1) for word in words])

    def alike(self, numbers: Array, keys: Iterable[str]) -> tuple[Array, Array]:
        """Sort lines by their tags of some keys.

        Returns a line of each kind, and for each line given the number of its kind.
        """
        wanted = np.array(sorted(map(_sum, keys)), np.uint64)
        start = np.ascontiguousarray(self.rows[numbers, kernels.TAGS])
        end = np.ascontiguousarray(self.rows[numbers, kernels.TAGS_END])
        sums = kernels.kinds(self.text, start, end, wanted)
        _sums, first, kind = np.unique(sums, return_index=True, return_inverse=True)
        return numbers[first], kind

    def bodies(self, numbers: Array) -> Iterator[str]:
        """Yield the members of some relations."""
        spans = self.rows[numbers][:, [kernels.BODY, kernels.BODY_END]].tolist()
        for start, end in spans:
            yield self.text[start:end].tobytes().decode()

    def identities(self, numbers: Array) -> Array:
        """Return int64: what OpenStreetMap calls each."""
        found: Array = self.rows[numbers, kernels.IDENTITY]
        return found

    def places(self, numbers: Array) -> tuple[Array, Array]:
        """Return x and y of nodes in units of 1e-7 degrees, NOWHERE where not given."""
        return self.rows[numbers, kernels.X], self.rows[numbers, kernels.Y]

    def ways(self, numbers: Array) -> "Ways":
        """Return the nodes of some ways."""
        start = np.ascontiguousarray(self.rows[numbers, kernels.BODY])
        end = np.ascontiguousarray(self.rows[numbers, kernels.BODY_END])
        first = kernels.first_nodes(self.text, start, end)
        node = np.empty(first[-1], np.int64)
        x, y = np.empty(first[-1], np.int32), np.empty(first[-1], np.int32)
        kernels.nodes(self.text, start, end, first, node, x, y)
        return Ways(self.identities(numbers), first, node, x, y)


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Ways laid end to end: way i has the nodes ``first[i]`` … ``first[i + 1]``."""

    identity: Array
    first: Array
    node: Array
    x: Array
    y: Array

    def middles(self) -> tuple[Array, Array, Array]:
        """Return longitude, latitude and area in m² of each, taken as a ring.

        A way without a placed node has NaN.
        """
        from wugeyi.engines.accessibility.geometry import mm_per_degree

        there = (self.x != kernels.NOWHERE) & (self.y != kernels.NOWHERE)
        held = np.concatenate(([0], np.cumsum(there)))[self.first]
        count = len(self.first) - 1
        lon, lat = np.full(count, np.nan), np.full(count, np.nan)
        twice = np.zeros(count)
        x = self.x[there] / UNITS_PER_DEGREE
        y = self.y[there] / UNITS_PER_DEGREE
        kernels.middles(held, x, y, lon, lat, twice)
        east, north = mm_per_degree(np.nan_to_num(lat))
        return lon, lat, twice / 2 * east * north / 1e6


def _sum(word: str) -> int:
    found: int = kernels.SUM_START
    for byte in word.encode():
        found = int(kernels.mixed(np.uint64(found), np.uint8(byte)))
    return found


def read_lines(path: Path) -> Lines:
    """Map a text into memory and find its lines."""
    if not path.stat().st_size:
        return Lines(np.empty(0, np.uint8), np.empty((0, 8), np.int64))
    # A copy: mapped pages would count twice, and the text is let go soon.
    text = np.fromfile(path, np.uint8)
    return Lines(text, kernels.lines(text, kernels.count(text)))


def plain(value: str) -> str:
    """Return a tag's value as people wrote it."""
    if "%" not in value:
        return value
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


def members(bodies: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield for each relation its ways: identity and role, in its order."""
    for body in bodies:
        found = []
        for member in body.split(",") if body else []:
            name, _, role = member.partition("@")
            if name.startswith("w"):
                found.append((int(name[1:]), plain(role)))
        yield found
