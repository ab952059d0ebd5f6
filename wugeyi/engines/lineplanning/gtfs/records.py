"""A regular timetable as it was read: stops, lines, days and trips.

Times are seconds from midnight of the day of operation (noon less twelve hours) and go
on after 24:00.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

NEVER = (False,) * 7


@dataclass(frozen=True, slots=True)
class RegularStop:
    """Where regular buses stop, or a station that stops belong to.

    Parameters
    ----------
    lat, lon
        Degrees, WGS 84; None where the feed has none that can be right.
    parent
        Code of its station; "" for none.
    """

    code: str
    name: str
    lat: float | None
    lon: float | None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class RegularLine:
    """A route; ``name`` is what passengers know it by."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Service:
    """Days on which trips run; those of ``calendar_dates.txt`` overrule the week.

    Parameters
    ----------
    weekdays
        Monday first, from ``first_day`` to ``last_day``, both included.
    """

    code: str
    weekdays: tuple[bool, ...] = NEVER
    first_day: date | None = None
    last_day: date | None = None
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def runs_on(self, day: date) -> bool:
        """Tell whether trips of it run on a day."""
        if day in self.removed:
            return False
        if day in self.added:
            return True
        if self.first_day is None or self.last_day is None:
            return False
        return self.first_day <= day <= self.last_day and self.weekdays[day.weekday()]


@dataclass(frozen=True, slots=True)
class RegularCall:
    """A regular bus at a stop."""

    stop: str
    arrive_second: int
    depart_second: int
    boards: bool = True
    alights: bool = True


@dataclass(frozen=True, slots=True)
class Repeat:
    """A trip that is made again and again; its calls give only the time between them."""

    first_second: int
    until_second: int
    every_seconds: int


@dataclass(frozen=True, slots=True)
class RegularTrip:
    """One trip of a line, its calls in order.

    Parameters
    ----------
    block
        Trips of one block and day are made by one bus; "" where nobody said.
    """

    code: str
    line: str
    service: str
    calls: tuple[RegularCall, ...]
    headsign: str = ""
    block: str = ""
    repeats: tuple[Repeat, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A timetable.

    Parameters
    ----------
    stops, lines, services
        By code.
    """

    stops: Mapping[str, RegularStop] = field(default_factory=dict)
    lines: Mapping[str, RegularLine] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    trips: tuple[RegularTrip, ...] = ()

    def running(self, day: date) -> tuple[RegularTrip, ...]:
        """Return the trips of a day of operation."""
        on = {code for code, each in self.services.items() if each.runs_on(day)}
        return tuple(trip for trip in self.trips if trip.service in on)

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and last day anything is said of; None for an empty feed."""
        found: set[date] = set()
        for each in self.services.values():
            found |= each.added
            if any(each.weekdays) and each.first_day and each.last_day:
                found |= {each.first_day, each.last_day}
        return (min(found), max(found)) if found else None
