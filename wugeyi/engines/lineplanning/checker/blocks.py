"""One bus: its trips one after the other, its depot or regular duties around them."""

from dataclasses import dataclass
from itertools import pairwise

from wugeyi.engines.lineplanning.checker.book import Book
from wugeyi.engines.lineplanning.checker.trips import check_trip
from wugeyi.engines.lineplanning.model import RegularDuty, Vehicle
from wugeyi.engines.lineplanning.plan import Block, Trip


@dataclass(slots=True)
class Run:
    """Trips without a regular duty between them.

    Parameters
    ----------
    before, after
        The regular duties next to them; None is the depot.
    """

    before: RegularDuty | None
    after: RegularDuty | None
    trips: list[Trip]

    def comes_from(self, vehicle: Vehicle) -> str:
        """Return where the bus is before the first trip."""
        return self.before.ends_at if self.before else vehicle.depot

    def goes_to(self, vehicle: Vehicle) -> str:
        """Return where it has to be after the last."""
        return self.after.starts_at if self.after else vehicle.depot


def check_block(book: Book, block: Block) -> None:
    """Check leaving, every trip, the ways between them, and coming back."""
    label = f"{block.vehicle} {block.number}"
    vehicle = book.vehicles[block.vehicle]
    parts = runs(book, block)
    _hours(book, block, parts, label)
    for trip in block.trips:
        check_trip(book, vehicle, trip, label)
    empty = spared = 0
    for number, run in enumerate(parts):
        leaves = block.leave_minute if number == 0 else None
        back = block.back_minute if run is parts[-1] else None
        empty += _out(book, vehicle, run, label, leaves)
        for before, after in pairwise(run.trips):
            empty += _between(book, before, after, label)
        empty += _home(book, vehicle, run, label, back)
        if book.regular_duties.get((block.vehicle, block.number)):
            spared += book.drive(run.comes_from(vehicle), run.goes_to(vehicle))[1]
    for one, other in pairwise(parts):
        begun = _begun(other.trips[0])
        if begun < _ended(one.trips[-1]):
            book.tell("trips-overlap", label, minute=begun)
    if empty != block.empty_metres:
        values = {"metres": block.empty_metres, "right": empty}
        book.tell("empty-metres-wrong", label, **values)
    if spared != block.spared_metres:
        values = {"metres": block.spared_metres, "right": spared}
        book.tell("spared-metres-wrong", label, **values)


def runs(book: Book, block: Block) -> list[Run]:
    """Return a bus's trips cut at its regular duties, by the minute each begins."""
    duties = book.regular_duties.get((block.vehicle, block.number), [])
    found: list[Run] = []
    for trip in block.trips:
        begins = _begun(trip)
        earlier = [each for each in duties if each.starts_minute <= begins]
        later = [each for each in duties if each.starts_minute > begins]
        before = earlier[-1] if earlier else None
        if not found or found[-1].before is not before:
            found.append(Run(before, later[0] if later else None, []))
        found[-1].trips.append(trip)
    return found


def _hours(book: Book, block: Block, parts: list[Run], label: str) -> None:
    """Check that the bus leaves and is back while it is the line's."""
    vehicle = book.vehicles[block.vehicle]
    before, after = parts[0].before, parts[-1].after
    if before is None and block.leave_minute < vehicle.from_minute:
        values = {"minute": block.leave_minute, "from": vehicle.from_minute}
        book.tell("leaves-too-early", label, **values)
    if before is not None and block.leave_minute < before.ends_minute:
        values = {"minute": block.leave_minute, "ends": before.ends_minute}
        book.tell("leaves-during-regular-duty", label, **values)
    if after is None and block.back_minute > vehicle.until_minute:
        values = {"minute": block.back_minute, "until": vehicle.until_minute}
        book.tell("back-too-late", label, **values)
    if after is not None and block.back_minute > after.starts_minute:
        values = {"minute": block.back_minute, "starts": after.starts_minute}
        book.tell("late-for-regular-duty", label, **values)


