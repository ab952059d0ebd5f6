"""Everything of a drawing, once for a wide page and once for a phone."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from wugeyi.buslines.drawing import labels, roads
from wugeyi.buslines.drawing.ground import Ground, Point, bar, fitted
from wugeyi.buslines.drawing.labels import Box, Label
from wugeyi.buslines.drawing.roads import Shapes

BROAD, NARROW = 960.0, 360.0
TONES = 8
"""Kinds of lines a style sheet knows: four colours, whole and broken."""
LARGEST = {BROAD: 26.0, NARROW: 17.0}
REACH = {"stop": 6.0, "market": 11.0, "depot": 11.0}
APART = 3.5
"""How far lines of different buses run beside each other."""


class Placed(Protocol):
    """What has a code, a name, a kind and perhaps a place: a row, an engine's place."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def lat(self) -> float | None: ...  # noqa: D102
    @property
    def lon(self) -> float | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class At:
    """A spot of one's own making, for what is no row."""

    code: str
    name: str
    kind: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits at a spot."""

    persons: int
    baskets: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """What a bus drives, spot by spot.

    Parameters
    ----------
    tone
        1 to ``TONES``: how it is drawn; 0: the next one.
    empty
        Driven without passengers.
    """

    label: str
    codes: tuple[str, ...]
    tone: int = 0
    empty: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot: where it lies and where its name stands (None: no room)."""

    code: str
    name: str
    kind: str
    x: float
    y: float
    label: Label | None
    url: str = ""
    waiting: Waiting | None = None
    persons_r: float = 0.0
    baskets_r: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A route on the sheet: its path, and arrows that tell its direction."""

    label: str
    tone: int
    path: str
    arrows: tuple[str, ...]
    empty: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawing, in units of which a phone shows about one a pixel."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    routes: tuple[Drawn, ...]
    roads: tuple[str, ...]
    bar: float
    bar_metres: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing for a wide page and one for a phone, and what stands in neither.

    ``unplaced`` are names of spots whose place nobody wrote down.
    """

    broad: Sheet
    narrow: Sheet
    unplaced: tuple[str, ...] = ()
    waiting: bool = False
    tones: tuple[tuple[str, int, bool], ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not self.broad.marks


def scene(
    spots: Iterable[Placed],
    *,
    ways: Shapes | None = None,
    demand: Mapping[str, Waiting] | None = None,
    routes: Sequence[Route] = (),
    links: Iterable[tuple[str, str]] = (),
    urls: Mapping[str, str] | None = None,
) -> Scene:
    """Draw a line.

    Parameters
    ----------
    ways
        Points of roads by "from to" where they are known.
    demand
        Who waits, by the code of the spot.
    routes
        What is driven; spots that are not placed are passed over.
    links
        Pairs of spots with a road between them, drawn quietly (``skeleton``).
    urls
        What a spot opens, by its code.
    """
    held = list(spots)
    drawn = [each for each in held if each.lat is not None and each.lon is not None]
    toned = _toned(routes)
    pairs = list(links)
    broad, narrow = (
        sheet(
            drawn,
            width=width,
            ways=ways or {},
            demand=demand or {},
            routes=toned,
            links=pairs,
            urls=urls or {},
        )
        for width in (BROAD, NARROW)
    )
    return Scene(
        broad,
        narrow,
        tuple(each.name or each.code for each in held if each not in drawn),
        waiting=any(mark.waiting for mark in broad.marks),
        tones=tuple({(each.label, each.tone, each.empty): None for each in toned}),
    )


def _toned(routes: Sequence[Route]) -> list[Route]:
    """Give every label a tone of its own, in the order they come."""
    tones: dict[str, int] = {}
    for each in routes:
        tones.setdefault(each.label, each.tone or len(tones) % TONES + 1)
    return [
        Route(each.label, each.codes, tones[each.label], each.empty, each.url)
        for each in routes
    ]


def sheet(
    spots: Sequence[Placed],
    *,
    width: float = BROAD,
    ways: Shapes,
    demand: Mapping[str, Waiting],
    routes: Sequence[Route],
    links: Iterable[tuple[str, str]],
    urls: Mapping[str, str],
    tall: float | None = None,
) -> Sheet:
    """Draw on one sheet of a width; every spot given has a place."""
    degrees = {each.code: (each.lon or 0.0, each.lat or 0.0) for each in spots}
    least = width > NARROW
    ground = fitted(
        degrees.values(),
        width=width,
        margin=70 if least else 34,
        tall=tall or (0.72 if least else 1.35),
    )
    points = {code: ground.place(*each) for code, each in degrees.items()}
    drawn, along = _routes(routes, points, ways, ground)
    quiet = [
        roads.leg(here, there, points, ways, ground)
        for here, there in links
        if here in points and there in points
    ]
    along += [point for line in quiet for point in _beads(line)]
    length, metres = bar(ground)
    return Sheet(
        width=width,
        height=ground.height,
        marks=_marks(spots, points, demand, ground, along, urls),
        routes=drawn,
        roads=tuple(roads.path(line) for line in quiet),
        bar=length,
        bar_metres=metres,
    )


def _routes(
    routes: Sequence[Route], points: Mapping[str, Point], ways: Shapes, ground: Ground
) -> tuple[tuple[Drawn, ...], list[Point]]:
    drawn, along = [], []
    labels_ = list(dict.fromkeys(each.label for each in routes))
    for route in routes:
        by = APART * (labels_.index(route.label) - (len(labels_) - 1) / 2)
        known = [code for code in route.codes if code in points]
        line: list[Point] = []
        arrows = []
        for here, there in pairwise(known):
            piece = roads.aside(roads.leg(here, there, points, ways, ground), by)
            pointed = roads.arrow(piece)
            if pointed:
                arrows.append(roads.path(pointed) + "Z")
            line += piece
            along += _beads(piece)
        if line:
            drawn.append(
                Drawn(
                    route.label,
                    route.tone,
                    roads.path(line),
                    tuple(arrows),
                    route.empty,
                    route.url,
                )
            )
    return tuple(drawn), along


def _beads(line: Sequence[Point], step: float = 8.0) -> list[Point]:
    """Return points along a line, near enough for names to notice it."""
    beads = []
    for a, b in pairwise(line):
        many = max(1, math.ceil(math.dist(a, b) / step))
        beads += [
            (a[0] + (b[0] - a[0]) * n / many, a[1] + (b[1] - a[1]) * n / many)
            for n in range(many)
        ]
    return beads


def _marks(
    spots: Sequence[Placed],
    points: Mapping[str, Point],
    demand: Mapping[str, Waiting],
    ground: Ground,
    along: list[Point],
    urls: Mapping[str, str],
) -> tuple[Mark, ...]:
    largest = LARGEST.get(ground.width, ground.width * 0.03)
    most = max((max(each.persons, each.baskets) for each in demand.values()), default=0)
    grown = largest / math.sqrt(most) if most else 0.0
    marks = [_mark(each, points, demand, grown, urls) for each in spots]
    order = sorted(range(len(marks)), key=lambda i: _rank(marks[i]))
    wanted = [
        labels.Wanted(i, marks[i].name, marks[i].x, marks[i].y, _reach(marks[i]))
        for i in order
    ]
    # The scale and the north arrow keep the lower left corner.
    corner = (0.0, ground.height - 34, ground.width / 4 + 40, ground.height)
    found = labels.placed(
        wanted,
        width=ground.width,
        height=ground.height,
        taken=[*(_box(mark) for mark in marks), corner],
        lines=along,
    )
    return tuple(
        Mark(
            mark.code,
            mark.name,
            mark.kind,
            mark.x,
            mark.y,
            found.get(i),
            mark.url,
            mark.waiting,
            mark.persons_r,
            mark.baskets_r,
        )
        for i, mark in enumerate(marks)
    )


def _mark(
    spot: Placed,
    points: Mapping[str, Point],
    demand: Mapping[str, Waiting],
    grown: float,
    urls: Mapping[str, str],
) -> Mark:
    x, y = points[spot.code]
    waiting = demand.get(spot.code)
    return Mark(
        spot.code,
        spot.name or spot.code,
        spot.kind,
        x,
        y,
        None,
        urls.get(spot.code, ""),
        waiting,
        round(grown * math.sqrt(waiting.persons), 1) if waiting else 0.0,
        round(grown * math.sqrt(waiting.baskets), 1) if waiting else 0.0,
    )


def _reach(mark: Mark) -> float:
    return max(REACH.get(mark.kind, 6.0), mark.persons_r)


def _rank(mark: Mark) -> tuple[int, float, str]:
    """Markets are named first, then where most wait."""
    return (mark.kind == "stop", -mark.persons_r, mark.code)


def _box(mark: Mark) -> Box:
    reach = REACH.get(mark.kind, 6.0)
    return (mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach)
