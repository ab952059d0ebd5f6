"""Money: worth and costs reckoned again from the inputs."""

from wugeyi.engines.lineplanning.checker.blocks import runs
from wugeyi.engines.lineplanning.checker.book import Book
from wugeyi.engines.lineplanning.model import Place
from wugeyi.engines.lineplanning.plan import Block, Plan, Trip


def check_money(book: Book, plan: Plan) -> None:
    """Compare what a plan says it is worth with what it is."""
    rules = book.case.rules
    served = sum(
        book.requests[code].persons * rules.person_fen
        + book.requests[code].baskets * rules.basket_fen
        for block in plan.blocks
        for trip in block.trips
        for code in trip.requests
    )
    right = {
        "served": 1000 * served,
        "driven": sum(_driven(book, block) for block in plan.blocks),
        "buses": sum(
            1000 * book.vehicles[block.vehicle].fixed_fen
            for block in plan.blocks
            # The others are out for the regular line in any case.
            if (block.vehicle, block.number) not in book.regular_duties
        ),
        "near": 1000
        * sum(_near(book, trip) for block in plan.blocks for trip in block.trips),
    }
    for name, amount in right.items():
        told = getattr(plan.money, f"{name}_milli")
        if told != amount:
            book.tell(f"{name}-money-wrong", "", told=told, right=amount)
    value = right["served"] - right["driven"] - right["buses"] - right["near"]
    if plan.bound_milli < value:
        book.tell("bound-too-low", "", bound=plan.bound_milli, value=value)


def _driven(book: Book, block: Block) -> int:
    """Return what a bus drives for the line, less what it would drive without it."""
    vehicle = book.vehicles[block.vehicle]
    metres = 0
    for run in runs(book, block):
        here = run.comes_from(vehicle)
        for there in [*_places(run.trips), run.goes_to(vehicle)]:
            metres += book.drive(here, there)[1]
            here = there
        if book.regular_duties.get((block.vehicle, block.number)):
            metres -= book.drive(run.comes_from(vehicle), run.goes_to(vehicle))[1]
    return metres * vehicle.cost_fen_per_km


def _places(trips: list[Trip]) -> list[str]:
    """Return where a bus calls, in order."""
    found = []
    for trip in trips:
        stops = [call.stop for call in trip.calls]
        found += [trip.market, *stops] if trip.home else [*stops, trip.market]
    return found


def _near(book: Book, trip: Trip) -> int:
    paid = 0
    visits: list[tuple[Place, int]] = [(book.markets[trip.market], trip.market_minute)]
    visits += [(book.stops[call.stop], call.arrive_minute) for call in trip.calls]
    for place, minute in visits:
        away, apart = book.away(place, minute), book.apart(place)
        if away is not None and away < apart.soft_minutes:
            paid += (apart.soft_minutes - away) * apart.price_fen
    return paid
