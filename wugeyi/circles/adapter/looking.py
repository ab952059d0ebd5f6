"""What homes reach: times to the nearest facility of every kind, and who is inside."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.streets import KEPT, Streets, streets_of
from wugeyi.circles.rules.counts import Counts, Found
from wugeyi.circles.rules.refusals import Refused, Why

if TYPE_CHECKING:
    from wugeyi.engines.accessibility.coverage import Row
    from wugeyi.engines.accessibility.graph import Spots
    from wugeyi.engines.accessibility.points import Attached

# A door farther from every way than this is not known to be on the network.
DOOR_LIMIT_M = 150.0
SHIFTED_M = 35
# More places than people live anywhere: a facility that does not say how many.
ENOUGH = 10_000_000
PARTS = ("homes", "residents", "elderly")


@dataclass(frozen=True, eq=False)
class Look:
    """A finished look. Arrays stay inside the adapter; the rest are plain numbers.

    Parameters
    ----------
    homes
        Where homes meet the network.
    facilities
        The same for each kind; ``rows`` are their places among the inputs' facilities.
    ms
        int32[kinds, homes], ``UNREACHED`` beyond the horizon.
    label
        int32[kinds, homes], the nearest of the kind's facilities; -1 none.
    residents, elderly, area
        int64[homes]; people are -1 where nobody counted them.
    """

    inputs: Inputs
    homes: "Attached"
    facilities: tuple["Attached", ...]
    rows: tuple[tuple[int, ...], ...]
    ms: Any
    label: Any
    residents: Any
    elderly: Any
    area: Any
    on_island: Any
    shifted: tuple[str, str, float | None, float | None] | None

    @cached_property
    def inside(self) -> Any:
        """bool[kinds, homes]: within the kind's limit."""
        import numpy as np

        limits = np.array(self.inputs.limits_ms, np.int64).reshape(-1, 1)
        return np.asarray(self.ms <= limits)

    def people(self, *, elderly: bool = False) -> Any:
        """Return int64[homes], those nobody counted as none."""
        import numpy as np

        return np.maximum(self.elderly if elderly else self.residents, 0)

    @cached_property
    def unknown(self) -> Any:
        """bool[homes]: no way near, or on an island from which nothing is reached."""
        stranded = self.on_island & ~(self.label >= 0).any(axis=0)
        return ~self.homes.found | stranded

    @cached_property
    def times(self) -> tuple[tuple[int | None, ...], ...]:
        """Milliseconds by home and kind; None beyond the horizon."""
        return tuple(_plain(self.ms, self.ms <= self.inputs.horizon_ms))

    @cached_property
    def nearest(self) -> tuple[tuple[int | None, ...], ...]:
        """The nearest facility by home and kind, by its place among the inputs'."""
        return tuple(_plain(self._rows_of_labels, self.label >= 0))

    @cached_property
    def _rows_of_labels(self) -> Any:
        import numpy as np

        named = np.zeros_like(self.label)
        for kind, rows in enumerate(self.rows):
            if rows:
                known = np.maximum(self.label[kind], 0)
                named[kind] = np.array(rows, np.int32)[known]
        return named

    @cached_property
    def unattached_homes(self) -> frozenset[int]:
        """Places of homes too far from every way."""
        import numpy as np

        return frozenset(map(int, np.flatnonzero(~self.homes.found)))

    @cached_property
    def unattached_facilities(self) -> frozenset[int]:
        """Places of facilities too far from every way."""
        return frozenset(
            row
            for rows, where in zip(self.rows, self.facilities, strict=True)
            for row, there in zip(rows, where.found, strict=True)
            if not there
        )

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """What was found of each kind."""
        return tuple(self._found(kind) for kind in range(len(self.rows)))

    @cached_property
    def everything(self) -> Counts:
        """Who is inside for every kind."""
        return _counts(self._table[len(self.rows), None])

    @cached_property
    def areas(self) -> dict[tuple[int, int | None], Counts]:
        """Counts by organisation, for each kind and for all together (None)."""
        every = len(self.rows)
        return {
            (area, None if kind == every else kind): _counts(row)
            for (kind, area), row in self._table.items()
            if area is not None
        }

    @cached_property
    def _table(self) -> "dict[tuple[int, int | None], Row]":
        """The engine's table by kind (one more: all of them) and organisation."""
        import numpy as np

        from wugeyi.engines.accessibility.coverage import EVERYWHERE, Homes, coverage
        from wugeyi.engines.accessibility.graph import UNREACHED

        whole = np.where(self.inside.all(axis=0), 0, UNREACHED).astype(np.int32)
        names, number = np.unique(self.area, return_inverse=True)
        homes = Homes.of(
            self.residents, self.elderly, area=number, placed=~self.unknown
        )
        rows = coverage(np.vstack([self.ms, whole]), [*self.inputs.limits_ms, 0], homes)
        return {
            (
                row.category,
                None if row.area == EVERYWHERE else int(names[row.area]),
            ): row
            for row in rows
        }

    def _found(self, kind: int) -> Found:
        import numpy as np

        row = self._table[kind, None]
        there = self.facilities[kind].found
        told = [self.inputs.facilities[at][3] for at in self.rows[kind]]
        known = [at for at, each in enumerate(told) if each is not None and there[at]]
        demand, served = (
            self._supply(kind, list(np.flatnonzero(there))) if known else (0, 0)
        )
        label = self.label[kind]
        return Found(
            counts=_counts(row),
            facilities=int(there.sum()),
            reached=len(np.unique(label[self.inside[kind]])),
            capacity=sum(told[at] or 0 for at in known),
            capacity_unknown=int(there.sum()) - len(known),
            demand=demand,
            lacking=demand - served,
            worst=row.worst.home if row.worst else None,
            worst_ms=row.worst.ms if row.worst else None,
        )

    def _supply(self, kind: int, there: list[int]) -> tuple[int, int]:
        """Return people who reach one of these facilities in time, and those served.

        One that does not say how many places it has serves everybody who comes: who is
        lacking is lacking for certain.
        """
        from wugeyi.engines.accessibility.coverage import supply
        from wugeyi.engines.accessibility.siting import cover

        graph = streets_of(self.inputs).graph
        spots = picked(graph.spots(self.facilities[kind]), there)
        sets = cover(graph, spots, self.homes, self.inputs.limits_ms[kind])
        people = self.people(elderly=self.inputs.for_elderly[kind])
        known = [self.inputs.facilities[self.rows[kind][at]][3] for at in there]
        places = [ENOUGH if each is None else each for each in known]
        told = supply(sets, people, places)
        return told.demand, told.served


