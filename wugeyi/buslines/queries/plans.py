"""A plan as people read it: its buses, trips and calls, loads, money, who is left out."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.models import LeftOut, Line, Plan, Spot, WaysTable, holding
from wugeyi.jobs.models import Work
from wugeyi.ui.phrases import is_english

MILLI = 1000
COLOURS = 8
"""Buses are drawn in so many ways, then again from the first."""
REACH_MINUTES = 60
"""A regular departure farther away than this is nobody's neighbour."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """A bus at a stop, or at its market.

    ``on`` get on here (home: off); ``apart`` are the minutes to the nearest regular
    departure, None where there is none; ``near`` tells that they are paid for.
    """

    code: str
    name: str
    arrive: int
    depart: int
    persons: int
    baskets: int
    persons_on: int
    baskets_on: int
    requests: tuple[str, ...]
    apart: int | None
    near: bool
    market: bool = False


@dataclass(frozen=True, slots=True)
class TripRow:
    """A trip; ``number`` counts all trips of the plan by time, ``index`` those of its bus."""

    number: int
    index: int
    bus: "BusRow"
    market: str
    market_code: str
    market_minute: int
    home: bool
    calls: tuple[CallRow, ...]
    persons: int
    baskets: int
    metres: int
    ride: int

    @property
    def begins(self) -> int:
        """Return the minute at which it is first somewhere."""
        return self.calls[0].arrive if self.calls else self.market_minute


@dataclass(frozen=True, slots=True)
class RegularRow:
    """What a bus drives for a regular line in any case."""

    name: str
    starts: int
    starts_at: str
    ends: int
    ends_at: str
    same_driver: bool


@dataclass(frozen=True, slots=True)
class BusRow:
    """What one bus does; ``colour`` is how it is drawn, from 1.

    ``leave`` and ``back`` are at ``leaves`` and ``ends``: its depot, or where a regular
    duty ends and the next one begins; ``empty`` are the ways it drives without anybody.
    """

    vehicle: str
    number: int
    name: str
    colour: int
    leave: int
    back: int
    empty_metres: int
    metres: int
    trips: list[TripRow]
    leaves: str
    ends: str
    regular: tuple[RegularRow, ...]
    empty: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """People who carry so many baskets, and what one of them pays."""

    baskets: int
    persons: int
    fen: int

    @property
    def sum_fen(self) -> int:
        """Return what all of them pay."""
        return self.persons * self.fen


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Value and bills of a plan, in whole fen."""

    served_fen: int
    driven_fen: int
    buses_fen: int
    near_fen: int
    value_fen: int
    cost_fen: int
    revenue_fen: int | None
    subsidy_fen: int | None
    bands: list[Band]


@dataclass(frozen=True, slots=True)
class LeftRow:
    """Who is left out; no reason: it is being worked out, or it was done by hand."""

    request: str
    name: str
    stop: str
    market: str
    minutes: tuple[int, int]
    persons: int
    baskets: int
    reason: object
    by_hand: bool


@dataclass(frozen=True, slots=True)
class AnotherBus:
    """What one bus more of a type is worth at most."""

    name: str
    fen: int


