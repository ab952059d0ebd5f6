"""The whole plan: known names first, then each block, then who rides, then sums."""

from collections import Counter

from wugeyi.engines.lineplanning.checker.blocks import check_block
from wugeyi.engines.lineplanning.checker.book import Book
from wugeyi.engines.lineplanning.checker.sums import check_money
from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Block, Plan


def check(case: Case, plan: Plan) -> tuple[Finding, ...]:
    """Return every breach; none means the plan keeps all rules and its sums are right.

    A plan that names what is not in the case is not looked at any further.
    """
    book = Book(case)
    for block in plan.blocks:
        _names(book, block)
    if book.found:
        return tuple(book.found)
    _fleets(book, plan)
    for block in plan.blocks:
        check_block(book, block)
    _riders(book, plan)
    check_money(book, plan)
    return tuple(book.found)


def _names(book: Book, block: Block) -> None:
    label = f"{block.vehicle} {block.number}"
    if block.vehicle not in book.vehicles:
        book.tell("vehicle-unknown", label)
    if not block.trips:
        book.tell("block-empty", label)
    for trip in block.trips:
        if trip.market not in book.markets:
            book.tell("market-unknown", label, market=trip.market)
        if not trip.calls:
            book.tell("trip-empty", label, minute=trip.market_minute)
        for call in trip.calls:
            if call.stop not in book.stops:
                book.tell("stop-unknown", label, stop=call.stop)
            for code in call.requests:
                if code not in book.requests:
                    book.tell("request-unknown", label, request=code)


def _fleets(book: Book, plan: Plan) -> None:
    numbers = Counter((block.vehicle, block.number) for block in plan.blocks)
    for (code, number), many in sorted(numbers.items()):
        if many > 1:
            book.tell("bus-twice", f"{code} {number}", many=many)
        if not 1 <= number <= book.vehicles[code].count:
            book.tell("bus-missing", f"{code} {number}", has=book.vehicles[code].count)
    out = Counter(block.vehicle for block in plan.blocks)
    for code, many in sorted(out.items()):
        if many > book.vehicles[code].count:
            values = {"many": many, "has": book.vehicles[code].count}
            book.tell("fleet-exceeded", code, **values)


def _riders(book: Book, plan: Plan) -> None:
    rides = Counter(
        code for block in plan.blocks for trip in block.trips for code in trip.requests
    )
    for code, many in sorted(rides.items()):
        if many > 1:
            book.tell("request-twice", code, many=many)
    left = Counter(plan.left_out)
    for code, many in sorted(left.items()):
        if code not in book.requests:
            book.tell("left-out-unknown", code)
        if code in rides:
            book.tell("left-out-rides", code)
        if many > 1:
            book.tell("left-out-twice", code, many=many)
    for code in book.requests:
        if code not in rides and code not in left:
            book.tell("request-lost", code)
