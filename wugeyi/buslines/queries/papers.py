"""What stands on paper: trips as grids, buses with their trips, bookings of a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wugeyi.buslines.adapter.editions import BlockRow, blocks
from wugeyi.buslines.models import Edition, Spot, Trip
from wugeyi.buslines.queries.driving import Stop, stops_on


@dataclass(frozen=True, slots=True)
class Line:
    """A stop down the grid, with its minute in each trip across; None: not served."""

    spot: Spot
    minutes: tuple[int | None, ...]
    end: bool


def grid(trips: Sequence[Trip], *, home: bool) -> tuple[list[Trip], list[Line]]:
    """Return the trips one way by time, and the stops in the order they are reached."""
    chosen = sorted(
        (trip for trip in trips if trip.home == home), key=lambda t: t.market_minute
    )
    stops: dict[int, Spot] = {}
    first: dict[int, list[int]] = defaultdict(list)
    minutes: dict[tuple[int, int], int] = {}
    markets: dict[int, Spot] = {}
    for place, trip in enumerate(chosen):
        markets[trip.market_id] = trip.market
        minutes[trip.market_id, place] = trip.market_minute
        for call in trip.calls.all():
            minute = call.arrive_minute if home else call.depart_minute
            stops[call.stop_id] = call.stop
            minutes[call.stop_id, place] = minute
            first[call.stop_id].append(abs(minute - trip.market_minute))
    # The farther from the market, the earlier on the way there.
    order = sorted(stops, key=lambda key: -sum(first[key]) / len(first[key]))
    across = range(len(chosen))

    def row(spot: Spot, *, end: bool) -> Line:
        return Line(spot, tuple(minutes.get((spot.pk, n)) for n in across), end)

    rows = [row(stops[key], end=False) for key in order]
    ends = [row(spot, end=True) for spot in markets.values()]
    return chosen, [*ends, *rows[::-1]] if home else [*rows, *ends]


@dataclass(frozen=True, slots=True)
class Bus:
    """A bus with its trips on a day, and when it leaves its depot and is back."""

    vehicle: str
    number: int
    trips: tuple[tuple[Trip, list[Stop]], ...]
    block: BlockRow | None


def buses(edition: Edition, trips: Sequence[Trip], on: date) -> list[Bus]:
    """Return the buses of an edition with who booked on a day; two queries."""
    plan = edition.plan
    known = blocks(plan.inputs, plan.result) if plan and plan.result else {}
    seen = stops_on(trips, on)
    found: dict[tuple[str, int], list[Trip]] = defaultdict(list)
    for trip in trips:
        found[trip.vehicle, trip.vehicle_number].append(trip)
    return [
        Bus(
            vehicle,
            number,
            tuple((trip, seen[trip.pk]) for trip in driven),
            known.get((vehicle, number)),
        )
        for (vehicle, number), driven in sorted(found.items())
    ]