def _begun(trip: Trip) -> int:
    return trip.market_minute if trip.home else trip.calls[0].arrive_minute


def _ended(trip: Trip) -> int:
    return trip.calls[-1].depart_minute if trip.home else trip.market_minute


def _begins(book: Book, trip: Trip) -> tuple[str, int]:
    """Return where a bus must be for a trip, and by when.

    It stands at the market for its minutes before a trip home leaves.
    """
    if trip.home:
        stands = book.case.rules.turnaround_minutes
        return trip.market, trip.market_minute - stands
    return trip.calls[0].stop, trip.calls[0].arrive_minute


def _ends(book: Book, trip: Trip) -> tuple[str, int]:
    """Return where a bus is after a trip, and from when it may drive on."""
    if trip.home:
        return trip.calls[-1].stop, trip.calls[-1].depart_minute
    return trip.market, trip.market_minute + book.case.rules.turnaround_minutes


def _out(book: Book, vehicle: Vehicle, run: Run, label: str, leaves: int | None) -> int:
    """Check the way to the first trip; return its metres.

    ``leaves`` is when the block says it sets out; None where it says nothing.
    """
    here = run.comes_from(vehicle)
    there, minute = _begins(book, run.trips[0])
    drive, metres = book.drive(here, there)
    if run.before is not None and minute < run.before.ends_minute:
        values = {"minute": minute, "ends": run.before.ends_minute}
        book.tell("during-regular-duty", label, **values)
    elif drive < 0:
        book.tell("no-road", label, here=here, there=there)
    elif leaves is not None and leaves + drive > minute:
        values = {"minute": minute, "can": leaves + drive}
        code = "market-too-far" if run.trips[0].home else "depot-too-far"
        if run.before is not None:
            code = "regular-end-too-far"
        book.tell(code, label, stop=there, **values)
    elif run.before is not None and run.before.ends_minute + drive > minute:
        values = {"minute": minute, "can": run.before.ends_minute + drive}
        book.tell("regular-end-too-far", label, stop=there, **values)
    return metres


def _between(book: Book, before: Trip, after: Trip, label: str) -> int:
    here, free = _ends(book, before)
    there, minute = _begins(book, after)
    if here == there:
        # It stands at the market once: who has come may be who leaves.
        drive, metres = 0, 0
        if after.home:
            minute = after.market_minute
    else:
        drive, metres = book.drive(here, there)
    if _begun(after) < _ended(before):
        book.tell("trips-overlap", label, minute=_begun(after))
    elif drive < 0:
        book.tell("no-road", label, here=here, there=there)
    elif free + drive > minute:
        values = {"minute": minute, "can": free + drive}
        code = "next-trip-home-too-soon" if after.home else "next-trip-too-soon"
        book.tell(code, label, stop=there, **values)
    return metres


def _home(book: Book, vehicle: Vehicle, run: Run, label: str, back: int | None) -> int:
    """Check the way after the last trip; return its metres.

    ``back`` is when the block says it is there; None where it says nothing.
    """
    here, free = _ends(book, run.trips[-1])
    there = run.goes_to(vehicle)
    drive, metres = book.drive(here, there)
    ended = _ended(run.trips[-1])
    if run.after is not None and ended > run.after.starts_minute:
        values = {"minute": ended, "starts": run.after.starts_minute}
        book.tell("into-regular-duty", label, **values)
    elif drive < 0:
        book.tell("no-road", label, here=here, there=there)
    elif back is not None and free + drive > back:
        values = {"minute": back, "can": free + drive}
        book.tell("back-too-soon", label, **values)
    elif run.after is not None and free + drive > run.after.starts_minute:
        values = {"minute": run.after.starts_minute, "can": free + drive}
        book.tell("regular-start-too-far", label, stop=there, **values)
    return metres
