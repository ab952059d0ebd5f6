"""`whatif`: who gets nearer, and who farther, when links and facilities change."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility import export, files
from wugeyi.engines.accessibility.changes import (
    Change,
    CloseFacility,
    CloseLink,
    OpenFacility,
    OpenLink,
    Place,
    Scenario,
)
from wugeyi.engines.accessibility.command.areas import at_point, category_of
from wugeyi.engines.accessibility.command.networks import attribution
from wugeyi.engines.accessibility.command.screen import Screen
from wugeyi.engines.accessibility.command.times import (
    BEYOND,
    home_points,
    minutes_column,
)
from wugeyi.engines.accessibility.command.towns import (
    graph_of,
    pace_of,
    pace_text,
    town_of,
)
from wugeyi.engines.accessibility.contraction import prepare
from wugeyi.engines.accessibility.export import Sheet
from wugeyi.engines.accessibility.files import Town
from wugeyi.engines.accessibility.findings import Refused
from wugeyi.engines.accessibility.geometry import length_mm
from wugeyi.engines.accessibility.points import LIMIT_M
from wugeyi.engines.accessibility.walking import Pace
from wugeyi.engines.accessibility.whatif import Outcome, apply, begin

Array = NDArray[Any]
Point = tuple[float, float]


def whatif(screen: Screen, given: Any) -> None:
    """Work out what changes, show it by category and write it by home."""
    if given.out:
        export.check(given.out)
    town = town_of(screen, given)
    pace = pace_of(given)
    changes = (*_links(town, given, pace), *_facilities(town, given))
    if not changes:
        raise Refused("nothing-changed")
    graph = graph_of(town.network, pace, given.network.name)
    limits = np.array(town.limits_ms(pace.speed_mm_s, given.minutes), np.int64)
    with screen.working("walking"):
        state = begin(
            prepare(graph), town.entrances, town.doors, BEYOND * int(limits.max())
        )
        outcome = apply(state, Scenario(changes))
    limit = limits[outcome.category]
    gained = (outcome.before_ms > limit) & (outcome.after_ms <= limit)
    lost = (outcome.before_ms <= limit) & (outcome.after_ms > limit)
    _show(screen, town, outcome, (gained, lost), pace_text(screen, pace))
    if given.out:
        export.write(given.out, _sheet(town, outcome, gained, lost))
        screen.tell("written", path=given.out, count=len(outcome))
    attribution(screen, town.network)


def _links(town: Town, given: Any, pace: Pace) -> Iterator[Change]:
    for one, other, minutes in given.link:
        start, end = at_point(town, one), at_point(town, other)
        ms = _taken(one, other, pace) if minutes is None else round(minutes * 60_000)
        off = int(pace.off_way_ms(start.off_mm + end.off_mm)[0])
        yield OpenLink(Place.of(start, 0), Place.of(end, 0), ms + off)
    shut = [_segment(town, point) for point in given.shut]
    if shut:
        yield CloseLink(tuple(shut))


def _taken(one: Point, other: Point, pace: Pace) -> int:
    """Return how long the straight way between two points takes, on level ground."""
    ends = np.array([[*one, *other]]).T
    return max(1, int(length_mm(*ends)[0]) * 1000 // pace.speed_mm_s)


def _segment(town: Town, point: Point) -> int:
    """Return the segment a point lies on.

    Raises
    ------
    Refused
        None is near.
    """
    # The nearest one itself: a bridge is what people want to shut.
    edge, _, _ = town.grid.nearest(np.array([point[0]]), np.array([point[1]]), LIMIT_M)
    if edge[0] < 0:
        where = f"{point[0]:g},{point[1]:g}"
        raise Refused("point-off-network", where, metres=round(LIMIT_M))
    return int(edge[0])


def _facilities(town: Town, given: Any) -> Iterator[Change]:
    for name, point in given.open:
        kind = category_of(town, name)
        yield OpenFacility(kind, Place.of(at_point(town, point), 0))
    for name in given.close:
        named = [
            CloseFacility(kind, number)
            for kind, rows in enumerate(town.facilities)
            for number, row in enumerate(rows)
            if row.name == name
        ]
        if not named:
            raise Refused("facility-unknown", name)
        yield from named


def _show(
    screen: Screen,
    town: Town,
    outcome: Outcome,
    moved: tuple[Array, Array],
    pace: str,
) -> None:
    if not len(outcome):
        screen.tell("nobody-changes")
        return
    gained, lost = moved
    heads = ("category", "gained", "gained-elderly", "lost", "nearer", "farther")
    screen.table(
        f"{screen.text('changed-title')} · {pace}",
        [screen.text(f"head-{head}") for head in heads],
        [
            (
                screen.name(kind),
                f"{town.residents[outcome.home[here & gained]].sum():,}",
                f"{town.elderly[outcome.home[here & gained]].sum():,}",
                f"{town.residents[outcome.home[here & lost]].sum():,}",
                f"{(here & outcome.nearer).sum():,}",
                f"{(here & ~outcome.nearer).sum():,}",
            )
            for number, kind in enumerate(town.template.categories)
            if (here := outcome.category == number).any()
        ],
    )


def _sheet(town: Town, outcome: Outcome, gained: Array, lost: Array) -> Sheet:
    """Return a row for each home and category whose time changes."""
    order = np.lexsort((outcome.home, outcome.category))
    homes = [town.homes[number] for number in outcome.home[order].tolist()]
    kinds = [
        town.template.categories[number] for number in outcome.category[order].tolist()
    ]
    places = home_points(town)
    columns: dict[str, Any] = {
        "name": [home.name for home in homes],
        "category": [kind.code for kind in kinds],
        "before_min": minutes_column(outcome.before_ms[order]),
        "after_min": minutes_column(outcome.after_ms[order]),
        "gained": gained[order],
        "lost": lost[order],
        "residents": [home.residents for home in homes],
        "elderly": [home.elderly for home in homes],
    }
    geometry = [places[number] for number in outcome.home[order].tolist()]
    return Sheet(columns, geometry, files.terms(town.network))
