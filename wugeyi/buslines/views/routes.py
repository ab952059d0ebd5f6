"""A plan on the map: what each bus drives, who waits where."""

from collections import Counter

from wugeyi.buslines.drawing import At, Route, Scene, Waiting, scene
from wugeyi.buslines.models import Plan
from wugeyi.buslines.queries.plans import BusRow, SeenPlan, shapes_of


def scene_of(plan: Plan, seen: SeenPlan) -> Scene:
    """Return the drawing of a plan; one query for the shapes of roads."""
    case = seen.seen.case
    kinds = (("stop", case.stops), ("market", case.markets), ("depot", case.depots))
    spots = [
        At(each.code, each.name or each.code, kind, each.lat, each.lon)
        for kind, places in kinds
        for each in places
    ]
    persons: Counter[str] = Counter()
    baskets: Counter[str] = Counter()
    for request in case.requests:
        persons[request.stop] += request.persons
        baskets[request.stop] += request.baskets
    return scene(
        spots,
        ways=shapes_of(plan),
        demand={code: Waiting(many, baskets[code]) for code, many in persons.items()},
        routes=[route for bus in seen.buses for route in _routes(bus)],
    )


def _routes(bus: BusRow) -> list[Route]:
    """Return what a bus drives, with passengers and without."""
    driven = [tuple(call.code for call in trip.calls) for trip in bus.trips]
    return [
        *(Route(bus.name, codes, bus.colour) for codes in driven),
        *(Route(bus.name, codes, bus.colour, empty=True) for codes in bus.empty),
    ]
