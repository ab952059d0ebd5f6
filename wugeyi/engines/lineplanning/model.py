"""What a line is planned from: places, ways, buses, requests, rules.

Minutes count from midnight of the day of operation and go on after 24:00 (1440).
Money is whole fen; distances are whole metres, lengths of buses centimetres.
"""

from dataclasses import dataclass, field

NO_ROAD = -1
"""Stands in a table of ways where no bus gets from one place to the other."""


@dataclass(frozen=True, slots=True)
class Apart:
    """How far a call keeps from regular departures at the same place.

    Parameters
    ----------
    hard_minutes
        Nearer than this is forbidden; 0 forbids nothing.
    soft_minutes
        Nearer than this is paid for; 0 costs nothing.
    price_fen
        For each minute nearer than ``soft_minutes`` to the nearest departure.
    """

    hard_minutes: int = 0
    soft_minutes: int = 0
    price_fen: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a bus can be.

    Parameters
    ----------
    code
        Names it in every table; unique among all places of a case.
    name
        As people say it.
    apart
        None for the rule of the whole line.
    lat, lon
        Degrees, WGS 84; None where nobody said. Planning needs only the ways; maps and
        feeds need these.
    """

    code: str
    name: str = ""
    apart: Apart | None = None
    lat: float | None = field(default=None, kw_only=True)
    lon: float | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Stop(Place):
    """Where growers get on, and off on their way home.

    Parameters
    ----------
    longest_cm
        The longest bus its road takes; None for any.
    """

    longest_cm: int | None = None


@dataclass(frozen=True, slots=True)
class Market(Place):
    """Where growers sell.

    Parameters
    ----------
    opens_minute, closes_minute
        Buses may arrive, and trips home leave, from the first to the last, both
        included.
    """

    opens_minute: int = 0
    closes_minute: int = 2879


@dataclass(frozen=True, slots=True)
class Depot(Place):
    """Where buses stay overnight."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Driving times and distances between all places, by row from and by column to.

    Parameters
    ----------
    codes
        Places in the order of rows and columns.
    minutes, metres
        ``NO_ROAD`` where no bus gets there.
    """

    codes: tuple[str, ...]
    minutes: tuple[tuple[int, ...], ...]
    metres: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Vehicle:
    """Buses of one type that stay at one depot.

    Parameters
    ----------
    count
        How many of them the line may use.
    seats
        Persons it may carry, standing places included where its certificate allows.
    basket_places
        Baskets it may carry.
    floor_dm2
        Floor persons and baskets share, square decimetres; 0 where neither takes from
        the other.
    length_cm
        A stop may be too narrow for it.
    cost_fen_per_km
        Empty runs included.
    fixed_fen
        For each bus that leaves its depot at all.
    from_minute, until_minute
        It leaves its depot no earlier and is back no later, its regular duties
        (``RegularDuty``) included.
    """

    code: str
    depot: str
    count: int
    seats: int
    basket_places: int
    length_cm: int
    cost_fen_per_km: int
    fixed_fen: int
    floor_dm2: int = 0
    from_minute: int = 0
    until_minute: int = 2879
    name: str = ""


@dataclass(frozen=True, slots=True)
class RegularDuty:
    """What one bus drives for a regular line in any case; trips go around it.

    Parameters
    ----------
    code
        Names it, such as its block in the regular timetable.
    vehicle, number
        The bus: its type, and 1, 2, … among the buses of the type.
    starts_minute, starts_at
        When and where it must be; ``starts_at`` and ``ends_at`` are codes of places.
    ends_minute, ends_at
        When and where it is free again; what it stands there is part of the duty.
    same_driver
        Whether who drives the bus for the line stays on it; else another crew drives.
    """

    code: str
    vehicle: str
    starts_minute: int
    starts_at: str
    ends_minute: int
    ends_at: str
    number: int = 1
    name: str = ""
    same_driver: bool = False

    @property
    def bus(self) -> tuple[str, int]:
        """Return the bus: its type and number."""
        return self.vehicle, self.number


@dataclass(frozen=True, slots=True)
class Request:
    """People with baskets who want to be at a market in time; all of them or none.

    Parameters
    ----------
    earliest_minute, latest_minute
        They arrive at the market from the first to the last, both included; home, they
        leave it then.
    home
        Whether they ride from the market to the stop.
    """

    code: str
    stop: str
    market: str
    persons: int
    baskets: int
    earliest_minute: int
    latest_minute: int
    name: str = ""
    home: bool = False


@dataclass(frozen=True, slots=True)
class Departure:
    """A regular bus at a place, by the timetable that stands."""

    place: str
    minute: int
    line: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a plan must keep, and what it is worth.

    Parameters
    ----------
    ride_limit_minutes
        From a stop's departure to the arrival at the market; home, from leaving the
        market to the arrival at the stop.
    stops_limit
        Stops a trip calls at, the market not counted.
    call_minutes, baskets_per_minute
        A call takes ``call_minutes`` + ⌈baskets / ``baskets_per_minute``⌉ for each
        request that gets on or off.
    turnaround_minutes
        A bus stays so long at a market before it goes on, and before a trip home.
    person_dm2, basket_dm2
        Floor one takes, where a bus has a shared floor.
    person_fen, basket_fen
        Worth of one that is served.
    apart
        From regular departures, where a place says nothing else.
    """

    ride_limit_minutes: int = 75
    stops_limit: int = 6
    call_minutes: int = 1
    baskets_per_minute: int = 12
    turnaround_minutes: int = 0
    person_dm2: int = 20
    basket_dm2: int = 25
    person_fen: int = 600
    basket_fen: int = 300
    apart: Apart = field(default_factory=lambda: Apart(hard_minutes=4))


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a plan is made from."""

    stops: tuple[Stop, ...]
    markets: tuple[Market, ...]
    depots: tuple[Depot, ...]
    ways: Ways
    vehicles: tuple[Vehicle, ...]
    requests: tuple[Request, ...]
    departures: tuple[Departure, ...] = ()
    rules: Rules = field(default_factory=Rules)
    name: str = ""
    regular_duties: tuple[RegularDuty, ...] = ()
