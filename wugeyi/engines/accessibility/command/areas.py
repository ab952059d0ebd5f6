"""`isochrone`: areas within some minutes of a place."""

from typing import Any

import numpy as np
import shapely

from wugeyi.engines.accessibility import files
from wugeyi.engines.accessibility.command.networks import attribution
from wugeyi.engines.accessibility.command.screen import Screen
from wugeyi.engines.accessibility.command.towns import (
    graph_of,
    pace_of,
    pace_text,
    town_of,
)
from wugeyi.engines.accessibility.contraction import prepare
from wugeyi.engines.accessibility.export import Sheet, check, write
from wugeyi.engines.accessibility.files import Town
from wugeyi.engines.accessibility.findings import Refused
from wugeyi.engines.accessibility.isochrone import isochrones, turned
from wugeyi.engines.accessibility.points import LIMIT_M, Attached
from wugeyi.engines.accessibility.reach import reach


def isochrone(screen: Screen, given: Any) -> None:
    """Draw how far one gets from a point, or who gets to a category in time."""
    check(given.out)
    town = town_of(screen, given, homes=False)
    places = _places(screen, given, town)
    pace = pace_of(given)
    graph = graph_of(town.network, pace, given.network.name)
    if given.at:
        graph = turned(graph)
    limits = sorted({round(minutes * 60_000) for minutes in given.minutes})
    with screen.working("walking"):
        times = reach(prepare(graph), [places], limits[-1])[0]
        areas = isochrones(town.network, graph, times, limits, places)
    minutes = [area.limit_ms / 60_000 for area in areas]
    streets = [area.street_m for area in areas]
    # Large ones first: what is drawn later lies on top.
    order = np.argsort([-one for one in minutes])
    shapes = np.array([shapely.geometry.shape(each.geometry) for each in areas], object)
    columns = {
        "minutes": np.array(minutes)[order],
        "street_m": np.array(streets)[order],
    }
    write(given.out, Sheet(columns, shapes[order], files.terms(town.network)))
    screen.table(
        f"{screen.text('iso-title')} · {pace_text(screen, pace)}",
        [screen.text("head-minutes"), screen.text("head-street")],
        [
            (f"{one:g}", f"{metres / 1000:.1f}")
            for one, metres in zip(minutes, streets, strict=True)
        ],
    )
    screen.tell("written", path=given.out, count=len(areas))
    attribution(screen, town.network)


def _places(screen: Screen, given: Any, town: Town) -> Attached:
    """Return where the areas are around."""
    if given.at:
        return at_point(town, given.at)
    if not (given.facilities and given.category):
        raise Refused("which-place")
    return town.entrances[category_of(town, given.category)]


def at_point(town: Town, point: tuple[float, float]) -> Attached:
    """Return where a point meets the network.

    Raises
    ------
    Refused
        No street is near.
    """
    found = town.grid.attach(np.array([point[0]]), np.array([point[1]]))
    if found.edge[0] < 0:
        where = f"{point[0]:g},{point[1]:g}"
        raise Refused("point-off-network", where, metres=round(LIMIT_M))
    return found


def category_of(town: Town, name: str) -> int:
    """Return the place of a category.

    Raises
    ------
    Refused
        The template has none that people call so.
    """
    place = town.category(name)
    if place is None:
        known = ", ".join(one.code for one in town.template.categories)
        raise Refused("category-unknown", name, known=known)
    return place
