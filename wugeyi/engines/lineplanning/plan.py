"""What a plan says: who rides when, on which bus, what it is worth, who is left out."""

from dataclasses import dataclass

MILLI_OF_YUAN = 100_000
"""Money of plans is whole thousandths of a fen (``…_milli``): metres times fen a
kilometre are then whole, and sums exact."""


@dataclass(frozen=True, slots=True)
class Call:
    """A bus at a stop.

    Parameters
    ----------
    requests
        Codes of those who get on; of a trip home, who get off.
    persons_on, baskets_on
        Aboard when it leaves.
    """

    stop: str
    arrive_minute: int
    depart_minute: int
    requests: tuple[str, ...]
    persons_on: int
    baskets_on: int


@dataclass(frozen=True, slots=True)
class Trip:
    """Stops, then a market, where everybody gets off; or the same way home.

    Parameters
    ----------
    market_minute
        Its arrival at the market; of a trip home, its departure there.
    metres
        From the first stop to the market, or home from the market to the last stop.
    home
        Whether it brings people home: it starts at the market, and who stands at a
        call gets off there.
    """

    market: str
    calls: tuple[Call, ...]
    market_minute: int
    metres: int
    home: bool = False

    @property
    def requests(self) -> tuple[str, ...]:
        """Return who rides, in the order of the calls."""
        return tuple(code for call in self.calls for code in call.requests)

    @property
    def begins(self) -> tuple[str, int]:
        """Return where it begins, and the minute: of a trip home, of leaving there."""
        if self.home:
            return self.market, self.market_minute
        return self.calls[0].stop, self.calls[0].arrive_minute

    @property
    def ends(self) -> tuple[str, int]:
        """Return where it ends, and the minute: all have got off at a stop by then."""
        if self.home:
            return self.calls[-1].stop, self.calls[-1].depart_minute
        return self.market, self.market_minute


@dataclass(frozen=True, slots=True)
class Block:
    """What one bus does from leaving its depot to being back.

    Parameters
    ----------
    vehicle
        Code of the type.
    number
        1, 2, … among the buses of the type.
    leave_minute, back_minute
        At the depot; of a bus with regular duties, where the duty before its first trip
        ends, or the one after its last begins.
    empty_metres
        Driven without anybody, the way out and the way back included; of a bus with
        regular duties, in the stretches between them in which it makes trips.
    spared_metres
        What it would drive empty in those stretches without these trips; the regular
        line pays that, and the fixed cost.
    """

    vehicle: str
    number: int
    trips: tuple[Trip, ...]
    leave_minute: int
    back_minute: int
    empty_metres: int
    spared_metres: int = 0


@dataclass(frozen=True, slots=True)
class Money:
    """What a plan is worth and costs, in thousandths of a fen.

    Parameters
    ----------
    served_milli
        Worth of the persons and baskets served.
    driven_milli, buses_milli
        Cost of all kilometres but those spared, and of the buses that go out for the
        line alone.
    near_milli
        Paid for calls near regular departures.
    """

    served_milli: int = 0
    driven_milli: int = 0
    buses_milli: int = 0
    near_milli: int = 0

    @property
    def value_milli(self) -> int:
        """Return the worth less all costs."""
        return (
            self.served_milli - self.driven_milli - self.buses_milli - self.near_milli
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Trips in blocks of buses, and how good they are.

    Parameters
    ----------
    left_out
        Codes of the requests nobody picks up.
    bound_milli
        No plan of the case is worth more. It covers all trips to and from one market
        that ``trips`` describes, at every minute, in all chains of buses.
    another_bus_milli
        By vehicle of the case: one bus more is worth at most about so much.
    stopped
        Whether the work ended early; the best plan so far, and the bound so far.
    """

    blocks: tuple[Block, ...]
    left_out: tuple[str, ...]
    money: Money
    bound_milli: int
    another_bus_milli: tuple[int, ...] = ()
    stopped: bool = False

    @property
    def gap(self) -> float:
        """Return the share of the bound that may be missing, from 0; 1 of no bound."""
        missing = self.bound_milli - self.money.value_milli
        if missing <= 0:
            return 0.0
        # Made by hand, a plan may lose money where no trip at all is best.
        return missing / self.bound_milli if self.bound_milli > 0 else 1.0

    @property
    def proven(self) -> bool:
        """Tell whether no plan can be worth more."""
        return self.money.value_milli >= self.bound_milli

    @property
    def served(self) -> frozenset[str]:
        """Return the requests that ride."""
        return frozenset(
            code
            for block in self.blocks
            for trip in block.trips
            for code in trip.requests
        )
