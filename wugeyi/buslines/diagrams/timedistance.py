"""Time across, distance to the market up: farmers' trips beside regular departures.

One panel for each market and direction. Places are as far from the market as the way
is long, pulled apart where their names would touch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from wugeyi.buslines.rules.minutes import clock

if TYPE_CHECKING:
    from wugeyi.buslines.queries.plans import SeenPlan, TripRow

HALF_HOUR = 30
MOST_HALVES = 180
MARGIN_MINUTES = 6
TOP = 24
BOTTOM = 30
LEAST_GAP = 21.0
MOST_HEIGHT = 430.0
PIXELS_A_KM = 16.0
MOST_LETTERS = 6.0
LAST_NARROW = "\u2e7f"


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line, or a tick."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Word:
    """Something written at a point."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A place along the way, its regular departures and how near nobody may come."""

    y: str
    word_y: str
    name: str
    short: str
    km: str
    ticks: list[Line]
    bands: list[tuple[str, str, str]]
    market: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A trip: its pieces, stops and number; ``colour`` is its bus's."""

    trip: "TripRow"
    colour: int
    pieces: list[Line]
    stops: list[tuple[str, str]]
    label: Word
    chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """All trips to one market, or home from it."""

    number: int
    market: str
    home: bool
    height: int
    hours: list[Word]
    halves: list[str]
    rows: list[Row]
    paths: list[Path]
    first: str
    last: str
    top: str
    foot: str


def panels(seen: "SeenPlan", *, chosen: Iterable[int] = ()) -> list[Panel]:
    """Return the panels of a plan; ``chosen`` are numbers of trips to point out."""
    groups: dict[tuple[bool, str], list[TripRow]] = {}
    for trip in seen.trips:
        groups.setdefault((trip.home, trip.market_code), []).append(trip)
    picked = frozenset(chosen)
    return [
        _Drawing(seen, trips, picked).panel(number)
        for number, (_key, trips) in enumerate(sorted(groups.items()), start=1)
    ]


def short(name: str) -> str:
    """Return what of a name fits beside a diagram; the tables have all of it."""
    wide = 0.0
    for place, letter in enumerate(name):
        wide += 1.0 if letter > LAST_NARROW else 0.6
        if wide > MOST_LETTERS:
            return f"{name[: place - 1]}…"
    return name


class _Drawing:
    """One panel while it is drawn."""

    def __init__(
        self, seen: "SeenPlan", trips: "list[TripRow]", chosen: frozenset[int]
    ) -> None:
        self.seen, self.trips, self.chosen = seen, trips, chosen
        self.market = trips[0].market_code
        minutes = [
            minute
            for trip in trips
            for call in trip.calls
            for minute in (call.arrive, call.depart)
        ]
        low, high = min(minutes) - MARGIN_MINUTES, max(minutes) + MARGIN_MINUTES
        self.first = low // HALF_HOUR * HALF_HOUR
        self.last = -(-high // HALF_HOUR) * HALF_HOUR
        self.metres = self._metres()
        self.y = self._places()
        self.foot = max(self.y.values())

    def _metres(self) -> dict[str, int]:
        ways = self.seen.seen.case.ways
        at = {code: place for place, code in enumerate(ways.codes)}
        here = at[self.market]
        codes = {call.code for trip in self.trips for call in trip.calls}
        home = self.trips[0].home
        return {
            code: max(
                0, ways.metres[here][at[code]] if home else ways.metres[at[code]][here]
            )
            for code in sorted(codes)
        }

    def _places(self) -> dict[str, float]:
        """Return how far down each place stands; the farthest is on top."""
        order = sorted(self.metres, key=lambda code: (-self.metres[code], code))
        farthest = self.metres[order[0]] / 1000
        scale = min(PIXELS_A_KM, MOST_HEIGHT / farthest) if farthest else PIXELS_A_KM
        found: dict[str, float] = {}
        last = TOP - LEAST_GAP
        for code in order:
            wanted = TOP + (farthest - self.metres[code] / 1000) * scale
            last = max(wanted, last + LEAST_GAP)
            found[code] = last
        return found

    def x(self, minute: float) -> str:
        share = (minute - self.first) / (self.last - self.first)
        return f"{100 * share:.2f}%"

    def panel(self, number: int) -> Panel:
        # Half hours have room for their names only where few are shown.
        every = HALF_HOUR if self.last - self.first <= MOST_HALVES else 2 * HALF_HOUR
        hours = [
            minute for minute in range(self.first, self.last + 1) if minute % every == 0
        ]
        halves = range(self.first, self.last + 1, HALF_HOUR)
        return Panel(
            number=number,
            market=self.trips[0].market,
            home=self.trips[0].home,
            height=round(self.foot + BOTTOM),
            hours=[
                Word(self.x(minute), f"{self.foot + 20:.0f}", clock(minute))
                for minute in hours
                if self.first < minute < self.last
            ],
            halves=[self.x(minute) for minute in halves],
            rows=[self._row(code) for code in self.y],
            paths=[self._path(trip) for trip in self.trips],
            first=clock(self.first),
            last=clock(self.last),
            top=f"{TOP - 14}",
            foot=f"{self.foot:.1f}",
        )

    def _row(self, code: str) -> Row:
        y, hard = self.y[code], self.seen.hard(code)
        name = self.seen.names.get(code, code)
        shown = [m for m in self.seen.regular(code) if self.first <= m <= self.last]
        wide = 100 * (2 * hard - 1) / (self.last - self.first)
        return Row(
            y=f"{y:.1f}",
            word_y=f"{y + 4.5:.1f}",
            name=name,
            short=short(name),
            km=f"{self.metres[code] / 1000:.1f}",
            ticks=[
                Line(self.x(m), f"{y - 5:.1f}", self.x(m), f"{y + 5:.1f}")
                for m in shown
            ],
            bands=[
                (self.x(m - hard + 0.5), f"{y - 5:.1f}", f"{wide:.2f}%")
                for m in shown
                if hard
            ],
            market=code == self.market,
        )

    def _path(self, trip: "TripRow") -> Path:
        points = [
            (minute, self.y[call.code])
            for call in trip.calls
            for minute in (call.arrive, call.depart)
        ]
        pieces = [
            Line(self.x(x1), f"{y1:.1f}", self.x(x2), f"{y2:.1f}")
            for (x1, y1), (x2, y2) in pairwise(points)
            if (x1, y1) != (x2, y2)
        ]
        begin = points[0] if not trip.home else points[-1]
        return Path(
            trip=trip,
            colour=trip.bus.colour,
            pieces=pieces,
            stops=[
                (self.x((call.arrive + call.depart) / 2), f"{self.y[call.code]:.1f}")
                for call in trip.calls
            ],
            label=Word(self.x(begin[0]), f"{begin[1] - 7:.1f}", str(trip.number)),
            chosen=trip.number in self.chosen,
        )