class SeenPlan:
    """A plan with what is shown of it; reckoned when first asked for, no queries."""

    def __init__(self, seen: engine.Seen) -> None:
        self.seen = seen
        case = seen.case
        self.names = {
            each.code: each.name or each.code
            for each in (*case.stops, *case.markets, *case.depots)
        }
        self.kinds = {each.code: each.name or each.code for each in case.vehicles}
        self.riders = {each.code: each for each in case.requests}
        self._regular: dict[str, list[int]] = {}
        for departure in case.departures:
            self._regular.setdefault(departure.place, []).append(departure.minute)
        for minutes in self._regular.values():
            minutes.sort()
        self._apart = {
            each.code: each.apart or case.rules.apart
            for each in (*case.stops, *case.markets)
        }

    def words(self) -> dict[str, str]:
        """Return what codes in findings are called: places, requests, buses."""
        found = dict(self.names)
        found |= {code: each.name or code for code, each in self.riders.items()}
        for bus in self.buses:
            found[f"{bus.vehicle} {bus.number}"] = bus.name
        return found

    def say(self, finding: object) -> str:
        """Return a kept finding as a sentence in the reader's language."""
        return engine.said(finding, english=is_english(), words=self.words())

    @cached_property
    def buses(self) -> list[BusRow]:
        """Return what each bus does, trips numbered by time over all of them."""
        made: list[BusRow] = []
        shared = engine.by_bus(self.seen.case)
        for place, block in enumerate(self.seen.made.blocks):
            metres = block.empty_metres + sum(each.metres for each in block.trips)
            parts = engine.used(
                self.seen.case, block.vehicle, block.number, block.trips
            )
            duties = shared.get((block.vehicle, block.number), ())
            bus = BusRow(
                vehicle=block.vehicle,
                number=block.number,
                name=self.bus_name(block.vehicle, block.number),
                colour=place % COLOURS + 1,
                leave=block.leave_minute,
                back=block.back_minute,
                empty_metres=block.empty_metres,
                metres=metres,
                trips=[],
                leaves=self.names.get(parts[0][0].starts_at, parts[0][0].starts_at),
                ends=self.names.get(parts[-1][0].ends_at, parts[-1][0].ends_at),
                regular=tuple(self._duty(each) for each in duties),
                empty=tuple(_empty(parts)),
            )
            made.append(bus)
        self._fill(made)
        return made

    def _duty(self, duty: engine.RegularDuty) -> RegularRow:
        return RegularRow(
            name=duty.name or duty.code,
            starts=duty.starts_minute,
            starts_at=self.names.get(duty.starts_at, duty.starts_at),
            ends=duty.ends_minute,
            ends_at=self.names.get(duty.ends_at, duty.ends_at),
            same_driver=duty.same_driver,
        )

    @property
    def shares(self) -> bool:
        """Tell whether a bus that goes out has regular duties."""
        return any(bus.regular for bus in self.buses)

    def bus_name(self, vehicle: str, number: int) -> str:
        """Return how a bus is called: its type and its number."""
        values = {"vehicle": self.kinds.get(vehicle, vehicle), "n": number}
        return _("%(vehicle)s %(n)s 号") % values

    def _fill(self, buses: list[BusRow]) -> None:
        blocks = self.seen.made.blocks
        begun = [
            (_begins(trip), place, index)
            for place, block in enumerate(blocks)
            for index, trip in enumerate(block.trips)
        ]
        for number, (_minute, place, index) in enumerate(sorted(begun), start=1):
            bus = buses[place]
            bus.trips.append(self._trip(number, index, bus))
        for bus in buses:
            bus.trips.sort(key=lambda trip: trip.index)

    @cached_property
    def trips(self) -> list[TripRow]:
        """Return all trips by time."""
        found = (trip for bus in self.buses for trip in bus.trips)
        return sorted(found, key=lambda trip: trip.number)

    def _trip(self, number: int, index: int, bus: BusRow) -> TripRow:
        blocks = self.seen.made.blocks
        block = next(
            each
            for each in blocks
            if (each.vehicle, each.number) == (bus.vehicle, bus.number)
        )
        trip = block.trips[index]
        on = [self.riders[code] for code in trip.requests if code in self.riders]
        calls = [self._call(call) for call in trip.calls]
        rides = [
            abs(trip.market_minute - (call.arrive if trip.home else call.depart))
            for call in calls
        ]
        persons, baskets = sum(r.persons for r in on), sum(r.baskets for r in on)
        market = self._market(trip, persons, baskets)
        ordered = [market, *calls] if trip.home else [*calls, market]
        return TripRow(
            number=number,
            index=index,
            bus=bus,
            market=self.names.get(trip.market, trip.market),
            market_code=trip.market,
            market_minute=trip.market_minute,
            home=trip.home,
            calls=tuple(ordered),
            persons=persons,
            baskets=baskets,
            metres=trip.metres,
            ride=max(rides, default=0),
        )

    def _call(self, call: engine.Call) -> CallRow:
        on = [self.riders[code] for code in call.requests if code in self.riders]
        return CallRow(
            code=call.stop,
            name=self.names.get(call.stop, call.stop),
            arrive=call.arrive_minute,
            depart=call.depart_minute,
            persons=sum(each.persons for each in on),
            baskets=sum(each.baskets for each in on),
            persons_on=call.persons_on,
            baskets_on=call.baskets_on,
            requests=call.requests,
            apart=self.apart(call.stop, call.arrive_minute),
            near=self._near(call.stop, call.arrive_minute),
        )

    def _market(self, trip: engine.Trip, persons: int, baskets: int) -> CallRow:
        minute = trip.market_minute
        return CallRow(
            code=trip.market,
            name=self.names.get(trip.market, trip.market),
            arrive=minute,
            depart=minute,
            persons=persons,
            baskets=baskets,
            persons_on=persons if trip.home else 0,
            baskets_on=baskets if trip.home else 0,
            requests=(),
            apart=self.apart(trip.market, minute),
            near=self._near(trip.market, minute),
            market=True,
        )

    def apart(self, place: str, minute: int) -> int | None:
        """Return the minutes to the nearest regular departure; None beyond reach."""
        regular = self._regular.get(place, [])
        at = bisect_left(regular, minute)
        away = [abs(each - minute) for each in regular[max(at - 1, 0) : at + 1]]
        nearest = min(away, default=REACH_MINUTES + 1)
        return nearest if nearest <= REACH_MINUTES else None

    def regular(self, place: str) -> list[int]:
        """Return the minutes of regular departures at a place, in order."""
        return self._regular.get(place, [])

    def hard(self, place: str) -> int:
        """Return how near to a regular departure a call may not be."""
        return self._apart[place].hard_minutes

    def _near(self, place: str, minute: int) -> bool:
        away, apart = self.apart(place, minute), self._apart.get(place)
        if away is None or apart is None:
            return False
        return away < max(apart.soft_minutes, apart.hard_minutes)

    @cached_property
    def loads(self) -> list[tuple[TripRow, list[engine.Load]]]:
        """Return what is aboard along every trip, trips by time."""
        found: dict[tuple[str, int, int], list[engine.Load]] = {}
        for load in engine.loads(self.seen.case, self.seen.made):
            key = load.vehicle, load.number, load.trip
            found.setdefault(key, []).append(load)
        return [
            (trip, found.get((trip.bus.vehicle, trip.bus.number, trip.index), []))
            for trip in self.trips
        ]

    @cached_property
    def money(self) -> MoneyRow:
        """Return what the plan is worth, costs and takes in."""
        case, made, fares = self.seen.case, self.seen.made, self.seen.fares
        sums = made.money
        cost = -(-(sums.driven_milli + sums.buses_milli) // MILLI)
        taken = None if fares is None else engine.revenue(case, made, fares)
        return MoneyRow(
            served_fen=sums.served_milli // MILLI,
            driven_fen=-(-sums.driven_milli // MILLI),
            buses_fen=-(-sums.buses_milli // MILLI),
            near_fen=-(-sums.near_milli // MILLI),
            value_fen=sums.value_milli // MILLI,
            cost_fen=cost,
            revenue_fen=None if taken is None else taken.fen,
            subsidy_fen=None if taken is None else cost - taken.fen,
            bands=[
                Band(baskets, persons, engine.fare_fen(fares, baskets))
                for baskets, persons in (taken.by_baskets if taken else {}).items()
                if fares is not None
            ],
        )

    @cached_property
    def another_bus(self) -> list[AnotherBus]:
        """Return what one bus more of each type is worth at most."""
        pairs = zip(
            self.seen.case.vehicles, self.seen.made.another_bus_milli, strict=False
        )
        return [
            AnotherBus(each.name or each.code, max(0, milli) // MILLI)
            for each, milli in pairs
        ]

    def left(
        self, rows: Iterable[LeftOut | engine.Left], *, by_hand: bool
    ) -> list[LeftRow]:
        """Return who is left out, the most people first."""
        found = []
        for row in rows:
            rider = self.riders.get(row.request)
            if rider is None:
                continue
            found.append(
                LeftRow(
                    request=row.request,
                    name=rider.name or rider.code,
                    stop=self.names.get(rider.stop, rider.stop),
                    market=self.names.get(rider.market, rider.market),
                    minutes=(rider.earliest_minute, rider.latest_minute),
                    persons=row.persons,
                    baskets=row.baskets,
                    reason=getattr(row, "reason", None),
                    by_hand=by_hand,
                )
            )
        return sorted(found, key=lambda each: (-each.persons, each.request))


def _empty(
    parts: Iterable[tuple[engine.Stretch, list[engine.Trip]]],
) -> Iterator[tuple[str, str]]:
    """Yield from where to where a bus is driven without anybody."""
    for stretch, trips in parts:
        here = stretch.starts_at
        for trip in trips:
            there, after = trip.begins[0], trip.ends[0]
            if here != there:
                yield here, there
            here = after
        if here != stretch.ends_at:
            yield here, stretch.ends_at


def _begins(trip: engine.Trip) -> int:
    if trip.home or not trip.calls:
        return int(trip.market_minute)
    return int(trip.calls[0].arrive_minute)


def load_plan(key: int) -> Plan | None:
    """Return a plan with its scenario, line and work, whole; one query."""
    return (
        Plan.objects.select_related(
            "scenario__line__organisation", "scenario__fares", "work", "base", "by"
        )
        .filter(pk=key)
        .first()
    )


def see(plan: Plan) -> SeenPlan | None:
    """Return what a plan says; None before it was worked out."""
    if plan.result is None:
        return None
    return SeenPlan(engine.see(plan.inputs, plan.fares, plan.result))


def variants_of(plan: Plan) -> list[Plan]:
    """Return the plans made of this one by hand, newest first; one query."""
    rows = plan.variants.defer("inputs", "result", "fares")
    return list(rows.order_by("-pk")[:20])


def longest_rides(plans: Iterable[Plan]) -> dict[int, int]:
    """Return the longest ride of each plan in minutes, by its key; one query."""
    keys = [each.pk for each in plans if each.finished_at]
    rows = Plan.objects.filter(pk__in=keys, result__isnull=False)
    return {
        key: engine.longest_ride(result)
        for key, result in rows.values_list("pk", "result")
    }


def explaining(plan: Plan) -> Work | None:
    """Return the newest work that looks for a plan's reasons; one query."""
    rows = Work.objects.filter(kind="buslines.reasons", subject=str(plan.pk))
    return rows.order_by("-pk").first()


def shapes_of(plan: Plan) -> dict[str, Any]:
    """Return the points of roads by "from to" that a plan's day has; one query."""
    scenario = plan.scenario
    rows = WaysTable.objects.filter(holding(scenario.on), line_id=scenario.line_id)
    return rows.order_by("-pk").values_list("shapes", flat=True).first() or {}


def names_en_of(line: Line) -> dict[str, str]:
    """Return the English names of a line's spots that have one, by code; one query."""
    rows = Spot.objects.filter(line=line).exclude(name_en="")
    return dict(rows.values_list("code", "name_en"))
