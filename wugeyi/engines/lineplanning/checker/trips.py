"""One trip: roads, times, who is aboard, and what the rules say about it."""

from wugeyi.engines.lineplanning.checker.book import Book
from wugeyi.engines.lineplanning.model import Place, Request, Vehicle
from wugeyi.engines.lineplanning.plan import Call, Trip


def check_trip(book: Book, vehicle: Vehicle, trip: Trip, label: str) -> None:
    """Check one trip of a bus; ``label`` names the bus."""
    way = f"{trip.market} {trip.market_minute}"
    label = f"{label} {way} →" if trip.home else f"{label} → {way}"
    stops = [call.stop for call in trip.calls]
    if len(stops) > book.case.rules.stops_limit:
        values = {"many": len(stops), "limit": book.case.rules.stops_limit}
        book.tell("too-many-stops", label, **values)
    if len(set(stops)) < len(stops):
        book.tell("stop-twice", label)
    _ways(book, trip, label)
    _load(book, vehicle, trip, label)
    _market(book, trip, label)
    for call in trip.calls:
        _call(book, vehicle, call, label)
        for code in call.requests:
            rider = book.requests[code]
            if rider.home != trip.home:
                book.tell("wrong-direction", label, request=code)
            elif trip.home:
                _home(book, trip, call, rider, label)
            else:
                _rider(book, trip, call, rider, label)


def _ways(book: Book, trip: Trip, label: str) -> None:
    # Each visit: where, when the bus comes there, when it goes.
    visits = [
        (call.stop, call.arrive_minute, call.depart_minute) for call in trip.calls
    ]
    market = (trip.market, trip.market_minute, trip.market_minute)
    visits = [market, *visits] if trip.home else [*visits, market]
    metres = 0
    for number in range(1, len(visits)):
        here, _, left = visits[number - 1]
        there, minute, _ = visits[number]
        drive = book.minutes(here, there)
        metres += book.metres(here, there)
        if drive < 0:
            book.tell("no-road", label, here=here, there=there)
        elif left + drive > minute:
            values = {"minute": minute, "can": left + drive}
            book.tell("driven-too-fast", label, here=here, there=there, **values)
    if metres != trip.metres:
        book.tell("trip-metres-wrong", label, metres=trip.metres, right=metres)


def _load(book: Book, vehicle: Vehicle, trip: Trip, label: str) -> None:
    persons = baskets = 0
    if trip.home:
        for code in trip.requests:
            persons += book.requests[code].persons
            baskets += book.requests[code].baskets
        _room(book, vehicle, trip.market, persons, baskets, label)
    for call in trip.calls:
        for code in call.requests:
            rider = book.requests[code]
            persons += -rider.persons if trip.home else rider.persons
            baskets += -rider.baskets if trip.home else rider.baskets
        if call.persons_on != persons:
            values = {"told": call.persons_on, "right": persons}
            book.tell("persons-aboard-wrong", label, stop=call.stop, **values)
        if call.baskets_on != baskets:
            values = {"told": call.baskets_on, "right": baskets}
            book.tell("baskets-aboard-wrong", label, stop=call.stop, **values)
        _room(book, vehicle, call.stop, persons, baskets, label)


def _room(
    book: Book, vehicle: Vehicle, place: str, persons: int, baskets: int, label: str
) -> None:
    """Check whether there is room for who is aboard after a place."""
    rules = book.case.rules
    if persons > vehicle.seats:
        values = {"many": persons, "has": vehicle.seats}
        book.tell("seats-exceeded", label, stop=place, **values)
    if baskets > vehicle.basket_places:
        values = {"many": baskets, "has": vehicle.basket_places}
        book.tell("baskets-exceeded", label, stop=place, **values)
    floor = persons * rules.person_dm2 + baskets * rules.basket_dm2
    if vehicle.floor_dm2 and floor > vehicle.floor_dm2:
        values = {"many": floor, "has": vehicle.floor_dm2}
        book.tell("floor-exceeded", label, stop=place, **values)


def _market(book: Book, trip: Trip, label: str) -> None:
    market = book.markets[trip.market]
    home = "-home" if trip.home else ""
    if trip.market_minute < market.opens_minute:
        book.tell(f"market-not-open{home}", label, opens=market.opens_minute)
    if trip.market_minute > market.closes_minute:
        book.tell(f"market-closed{home}", label, closes=market.closes_minute)
    if _too_near(book, market, trip.market_minute):
        book.tell("market-too-near", label, hard=book.apart(market).hard_minutes)


def _too_near(book: Book, place: Place, minute: int) -> bool:
    away = book.away(place, minute)
    return away is not None and away < book.apart(place).hard_minutes


def _call(book: Book, vehicle: Vehicle, call: Call, label: str) -> None:
    rules, stop = book.case.rules, book.stops[call.stop]
    if not call.requests:
        book.tell("call-for-nobody", label, stop=call.stop)
    if stop.longest_cm is not None and vehicle.length_cm > stop.longest_cm:
        values = {"length": vehicle.length_cm, "longest": stop.longest_cm}
        book.tell("bus-too-long", label, stop=call.stop, **values)
    needed = 0
    for code in call.requests:
        full, rest = divmod(book.requests[code].baskets, rules.baskets_per_minute)
        needed += rules.call_minutes + full + (1 if rest else 0)
    stands = call.depart_minute - call.arrive_minute
    if stands < needed:
        book.tell("call-too-short", label, stop=call.stop, stands=stands, needs=needed)
    if _too_near(book, stop, call.arrive_minute):
        values = {"minute": call.arrive_minute, "hard": book.apart(stop).hard_minutes}
        book.tell("stop-too-near", label, stop=call.stop, **values)


def _rider(book: Book, trip: Trip, call: Call, rider: Request, label: str) -> None:
    code, limit = rider.code, book.case.rules.ride_limit_minutes
    if rider.stop != call.stop:
        book.tell("wrong-stop", label, request=code, stop=rider.stop)
    if rider.market != trip.market:
        book.tell("wrong-market", label, request=code, market=rider.market)
    if trip.market_minute < rider.earliest_minute:
        earliest = rider.earliest_minute
        book.tell("arrives-too-early", label, request=code, earliest=earliest)
    if trip.market_minute > rider.latest_minute:
        latest = rider.latest_minute
        book.tell("arrives-too-late", label, request=code, latest=latest)
    ride = trip.market_minute - call.depart_minute
    if ride > limit:
        book.tell("ride-too-long", label, request=code, ride=ride, limit=limit)


def _home(book: Book, trip: Trip, call: Call, rider: Request, label: str) -> None:
    code, limit = rider.code, book.case.rules.ride_limit_minutes
    if rider.stop != call.stop:
        book.tell("wrong-stop-home", label, request=code, stop=rider.stop)
    if rider.market != trip.market:
        book.tell("wrong-market-home", label, request=code, market=rider.market)
    if trip.market_minute < rider.earliest_minute:
        earliest = rider.earliest_minute
        book.tell("leaves-market-too-early", label, request=code, earliest=earliest)
    if trip.market_minute > rider.latest_minute:
        latest = rider.latest_minute
        book.tell("leaves-market-too-late", label, request=code, latest=latest)
    ride = call.arrive_minute - trip.market_minute
    if ride > limit:
        book.tell("ride-too-long", label, request=code, ride=ride, limit=limit)
