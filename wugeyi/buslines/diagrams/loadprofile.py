"""How full a bus is when it leaves each stop: persons, baskets, the floor they share."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wugeyi.buslines.adapter.planning import Load
    from wugeyi.buslines.queries.plans import SeenPlan, TripRow

HEIGHT = 132
TOP = 26.0
FOOT = 108.0
HIGHEST = 1.25
BAR_SHARE = 0.22


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``what`` is persons, baskets or floor, ``over`` that it breaks a limit."""

    x: str
    y: str
    width: str
    height: str
    what: str
    over: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a trip with its bars and its figures."""

    number: int
    x: str
    name: str
    load: "Load"
    bars: list[Bar]

    @property
    def floor_share(self) -> int | None:
        """Return the share of the floor that is taken, in hundredths."""
        if not self.load.floor_limit_dm2:
            return None
        return round(100 * self.load.floor_dm2 / self.load.floor_limit_dm2)


@dataclass(frozen=True, slots=True)
class Profile:
    """A trip; ``limit_y`` is where its bus is full, ``fullest`` in hundredths."""

    trip: "TripRow"
    stops: list[Stop]
    limit_y: str
    foot_y: str
    height: int
    fullest: int
    floor: bool


def profiles(seen: "SeenPlan") -> list[Profile]:
    """Return a profile for each trip, by time."""
    return [_profile(seen, trip, loads) for trip, loads in seen.loads if loads]


def _profile(seen: "SeenPlan", trip: "TripRow", loads: "list[Load]") -> Profile:
    # A bus empties at its market: the last place there, the last stop home.
    shown = loads[:-1] or loads
    stops = [
        _stop(seen, number, load, len(shown))
        for number, load in enumerate(shown, start=1)
    ]
    return Profile(
        trip=trip,
        stops=stops,
        limit_y=f"{TOP:.1f}",
        foot_y=f"{FOOT:.1f}",
        height=HEIGHT,
        fullest=round(100 * max(load.fullest for load in shown)),
        floor=bool(shown[0].floor_limit_dm2),
    )


def _stop(seen: "SeenPlan", number: int, load: "Load", many: int) -> Stop:
    pairs = [
        ("persons", load.persons, load.seats),
        ("baskets", load.baskets, load.basket_places),
    ]
    if load.floor_limit_dm2:
        pairs.append(("floor", load.floor_dm2, load.floor_limit_dm2))
    wide = 100 / max(many, 3)
    middle = 100 * (number - 0.5) / many
    bar = wide * BAR_SHARE
    begin = middle - bar * len(pairs) / 2
    return Stop(
        number=number,
        x=f"{middle:.2f}%",
        name=seen.names.get(load.place, load.place),
        load=load,
        bars=[
            _bar(begin + place * bar, bar * 0.86, what, used, limit)
            for place, (what, used, limit) in enumerate(pairs)
        ],
    )


def _bar(x: float, width: float, what: str, used: int, limit: int) -> Bar:
    share = used / limit if limit else (HIGHEST if used else 0.0)
    tall = min(share, HIGHEST) * (FOOT - TOP)
    return Bar(
        x=f"{x:.2f}%",
        y=f"{FOOT - tall:.1f}",
        width=f"{width:.2f}%",
        height=f"{tall:.1f}",
        what=what,
        over=share > 1,
    )
