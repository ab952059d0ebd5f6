"""Calls of the engine's search: times and nearest facilities, and what changes would do."""

from typing import TYPE_CHECKING, Any

from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.streets import KEPT, Streets
from wugeyi.circles.rules.changes import What

if TYPE_CHECKING:
    from wugeyi.circles.adapter.changing import Told
    from wugeyi.circles.adapter.looking import Look
    from wugeyi.engines.accessibility.changes import Change
    from wugeyi.engines.accessibility.points import Attached
    from wugeyi.engines.accessibility.whatif import State


def search(
    streets: Streets,
    facilities: "tuple[Attached, ...]",
    homes: "Attached",
    inputs: Inputs,
) -> tuple[Any, Any]:
    """Return int32[kinds, homes] milliseconds, and places of the nearest; -1 none."""
    import numpy as np

    from wugeyi.engines.accessibility.reach import nearest_points

    ms, label = nearest_points(streets.prepared, facilities, homes, inputs.horizon_ms)
    return np.ascontiguousarray(ms), np.ascontiguousarray(label)


def what_if(streets: Streets, known: "Look", scenario: "list[Told]") -> Any:
    """Return int32[kinds, homes] milliseconds after changes."""
    from wugeyi.engines.accessibility.changes import Scenario
    from wugeyi.engines.accessibility.whatif import apply

    found = apply(
        state_of(streets, known), Scenario(tuple(_change(each) for each in scenario))
    )
    after = known.ms.copy()
    after[found.category, found.home] = found.after_ms
    return after


def state_of(streets: Streets, known: "Look") -> "State":
    """Return what the engine compares changes with; made for the first what-if."""
    from wugeyi.engines.accessibility.whatif import begin

    return KEPT.take(
        ("state", known.inputs.key),
        lambda: begin(
            streets.prepared, known.facilities, known.homes, known.inputs.horizon_ms
        ),
    )


def _change(told: "Told") -> "Change":
    from wugeyi.engines.accessibility.changes import (
        CloseFacility,
        CloseLink,
        OpenFacility,
        OpenLink,
        Place,
    )

    what, asked = told.asked.change.what, told.asked
    if what is What.CLOSE_LINK:
        return CloseLink(told.edges)
    if what is What.CLOSE_FACILITY:
        return CloseFacility(asked.kind, told.label)
    if told.points is None:
        raise ValueError("a change without a place")
    first = Place.of(told.points, 0)
    if what is What.OPEN_FACILITY:
        return OpenFacility(asked.kind, first)
    return OpenLink(first, Place.of(told.points, 1), told.link_ms)
