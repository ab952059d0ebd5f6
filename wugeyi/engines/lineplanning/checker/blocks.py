"""One bus: its trips one after the other, its depot at both ends."""

from wugeyi.engines.lineplanning.checker.book import Book
from wugeyi.engines.lineplanning.checker.trips import check_trip
from wugeyi.engines.lineplanning.plan import Block, Trip


def check_block(book: Book, block: Block) -> None:
    """Check leaving, every trip, the ways between them, and coming back."""
    label = f"{block.vehicle} {block.number}"
    vehicle = book.vehicles[block.vehicle]
    if block.leave_minute < vehicle.from_minute:
        values = {"minute": block.leave_minute, "from": vehicle.from_minute}
        book.tell("leaves-too-early", label, **values)
    if block.back_minute > vehicle.until_minute:
        values = {"minute": block.back_minute, "until": vehicle.until_minute}
        book.tell("back-too-late", label, **values)
    empty = _out(book, block, label)
    for trip in block.trips:
        check_trip(book, vehicle, trip, label)
    for before, after in zip(block.trips, block.trips[1:], strict=False):
        empty += _between(book, before, after, label)
    empty += _home(book, block, label)
    if empty != block.empty_metres:
        values = {"metres": block.empty_metres, "right": empty}
        book.tell("empty-metres-wrong", label, **values)


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


def _out(book: Book, block: Block, label: str) -> int:
    depot = book.vehicles[block.vehicle].depot
    there, minute = _begins(book, block.trips[0])
    drive = book.minutes(depot, there)
    if drive < 0:
        book.tell("no-road", label, here=depot, there=there)
    elif block.leave_minute + drive > minute:
        values = {"minute": minute, "can": block.leave_minute + drive}
        code = "market-too-far" if block.trips[0].home else "depot-too-far"
        book.tell(code, label, stop=there, **values)
    return book.metres(depot, there)


def _between(book: Book, before: Trip, after: Trip, label: str) -> int:
    here, free = _ends(book, before)
    there, minute = _begins(book, after)
    if here == there:
        # It stands at the market once: who has come may be who leaves.
        drive, metres = 0, 0
        if after.home:
            minute = after.market_minute
    else:
        drive, metres = book.minutes(here, there), book.metres(here, there)
    ended = before.calls[-1].depart_minute if before.home else before.market_minute
    begun = after.market_minute if after.home else after.calls[0].arrive_minute
    if begun < ended:
        book.tell("trips-overlap", label, minute=begun)
    elif drive < 0:
        book.tell("no-road", label, here=here, there=there)
    elif free + drive > minute:
        values = {"minute": minute, "can": free + drive}
        code = "next-trip-home-too-soon" if after.home else "next-trip-too-soon"
        book.tell(code, label, stop=there, **values)
    return metres


def _home(book: Book, block: Block, label: str) -> int:
    depot = book.vehicles[block.vehicle].depot
    here, free = _ends(book, block.trips[-1])
    drive = book.minutes(here, depot)
    if drive < 0:
        book.tell("no-road", label, here=here, there=depot)
    elif free + drive > block.back_minute:
        values = {"minute": block.back_minute, "can": free + drive}
        book.tell("back-too-soon", label, **values)
    return book.metres(here, depot)
