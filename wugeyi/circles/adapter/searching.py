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
    raise NotImplementedError
