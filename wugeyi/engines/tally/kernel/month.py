"""One month of facts through the passes, measure by measure."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from wugeyi.engines.tally.extract import Closed, Content, ExtractError, KeyKind
from wugeyi.engines.tally.kernel.nodes import Nodes
from wugeyi.engines.tally.kernel.passes import (
    close_nets,
    compiled,
    distinct_net,
    distinct_new,
    finish,
    latest,
    running_count,
    running_sum,
)
from wugeyi.engines.tally.rollup import Aggregate, Part, Question

Array = Any
_COLUMNS = {
    Aggregate.COUNT: ["place", "records"],
    Aggregate.SUM: ["place", "value", "records"],
    Aggregate.DISTINCT: ["place", "key", "records"],
    Aggregate.LATEST: ["place", "day", "recorded_at", "value", "record", "records"],
}
# Free slots keep the way to a key's slot short.
_SLOTS_PER_KEY = 2


class MonthPass:
    """A closed month under a question; holds the open file while it is used."""

    def __init__(self, closed: Closed, nodes: Nodes, question: Question) -> None:
        import pyarrow.parquet as pq

        self.closed, self.nodes = closed, nodes
        self.until = _cut(closed, question.as_of)
        self.file = pq.ParquetFile(closed.facts, memory_map=False)

    def totals(self, measure: Part) -> Array:
        """Give the measure's number for every unit, in their order."""
        import numpy as np

        content = self.closed.manifest.content.get(measure.code)
        if content is None:
            return np.zeros(len(self.nodes.first), dtype=np.int64)
        match measure.aggregate:
            case Aggregate.COUNT:
                return self._differences(self._counted(content))
            case Aggregate.SUM:
                return self._differences(self._valued(content))
            case Aggregate.DISTINCT:
                return self._distinct(content)
            case Aggregate.LATEST:
                return self._latest(content)

    def _pieces(
        self, content: Content, aggregate: Aggregate, *, without: str = ""
    ) -> Iterator[dict[str, Array]]:
        """Read the measure's row groups one by one, as arrays."""
        columns = [name for name in _COLUMNS[aggregate] if name != without]
        if self.until is not None and "recorded_at" not in columns:
            columns.append("recorded_at")
        end = content.first_group + content.groups
        for number in range(content.first_group, end):
            yield self._piece([number], columns)

    def _piece(self, groups: list[int], columns: list[str]) -> dict[str, Array]:
        table = self.file.read_row_groups(groups, columns=columns, use_threads=False)
        if self.until is not None:
            import pyarrow.compute as pc

            kept = pc.less_equal(table["recorded_at"].cast("int64"), self.until)
            table = table.filter(kept)
        found = {}
        for name in columns:
            column = table[name]
            if name == "key":
                found[name] = column
            elif name in {"day", "recorded_at"}:
                width = "int32" if name == "day" else "int64"
                found[name] = column.cast(width).to_numpy()
            else:
                found[name] = column.to_numpy()
        return found

    def _counted(self, content: Content) -> Iterator[tuple[Array, Array | None]]:
        if content.withdrawn:
            for one in self._pieces(content, Aggregate.COUNT):
                yield one["place"], one["records"]
        else:
            for one in self._pieces(content, Aggregate.COUNT, without="records"):
                yield one["place"], None

    def _valued(self, content: Content) -> Iterator[tuple[Array, Array]]:
        if content.withdrawn:
            for one in self._pieces(content, Aggregate.SUM):
                yield one["place"], one["value"] * one["records"]
        else:
            for one in self._pieces(content, Aggregate.SUM, without="records"):
                yield one["place"], one["value"]

    def _latest(self, content: Content) -> Array:
        import numpy as np

        groups = range(content.first_group, content.first_group + content.groups)
        one = self._piece(list(groups), _COLUMNS[Aggregate.LATEST])
        one["recorded_at"] = one["recorded_at"].copy()
        chosen = np.zeros(len(one["place"]), dtype=bool)
        names = ("place", "day", "recorded_at", "value", "record", "records")
        compiled(latest)(*(one[name] for name in names), chosen)
        place, day, entered, value = (one[name][chosen] for name in names[:4])
        found = self._differences(iter([(place, value)]))
        self.nodes.one_value_each(
            found, place, list(zip(day, entered, value, strict=True))
        )
        return found

    def _differences(self, pieces: Iterator[tuple[Array, Array | None]]) -> Array:
        """Behind the last place minus before the first, of one running total."""
        import numpy as np

        first, after = self.nodes.first, self.nodes.last + 1
        bounds = np.unique(np.concatenate((first, after)))
        running = np.zeros(len(bounds), dtype=np.int64)
        state = np.zeros(2, dtype=np.int64)
        for place, amount in pieces:
            if amount is None:
                compiled(running_count)(place, bounds, running, state)
            else:
                compiled(running_sum)(place, amount, bounds, running, state)
        compiled(finish)(running, state)
        begin = running[np.searchsorted(bounds, first)]
        return running[np.searchsorted(bounds, after)] - begin

    def _distinct(self, content: Content) -> Array:
        import numpy as np

        nodes = self.nodes
        counts = np.zeros(len(nodes.first), dtype=np.int64)
        size = 1 << max(4, (content.keys * _SLOTS_PER_KEY).bit_length())
        slots = np.zeros(size, dtype=np.int64)
        seen = np.zeros(size, dtype=np.int32)
        if not content.withdrawn:
            step = compiled(distinct_new)
            for place, key, _ in self._keyed(content, without="records"):
                self._fits(
                    step(place, key, nodes.start, nodes.parent, slots, seen, counts)
                )
            return counts
        ranks = 1 + (int(nodes.rank.max()) if len(nodes.rank) else 0)
        nets = np.zeros((size, ranks), dtype=np.int32)
        tree = (nodes.start, nodes.parent, nodes.last, nodes.rank)
        step = compiled(distinct_net)
        for place, key, records in self._keyed(content):
            self._fits(step(place, key, records, *tree, slots, seen, nets, counts))
        compiled(close_nets)(nodes.parent, nodes.rank, seen, nets, counts)
        return counts

    def _fits(self, fits: bool) -> None:  # noqa: FBT001
        if not fits:
            msg = f"{self.closed.folder}: more keys than the manifest says"
            raise ExtractError(msg)

    def _keyed(
        self, content: Content, *, without: str = ""
    ) -> Iterator[tuple[Array, Array, Array | None]]:
        """Give places, keys as numbers and records of the facts with a key."""
        pieces = self._pieces(content, Aggregate.DISTINCT, without=without)
        texts = Codes()
        for one in pieces:
            key, place, records = one["key"], one["place"], one.get("records")
            if key.null_count:
                import pyarrow.compute as pc

                kept = pc.is_valid(key).to_numpy()
                key, place = key.drop_null(), place[kept]
                records = None if records is None else records[kept]
            if self.closed.manifest.key_kind is KeyKind.TEXT:
                yield place, texts.of(key), records
            else:
                yield place, key.to_numpy(), records


class Codes:
    """Numbers for texts, the same in every piece."""

    def __init__(self) -> None:
        self.known: Any = None

    def of(self, column: Any) -> Array:
        """Give the number of each text, new ones for those not seen before."""
        import pyarrow as pa
        import pyarrow.compute as pc

        column = column.combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = pa.concat_arrays(column.chunks)
        fresh = pc.unique(column)
        if self.known is None:
            self.known = fresh
        else:
            new = fresh.filter(pc.invert(pc.is_in(fresh, value_set=self.known)))
            self.known = pa.concat_arrays([self.known, new])
        return pc.index_in(column, value_set=self.known).cast("int64").to_numpy()


def _cut(closed: Closed, as_of: datetime | None) -> int | None:
    """Give the microsecond to cut at, or None where nothing was recorded later."""
    last = closed.manifest.last_recorded
    if as_of is None or not last or datetime.fromisoformat(last) <= as_of:
        return None
    moment = as_of.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (moment.days * 86_400 + moment.seconds) * 1_000_000 + moment.microseconds
