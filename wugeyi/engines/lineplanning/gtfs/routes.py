"""The trips of a plan as rows of a feed: places in order, with times and who may board."""

from collections.abc import Iterator
from dataclasses import dataclass

from wugeyi.engines.lineplanning.gtfs.names import identities
from wugeyi.engines.lineplanning.model import Case, Place
from wugeyi.engines.lineplanning.plan import Plan, Trip

SERVICE = "service"
ALLOWED, FORBIDDEN = "0", "1"


@dataclass(frozen=True, slots=True)
class Halt:
    """A bus at a place of a trip; minutes from midnight."""

    place: str
    arrive_minute: int
    depart_minute: int
    boards: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One trip of one bus.

    Parameters
    ----------
    code, block
        As the feed names them; a block is a bus of the service's days.
    """

    code: str
    block: str
    home: bool
    halts: tuple[Halt, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Return the codes of its places, in order."""
        return tuple(halt.place for halt in self.halts)


def runs(plan: Plan) -> tuple[Run, ...]:
    """Return all trips, by bus and time."""
    named = identities((each.vehicle for each in plan.blocks), "type")
    found = []
    for block in plan.blocks:
        bus = f"{SERVICE}-{named[block.vehicle]}-{block.number}"
        for number, trip in enumerate(block.trips, start=1):
            halts = tuple(_halts(trip))
            found.append(Run(f"{bus}-{number}", bus, trip.home, halts))
    return tuple(found)


def _halts(trip: Trip) -> Iterator[Halt]:
    market = Halt(trip.market, trip.market_minute, trip.market_minute, trip.home)
    if trip.home:
        yield market
    for call in trip.calls:
        yield Halt(call.stop, call.arrive_minute, call.depart_minute, not trip.home)
    if not trip.home:
        yield market


def places(case: Case, trips: tuple[Run, ...]) -> tuple[Place, ...]:
    """Return the places at which trips halt, in the order of the case."""
    used = {place for trip in trips for place in trip.places}
    return tuple(each for each in (*case.markets, *case.stops) if each.code in used)


def clock(minute: int) -> str:
    """Return a minute after midnight as feeds have it; ten past one, next day: 25:10:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}:00"