def picked(spots: "Spots", places: list[int]) -> "Spots":
    """Return some of several points."""
    from dataclasses import fields

    from wugeyi.engines.accessibility.graph import Spots

    return Spots(
        **{each.name: getattr(spots, each.name)[places] for each in fields(spots)}
    )


def _counts(row: "Row") -> Counts:
    parts = {"inside": row.inside, "outside": row.outside, "unknown": row.nowhere}
    return Counts(
        **{
            f"{name}_{part}": getattr(told, name) or 0
            for part, told in parts.items()
            for name in PARTS
        }
    )


def _plain(values: Any, known: Any) -> Iterator[tuple[int | None, ...]]:
    for row, there in zip(values.T.tolist(), known.T.tolist(), strict=True):
        yield tuple(
            value if yes else None for value, yes in zip(row, there, strict=True)
        )


def look(inputs: Inputs) -> Look:
    """Return what homes reach; kept by this process while it is asked for."""
    return KEPT.take(("look", inputs.key), lambda: _look(inputs))


def _look(inputs: Inputs) -> Look:
    import numpy as np

    from wugeyi.circles.adapter.searching import search

    streets = streets_of(inputs)
    columns = np.array([home[:2] for home in inputs.homes], float).reshape(-1, 2)
    homes = streets.index.attach(columns[:, 0], columns[:, 1], DOOR_LIMIT_M)
    rows, facilities = attached_facilities(streets, inputs)
    people = np.array(
        [
            (_or_unknown(home[2]), _or_unknown(home[3]), home[4])
            for home in inputs.homes
        ],
        np.int64,
    ).reshape(-1, 3)
    times, label = search(streets, facilities, homes, inputs)
    edge = np.where(homes.found, homes.edge, 0)
    part = np.zeros(len(homes), np.int32)
    if len(streets.network.tail):
        part = streets.network.component[streets.network.tail[edge]]
    return Look(
        inputs=inputs,
        homes=homes,
        facilities=facilities,
        rows=rows,
        ms=times,
        label=label,
        residents=people[:, 0],
        elderly=people[:, 1],
        area=people[:, 2],
        on_island=homes.found & (part != 0),
        shifted=_shifted(streets, columns),
    )


def _or_unknown(people: int | None) -> int:
    return -1 if people is None else people


def attached_facilities(
    streets: Streets, inputs: Inputs
) -> tuple[tuple[tuple[int, ...], ...], tuple["Attached", ...]]:
    """Return for each kind its facilities' places among the inputs', and where they are."""
    import numpy as np

    rows: list[list[int]] = [[] for _ in inputs.limits_ms]
    for place, facility in enumerate(inputs.facilities):
        rows[facility[0]].append(place)
    where = []
    for places in rows:
        lon = np.array([inputs.facilities[at][1] for at in places], float)
        lat = np.array([inputs.facilities[at][2] for at in places], float)
        where.append(streets.index.attach(lon, lat, DOOR_LIMIT_M))
    return tuple(map(tuple, rows)), tuple(where)


def _shifted(
    streets: Streets, columns: Any
) -> tuple[str, str, float | None, float | None] | None:
    """Return in both languages that homes look shifted by another datum, if they do."""
    from wugeyi.engines.accessibility.coordinates import looks_shifted
    from wugeyi.engines.accessibility.findings import say

    if not len(columns):
        return None
    finding = looks_shifted(columns[:, 0], columns[:, 1], streets.network)
    # Houses of one quarter lie alike: only where they lie far from streets is it told.
    if finding is None or int(finding.values["metres"]) < SHIFTED_M:
        return None
    return say(finding, "zh"), say(finding, "en"), finding.lon, finding.lat


def from_point(
    inputs: Inputs, lon: float, lat: float
) -> tuple[tuple[int | None, ...], tuple[int | None, ...]]:
    """Return milliseconds from a point's door to each kind, and the nearest facilities.

    Raises
    ------
    Refused
        OFF_NETWORK: no way is near enough.
    """
    import numpy as np

    from wugeyi.circles.adapter.searching import search

    streets = streets_of(inputs)
    door = streets.index.attach(np.array([lon]), np.array([lat]), DOOR_LIMIT_M)
    if not door.found[0]:
        raise Refused(Why.OFF_NETWORK, metres=int(DOOR_LIMIT_M))
    known = look(inputs)
    rows, labels = search(streets, known.facilities, door, inputs)
    times, label = rows[:, 0], labels[:, 0]
    reached = [int(each) if each <= inputs.horizon_ms else None for each in times]
    named = [
        known.rows[kind][at] if at >= 0 and reached[kind] is not None else None
        for kind, at in enumerate(map(int, label))
    ]
    return tuple(reached), tuple(named)
