"""Homes and facilities on the network: each at a point of its nearest segment."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.geometry import mm_per_degree
from wugeyi.engines.accessibility.network import Flag, Network

Array = NDArray[Any]
CELL_M = 50.0
MOST_CELLS = 4_000_000
LIMIT_M = 150.0
MARGIN_M = 25.0
"""How much farther a better segment may be: one of the main part, on the ground."""
NOT_ENTERED = Flag.BRIDGE | Flag.TUNNEL | Flag.LIFT | Flag.MOVING
"""Nobody's door opens onto these, however near they pass on the map."""


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """Where ``k`` points meet the network.

    Parameters
    ----------
    edge
        int32[k], the segment's number; -1 where none lies within the limit.
    share_mm
        int32[k], millimetres along the segment from its tail, 0 … ``length_mm``.
    off_mm
        int32[k], millimetres from the point to the segment; 0 where ``edge`` is -1.
    """

    edge: Array
    share_mm: Array
    off_mm: Array

    def __len__(self) -> int:
        return len(self.edge)

    @property
    def found(self) -> Array:
        """Return bool[k]: which points are attached."""
        return np.asarray(self.edge >= 0)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A grid over a network's segments; made once, asked often."""

    network: Network
    preferred: Array
    start: Array
    item: Array
    west: float
    south: float
    wide: float
    high: float
    columns: int
    rows: int
    cell_mm: float

    def attach(self, lon: Array, lat: Array, limit_m: float = LIMIT_M) -> Attached:
        """Return where points meet the network; see ``attach``."""
        edge, share, off = self.nearest(lon, lat, limit_m, MARGIN_M)
        if self.network.segments:
            share = share * self.network.length_mm[edge]
        return Attached(
            edge,
            np.where(edge >= 0, np.rint(share), 0).astype(np.int32),
            np.rint(off).astype(np.int32),
        )

    def nearest(
        self,
        lon: Array,
        lat: Array,
        limit_m: float,
        margin_m: float = 0.0,
        avoid: Array | None = None,
    ) -> tuple[Array, Array, Array]:
        """Return segment, share of its length from the tail, and distance in mm.

        Parameters
        ----------
        avoid
            int32[k], a node whose segments do not count, -1 for none.
        """
        # Late: whoever only handles attached points needs no compiler.
        from wugeyi.engines.accessibility import kernels_points

        x = np.ascontiguousarray(lon, np.float64).reshape(-1)
        y = np.ascontiguousarray(lat, np.float64).reshape(-1)
        if x.shape != y.shape:
            raise ValueError(f"{len(x)} longitudes for {len(y)} latitudes")
        if avoid is None:
            avoid = np.full(len(x), -1, np.int32)
        edge = np.full(len(x), -1, np.int32)
        share, off = np.zeros(len(x)), np.zeros(len(x))
        if not self.network.segments:
            return edge, share, off
        east, north = mm_per_degree(y)
        kernels_points.nearest(
            x,
            y,
            east,
            north,
            avoid,
            limit_m * 1000,
            margin_m * 1000,
            self.cell_mm,
            self.west,
            self.south,
            self.wide,
            self.high,
            self.columns,
            self.rows,
            self.start,
            self.item,
            self.network.lon,
            self.network.lat,
            self.network.tail,
            self.network.head,
            self.preferred,
            edge,
            share,
            off,
        )
        return edge, share, off


def attach(
    network: Network, lon: Array, lat: Array, limit_m: float = LIMIT_M
) -> Attached:
    """Return where points in degrees of WGS-84 meet the network.

    The nearest segment, except that one of the network's largest part which is no
    bridge, tunnel or lift is taken if it is at most 25 m farther: few doors open onto an
    island or a flyover. To ask several times, make an ``index`` and ask that.

    Parameters
    ----------
    limit_m
        Farther than so many metres from every segment, a point is not attached.

    Raises
    ------
    ValueError
        Longitudes and latitudes differ in number.
    """
    return index(network).attach(lon, lat, limit_m)


def index(network: Network, cell_m: float = CELL_M) -> Index:
    """Return a grid over the network's segments; some milliseconds for a city.

    Cells of another size answer the same, sooner or later.
    """
    from wugeyi.engines.accessibility import kernels_points

    west, south, east, north = network.bounds
    # The longest degree of latitude and the shortest of longitude: no cell is smaller
    # than its size anywhere in the network.
    shortest = mm_per_degree(np.array([south, north]))
    across, up = float(shortest[0].min()), float(shortest[1].min())
    cell = cell_m * 1000
    area = (east - west) * across * (north - south) * up
    cell = max(cell, (area / MOST_CELLS) ** 0.5)
    wide, high = cell / max(across, 1.0), cell / up
    columns = int((east - west) / wide) + 1
    rows = int((north - south) / high) + 1
    start, item = kernels_points.fill(
        network.lon,
        network.lat,
        network.tail,
        network.head,
        west,
        south,
        wide,
        high,
        columns,
        rows,
    )
    entered = (network.flags & np.uint16(NOT_ENTERED)) == 0
    return Index(
        network=network,
        preferred=(network.component[network.tail] == 0) & entered,
        start=start,
        item=item,
        west=west,
        south=south,
        wide=wide,
        high=high,
        columns=columns,
        rows=rows,
        cell_mm=cell,
    )
