"""What buses can do for the line: all day, or from one regular duty to the next.

A bus with regular duties drives them in any case. Between them it is, for the line, one
bus after the other, each with its own start, end and hours. The regular line pays its
fixed cost, and the direct way it would drive empty without the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wugeyi.engines.lineplanning.model import Case, RegularDuty, Vehicle, Ways
from wugeyi.engines.lineplanning.plan import Trip

Bus = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some buses of a type, from where and when to where and when.

    Parameters
    ----------
    kind
        The type's number among the vehicles of the case.
    count
        How many such buses there are.
    number
        Of the bus among its type; 0 of buses without regular duties.
    part
        How many regular duties come before.
    from_minute, starts_at
        It sets out no earlier, from there.
    until_minute, ends_at
        It is there no later.
    fixed_fen
        For each bus that is used.
    spared_metres
        Driven empty without the line, and so not paid for by it.
    before, after
        Whether a regular duty, not the bus's own hours, sets the start, or the end.
    """

    vehicle: Vehicle
    kind: int
    count: int
    number: int
    part: int
    from_minute: int
    starts_at: str
    until_minute: int
    ends_at: str
    fixed_fen: int
    spared_metres: int = 0
    before: bool = False
    after: bool = False

    @property
    def once_milli(self) -> int:
        """Return what using it costs at once: thousandths of a fen, below 0 if spared."""
        spared = self.spared_metres * self.vehicle.cost_fen_per_km
        return 1000 * self.fixed_fen - spared

    def mirrored(self) -> "Stretch":
        """Return it in the world run backwards (``mirror``)."""
        return replace(
            self,
            from_minute=-self.until_minute,
            starts_at=self.ends_at,
            until_minute=-self.from_minute,
            ends_at=self.starts_at,
            before=self.after,
            after=self.before,
        )


def by_bus(case: Case) -> dict[Bus, tuple[RegularDuty, ...]]:
    """Return the regular duties of each bus that has any, in the order they start."""
    found: dict[Bus, list[RegularDuty]] = {}
    for duty in case.regular_duties:
        found.setdefault(duty.bus, []).append(duty)
    return {
        bus: tuple(sorted(some, key=lambda duty: (duty.starts_minute, duty.code)))
        for bus, some in sorted(found.items())
    }


def part_of(duties: tuple[RegularDuty, ...], begins_minute: int) -> int:
    """Return how many regular duties a trip that begins then comes after."""
    return sum(duty.starts_minute <= begins_minute for duty in duties)


def whole_day(case: Case, kind: int, count: int) -> Stretch:
    """Return buses of a type without regular duties."""
    vehicle = case.vehicles[kind]
    return Stretch(
        vehicle,
        kind,
        count,
        0,
        0,
        vehicle.from_minute,
        vehicle.depot,
        vehicle.until_minute,
        vehicle.depot,
        vehicle.fixed_fen,
    )


def stretches(case: Case) -> tuple[Stretch, ...]:
    """Return one for each vehicle of the case, then those of buses with regular duties.

    The first are in the order of the vehicles; their count may be 0.
    """
    shared = by_bus(case)
    whole = []
    for kind, vehicle in enumerate(case.vehicles):
        many = sum(code == vehicle.code for code, _ in shared)
        whole.append(whole_day(case, kind, vehicle.count - many))
    kinds = {vehicle.code: kind for kind, vehicle in enumerate(case.vehicles)}
    found = list(whole)
    for (code, number), duties in shared.items():
        some = between(case, kinds[code], number, duties)
        found += [each for each in some if each.until_minute > each.from_minute]
    return tuple(found)


def between(
    case: Case, kind: int, number: int, duties: tuple[RegularDuty, ...]
) -> tuple[Stretch, ...]:
    """Return what a bus does before, between and after its regular duties."""
    vehicle = case.vehicles[kind]
    ends = [(vehicle.from_minute, vehicle.depot)]
    ends += [(duty.ends_minute, duty.ends_at) for duty in duties]
    starts = [(duty.starts_minute, duty.starts_at) for duty in duties]
    starts.append((vehicle.until_minute, vehicle.depot))
    found = []
    for part, (end, start) in enumerate(zip(ends, starts, strict=True)):
        stretch = Stretch(
            vehicle,
            kind,
            1,
            number,
            part,
            *end,
            *start,
            fixed_fen=0,
            spared_metres=max(way(case.ways, end[1], start[1])[1], 0),
            before=part > 0,
            after=part < len(duties),
        )
        found.append(stretch)
    return tuple(found)


def used(
    case: Case, vehicle: str, number: int, trips: Sequence[Trip]
) -> list[tuple[Stretch, list[Trip]]]:
    """Return the stretches in which a bus makes trips, and these, in order."""
    kind = next(n for n, each in enumerate(case.vehicles) if each.code == vehicle)
    duties = by_bus(case).get((vehicle, number))
    if not duties:
        return [(whole_day(case, kind, 1), list(trips))]
    parts = between(case, kind, number, duties)
    some: dict[int, list[Trip]] = {}
    for trip in trips:
        some.setdefault(part_of(duties, trip.begins[1]), []).append(trip)
    return [(parts[part], some[part]) for part in sorted(some)]


def way(ways: Ways, here: str, there: str) -> tuple[int, int]:
    """Return minutes and metres; none where a bus is there already."""
    if here == there:
        return 0, 0
    row, column = ways.codes.index(here), ways.codes.index(there)
    return ways.minutes[row][column], ways.metres[row][column]
