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


def _out(book: Book, block: Block, label: str) -> int:
    depot = book.vehicles[block.vehicle].depot
    first = block.trips[0].calls[0]
    drive = book.minutes(depot, first.stop)
    if drive < 0:
        book.tell("no-road", label, here=depot, there=first.stop)
    elif block.leave_minute + drive > first.arrive_minute:
        values = {"minute": first.arrive_minute, "can": block.leave_minute + drive}
        book.tell("depot-too-far", label, stop=first.stop, **values)
    return book.metres(depot, first.stop)


def _between(book: Book, before: Trip, after: Trip, label: str) -> int:
    first = after.calls[0]
    free = before.market_minute + book.case.rules.turnaround_minutes
    drive = book.minutes(before.market, first.stop)
    if first.arrive_minute < before.market_minute:
        book.tell("trips-overlap", label, minute=first.arrive_minute)
    elif drive < 0:
        book.tell("no-road", label, here=before.market, there=first.stop)
    elif free + drive > first.arrive_minute:
        values = {"minute": first.arrive_minute, "can": free + drive}
        book.tell("next-trip-too-soon", label, stop=first.stop, **values)
    return book.metres(before.market, first.stop)


def _home(book: Book, block: Block, label: str) -> int:
    depot, last = book.vehicles[block.vehicle].depot, block.trips[-1]
    drive = book.minutes(last.market, depot)
    free = last.market_minute + book.case.rules.turnaround_minutes
    if drive < 0:
        book.tell("no-road", label, here=last.market, there=depot)
    elif free + drive > block.back_minute:
        values = {"minute": block.back_minute, "can": free + drive}
        book.tell("back-too-soon", label, **values)
    return book.metres(last.market, depot)
