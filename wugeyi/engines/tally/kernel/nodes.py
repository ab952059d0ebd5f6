"""The units of a question in an extract's tree, as arrays for the passes."""

from dataclasses import dataclass
from typing import Any

from wugeyi.engines.tally.extract import Closed
from wugeyi.engines.tally.rollup import STEP, Month

Array = Any


@dataclass(frozen=True, slots=True)
class Nodes:
    """Units of the depths asked for, numbered in tree order.

    Parameters
    ----------
    paths
        Arrow array of their paths.
    first, last
        Their nested intervals: their own place, and the last one below.
    parent
        The next one above that is asked for, or -1.
    rank
        How many of those stand above.
    start
        For each place of the tree the deepest unit that contains it, or -1.
    movers
        For places of units that stand at several, the unit; by place.
    stays
        Unit, first day, first day after (or none), as days since 1970.
    """

    paths: Any
    first: Array
    last: Array
    parent: Array
    rank: Array
    start: Array
    movers: dict[int, str]
    stays: tuple[Array, Array, Array]

    def standing(self, month: Month) -> Array:
        """Tell which units stood on their place on some day of the month."""
        import numpy as np

        node, since, until = self.stays
        first = np.datetime64(month.first, "D").astype(np.int32)
        after = np.datetime64(month.next.first, "D").astype(np.int32)
        found = np.zeros(len(self.first), dtype=bool)
        found[node[(since < after) & (until > first)]] = True
        return found

    def one_value_each(
        self, found: Array, place: Array, told: list[tuple[int, int, int]]
    ) -> None:
        """Take out of sums over places what a moved unit gave before its last value.

        Parameters
        ----------
        found
            Sums by unit; changed.
        place, told
            For each place with a value: day, moment and value.
        """
        above: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
        for where, line in zip(
            place.tolist() if self.movers else [], told, strict=False
        ):
            unit = self.movers.get(where)
            node = self.start[where] if unit is not None else -1
            while node >= 0 and unit is not None:
                above.setdefault((unit, int(node)), []).append(line)
                node = self.parent[node]
        for (_, node), lines in above.items():
            found[node] -= sum(line[2] for line in lines) - max(lines)[2]


def nodes_of(closed: Closed, depths: tuple[int, ...]) -> Nodes:
    """Read the tree of a month."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    columns = ["path", "place", "last", "depth", "valid_from", "valid_until"]
    table = pq.read_table(closed.units, columns=columns, use_threads=False)
    places = 1 + (pc.max(table["place"]).as_py() if table.num_rows else -1)
    movers = _movers(table)
    wanted = pa.array(depths, type=pa.int16())
    table = table.filter(pc.is_in(table["depth"], value_set=wanted))
    place = table["place"].to_numpy()
    first, where, node = np.unique(place, return_index=True, return_inverse=True)
    last = table["last"].to_numpy()[where]
    depth = table["depth"].to_numpy()[where]
    until = pc.fill_null(table["valid_until"].cast("int32"), 2**31 - 1)
    start = np.full(places, -1, dtype=np.int32)
    parent = np.full(len(first), -1, dtype=np.int32)
    rank = np.zeros(len(first), dtype=np.int32)
    for one in depths:
        members = np.flatnonzero(depth == one)
        above = start[first[members]]
        parent[members] = above
        rank[members] = np.where(above < 0, 0, rank[above] + 1)
        _cover(start, first[members], last[members], members)
    since = table["valid_from"].cast("int32").to_numpy()
    return Nodes(
        paths=table["path"].combine_chunks().take(pa.array(where)),
        first=first,
        last=last,
        parent=parent,
        rank=rank,
        start=start,
        movers=movers,
        stays=(node, since, until.to_numpy()),
    )


def _movers(table: Any) -> dict[int, str]:
    """Find the places of units that stand at more than one: those that moved."""
    import pyarrow as pa
    import pyarrow.compute as pc

    unit = pc.utf8_slice_codeunits(table["path"], -STEP)
    known = pa.table({"unit": unit, "place": table["place"]})
    counts = known.group_by("unit").aggregate([("place", "count_distinct")])
    several = counts.filter(pc.greater(counts["place_count_distinct"], 1))["unit"]
    moved = known.filter(pc.is_in(known["unit"], value_set=several.combine_chunks()))
    return dict(zip(moved["place"].to_pylist(), moved["unit"].to_pylist(), strict=True))


def _cover(start: Array, first: Array, last: Array, members: Array) -> None:
    """Set ``start`` to each member over its interval; intervals do not overlap."""
    import numpy as np

    lengths = last - first + 1
    begins = np.concatenate(([0], np.cumsum(lengths)[:-1])) if len(lengths) else lengths
    where = np.arange(lengths.sum()) - np.repeat(begins - first, lengths)
    start[where] = np.repeat(members, lengths)
