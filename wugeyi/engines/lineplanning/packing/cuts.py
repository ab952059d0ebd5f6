"""Rows no plan breaks but the linear program does: of three requests, one trip at most.

Of three requests, at most one trip can take two or three. A linear program with halves
of three trips that take two each breaks that; with the row added, its value comes closer
to what plans can be worth. Known as subset-row inequalities (Jepsen and others, 2008).
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.packing.columns import Columns
from wugeyi.engines.lineplanning.packing.network import Network
from wugeyi.engines.lineplanning.packing.reach import Reach

Array = NDArray[Any]

BROKEN = 0.02
"""By how much a row must be broken to be worth adding."""
AT_ONCE = 40
"""Rows added in a round."""


@dataclass(slots=True, eq=False)
class Cuts:
    """The rows so far.

    Parameters
    ----------
    net
        Whose requests they are about.
    triples
        Requests by row.
    hits
        By row and pool, the trips that take two or three of them.
    """

    net: Network
    triples: list[tuple[int, int, int]] = field(default_factory=list)
    hits: list[dict[int, Array]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.triples)

    def copied(self) -> "Cuts":
        """Return the same rows, to which others may be added."""
        return Cuts(self.net, list(self.triples), list(self.hits))

    def add(self, triples: list[tuple[int, int, int]], reaches: list[Reach]) -> None:
        """Take in rows."""
        from wugeyi.engines.lineplanning.kernels_packing import along

        for triple in triples:
            own = np.zeros(self.net.fleet_row)
            own[list(triple)] = 1.0
            found = {}
            for reach in reaches:
                start, request = reach.requests
                sums = np.concatenate([[0.0], np.cumsum(own[request])])
                each = sums[start[1:]] - sums[start[:-1]]
                if each.any():
                    trips = reach.pool.trips
                    taken = along(trips.item, trips.rest, each)
                    found[reach.number] = np.flatnonzero(taken > 1.5)
            self.triples.append(triple)
            self.hits.append(found)

    def entries(self, columns: Columns, first: int = 0) -> tuple[Array, Array]:
        """Return columns and rows (from ``first`` on, counted anew) where a 1 stands."""
        rows = self.triples[first:]
        if not rows or not len(columns):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        member = np.zeros((self.net.fleet_row, len(rows)), np.int8)
        for number, triple in enumerate(rows):
            member[list(triple), number] = 1
        found = []
        # A part at a time: the table of all would not fit.
        for begin in range(0, len(columns), 20_000):
            end = min(begin + 20_000, len(columns))
            start = columns.start[begin : end + 1]
            inside = member[columns.request[start[0] : start[-1]]]
            taken = np.add.reduceat(inside, start[:-1] - start[0], axis=0)
            column, row = np.nonzero(taken >= 2)
            found.append((column + begin, row))
        return (
            np.concatenate([column for column, _ in found]),
            np.concatenate([row for _, row in found]),
        )

    def broken(self, columns: Columns, taken: Array) -> list[tuple[int, int, int]]:
        """Return the rows broken most by a solution of the linear program.

        Parameters
        ----------
        taken
            How much of each column.
        """
        from wugeyi.engines.lineplanning.kernels_cuts import triples

        part = np.flatnonzero((taken > 1e-6) & (taken < 1 - 1e-6))
        some = columns.taken(part)
        found, by = triples(
            self.net.fleet_row, some.start, some.request, taken[part], BROKEN
        )
        known = set(self.triples)
        order = np.argsort(-by, kind="stable")
        chosen: list[tuple[int, int, int]] = []
        for i, j, k in found[order].tolist():
            if (i, j, k) not in known:
                chosen.append((i, j, k))
            if len(chosen) == AT_ONCE:
                break
        return chosen
