"""Calls of the engine's search: times and nearest labels, from homes and from a door."""

from typing import TYPE_CHECKING, Any

from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.streets import Streets

if TYPE_CHECKING:
    from wugeyi.circles.adapter.changing import Told
    from wugeyi.circles.adapter.looking import Look
    from wugeyi.engines.accessibility.points import Attached


def search(
    streets: Streets,
    facilities: "tuple[Attached, ...]",
    homes: "Attached",
    inputs: Inputs,
) -> tuple[Any, Any, Any]:
    """Return int32[kinds, homes] ms, the nearest labels, and the state for what-ifs."""
    import numpy as np

    from wugeyi.engines.accessibility.reach import nearest_points

    ms, label = nearest_points(streets.prepared, facilities, homes, inputs.horizon_ms)
    return np.ascontiguousarray(ms), np.ascontiguousarray(label), None


def search_point(streets: Streets, known: "Look", door: "Attached") -> tuple[Any, Any]:
    """Return ms and labels by kind, from one door."""
    ms, label, _state = search(streets, known.facilities, door, known.inputs)
    return ms[:, 0], label[:, 0]


def what_if(streets: Streets, known: "Look", scenario: "list[Told]") -> Any:
    """Return int32[kinds, homes] ms after changes."""
    import numpy as np

    from wugeyi.circles.adapter.looking import picked
    from wugeyi.circles.rules.changes import What
    from wugeyi.engines.accessibility.graph import Spots
    from wugeyi.engines.accessibility.reference import Join, Reference

    graph = streets.graph

    def joined(parts: list[Any]) -> Any:
        names = Spots.__dataclass_fields__
        return Spots(
            **{n: np.concatenate([getattr(p, n) for p in parts]) for n in names}
        )

    points = [graph.spots(known.homes)]
    joins, closed = [], []
    facilities = [graph.spots(each) for each in known.facilities]
    gone: dict[int, set[int]] = {}
    count = len(known.homes)
    for told in scenario:
        what = told.asked.change.what
        if what is What.OPEN_LINK:
            points.append(graph.spots(told.points))
            joins.append(Join(count, count + 1, told.link_ms, told.link_ms))
            count += 2
        elif what is What.CLOSE_LINK:
            closed += list(told.edges)
        elif what is What.OPEN_FACILITY:
            kind = told.asked.kind
            facilities[kind] = joined([facilities[kind], graph.spots(told.points)])
        else:
            gone.setdefault(told.asked.kind, set()).add(told.label)
    for kind, labels in gone.items():
        keep = [i for i in range(len(facilities[kind])) if i not in labels]
        facilities[kind] = picked(facilities[kind], keep)
    found = Reference(graph, facilities, joined(points), closed, joins).at_points(
        known.inputs.horizon_ms
    )
    return np.array(found, np.int32)[:, : len(known.homes)]
