"""`reach`: walking times of every home, and who is inside and outside."""

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from wugeyi.engines.accessibility import export, files
from wugeyi.engines.accessibility.command.networks import attribution
from wugeyi.engines.accessibility.command.screen import Screen
from wugeyi.engines.accessibility.command.towns import (
    graph_of,
    minutes_of,
    pace_of,
    pace_text,
    place_text,
    town_of,
)
from wugeyi.engines.accessibility.contraction import prepare
from wugeyi.engines.accessibility.coverage import (
    EVERYWHERE,
    Homes,
    Row,
    Supply,
    coverage,
    supply,
)
from wugeyi.engines.accessibility.disclosure import public
from wugeyi.engines.accessibility.export import Sheet
from wugeyi.engines.accessibility.files import Town
from wugeyi.engines.accessibility.graph import UNREACHED, Graph
from wugeyi.engines.accessibility.reach import nearest_points
from wugeyi.engines.accessibility.siting import cover

Array = NDArray[Any]
BEYOND = 2
"""Times are searched to so many limits, to tell how far the worst home is."""


def reach(screen: Screen, given: Any) -> None:
    """Work out times, show who is inside and outside, write both."""
    for path in (given.out, given.summary):
        if path:
            export.check(path)
    town = town_of(screen, given)
    pace = pace_of(given)
    graph = graph_of(town.network, pace, given.network.name)
    limits = town.limits_ms(pace.speed_mm_s, given.minutes)
    with screen.working("walking"):
        prepared = prepare(graph)
        times, which = nearest_points(
            prepared, town.entrances, town.doors, BEYOND * max(limits)
        )
        homes = Homes.of(town.residents, town.elderly, placed=town.doors.found)
        table = coverage(times, limits, homes)
        held = [
            _supply(town, graph, place, limit) for place, limit in enumerate(limits)
        ]
    rows = [row for row in table if row.area == EVERYWHERE]
    if given.public:
        rows, held = public(rows), [None] * len(rows)
    _show(screen, town, rows, limits, held, pace_text(screen, pace))
    if given.out:
        export.write(given.out, times_sheet(town, times, which))
        screen.tell("written", path=given.out, count=len(town.homes))
    if given.summary:
        export.write(given.summary, _summary(screen, town, rows, limits))
        screen.tell("written", path=given.summary, count=len(rows))
    attribution(screen, town.network)


def _supply(town: Town, graph: Graph, place: int, limit: int) -> Supply | None:
    """Return places against people, where every facility says how many it has."""
    room = [row.capacity for row in town.facilities[place]]
    known = [each for each in room if each is not None]
    if not room or len(known) < len(room):
        return None
    sets = cover(graph, town.entrances[place], town.doors, limit)
    return supply(sets, town.residents, known)


def times_sheet(town: Town, times: Array, which: Array) -> Sheet:
    """Return a row for each home: minutes and the nearest facility of each category."""
    columns: dict[str, Any] = {
        "name": [home.name for home in town.homes],
        "residents": town.residents,
        "elderly": town.elderly,
    }
    for place, kind in enumerate(town.template.categories):
        columns[f"{kind.code}_min"] = minutes_column(times[place])
        columns[f"{kind.code}_nearest"] = [
            town.facilities[place][number].name if number >= 0 else None
            for number in which[place].tolist()
        ]
    return Sheet(columns, home_points(town), files.terms(town.network))


def minutes_column(times: Array) -> list[float | None]:
    """Return minutes to a hundredth; None for what was not reached."""
    return [None if ms == UNREACHED else round(ms / 60_000, 2) for ms in times.tolist()]


def home_points(town: Town) -> list[Any]:
    """Return a point for each home, None for one without a place."""
    placed = [home for home in town.homes if home.lon is not None]
    points = export.points([home.lon for home in placed], [home.lat for home in placed])
    held = iter(points.tolist())
    return [None if home.lon is None else next(held) for home in town.homes]


def _show(
    screen: Screen,
    town: Town,
    rows: Sequence[Row],
    limits: Sequence[int],
    held: Sequence[Supply | None],
    pace: str,
) -> None:
    """Show a row for each category, with the columns that say something here."""
    people = ("residents-inside", "residents-outside", "elderly-outside")
    counted = people if town.residents.any() else ("homes-inside", "homes-outside")
    columns: dict[str, list[str]] = {
        "category": [screen.name(kind) for kind in town.template.categories],
        "limit": [f"{limit / 60_000:g}" for limit in limits],
    }
    for head in counted:
        figure, part = head.split("-")
        columns[head] = [
            _count(screen, getattr(getattr(row, part), figure)) for row in rows
        ]
    if any(row.nowhere.homes != 0 for row in rows):
        columns["nowhere"] = [_count(screen, row.nowhere.homes) for row in rows]
    if any(held):
        columns["places"] = [_enough(screen, each) for each in held]
    if any(row.worst for row in rows):
        columns["worst"] = [_worst(screen, town, row, max(limits)) for row in rows]
    screen.table(
        screen.text("coverage-title", homes=len(town.homes), pace=pace),
        [screen.text(f"head-{head}") for head in columns],
        zip(*columns.values(), strict=True),
    )
    for place, kind in enumerate(town.template.categories):
        if not town.facilities[place]:
            screen.tell("no-facilities", name=screen.name(kind))


def _count(screen: Screen, count: int | None) -> str:
    return screen.text("hidden") if count is None else f"{count:,}"


def _enough(screen: Screen, found: Supply | None) -> str:
    if found is None:
        return screen.text("not-known")
    if found.enough:
        return screen.text("enough")
    return screen.text("short", count=found.demand - found.served)


def _worst(screen: Screen, town: Town, row: Row, longest: int) -> str:
    if row.worst is None:
        return screen.text("not-known")
    home = town.homes[row.worst.home]
    name = place_text(screen, home.name, home.line)
    if row.worst.ms is None:
        return screen.text("beyond", name=name, minutes=minutes_of(BEYOND * longest))
    return screen.text("worst-is", name=name, minutes=minutes_of(row.worst.ms))


def _summary(
    screen: Screen, town: Town, rows: Sequence[Row], limits: Sequence[int]
) -> Sheet:
    kinds = [town.template.categories[row.category] for row in rows]
    columns: dict[str, Any] = {
        "category": [kind.code for kind in kinds],
        "name": [screen.name(kind) for kind in kinds],
        "limit_min": [limits[row.category] / 60_000 for row in rows],
        "facilities": [len(town.facilities[row.category]) for row in rows],
    }
    for part in ("inside", "outside", "nowhere"):
        for figure in ("homes", "residents", "elderly"):
            columns[f"{figure}_{part}"] = [
                getattr(getattr(row, part), figure) for row in rows
            ]
    return Sheet(columns, None, files.terms(town.network))
