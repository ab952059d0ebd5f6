"""Who drives, what is to be driven, by which rules, and a roster that says who does.

Minutes count from midnight of the day a duty begins and go on after 24:00.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

EVERY_DAY = (True,) * 7


@dataclass(frozen=True, slots=True)
class Driver:
    """Somebody with a licence.

    Parameters
    ----------
    licensed_on
        When the licence for such buses was first given.
    stars
        As the company rates its drivers, 0 to 5.
    absent
        Days without any duty: leave, illness, training.
    """

    code: str
    name: str
    licensed_on: date
    stars: int
    absent: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A day's work of one driver, the same on all its days.

    Parameters
    ----------
    begin_minute, end_minute
        On duty; it may end after 24:00.
    driving
        When the bus is under way, calls included: from, to, in order.
    weekdays
        Monday first.
    bus
        The bus driven, to count changes of it; "" where it does not matter.
    """

    code: str
    begin_minute: int
    end_minute: int
    driving: tuple[tuple[int, int], ...]
    weekdays: tuple[bool, ...] = EVERY_DAY
    bus: str = ""

    @property
    def driving_minutes(self) -> int:
        """Return how long the bus is under way."""
        return sum(until - begin for begin, until in self.driving)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule is from.

    Parameters
    ----------
    verified
        Whether somebody held it against the text in force.
    """

    source: str
    verified: bool = False


_COACH = Origin("道路旅客运输驾驶员时间规定（凭记忆，未核对是否适用于城市公交）")
_LINE = Origin("惠农专线的用人要求（报道）")
OWN = Origin("由单位自定")
"""Of rules nobody else sets, so that there is nothing to verify."""
ORIGINS: Mapping[str, Origin] = {
    "years": _LINE,
    "stars": _LINE,
    "day_driving_minutes": _COACH,
    "night_driving_minutes": _COACH,
    "night_from_minute": _COACH,
    "night_until_minute": _COACH,
    "break_minutes": _COACH,
    "driving_24h_minutes": _COACH,
    "driving_7d_minutes": _COACH,
    "rest_minutes": Origin("两班之间的休息（凭记忆，未核对）"),
    "rest_days_in_7": Origin("《劳动法》第三十八条（凭记忆，未核对）"),
    "early_before_minute": OWN,
    "spread_duties": OWN,
    "spread_early": OWN,
    "spread_weekends": OWN,
}


@dataclass(frozen=True, slots=True)
class RosterRules:
    """What a roster must keep.

    Parameters
    ----------
    years, stars
        A driver has had the licence so long on the day, and at least so many stars.
    day_driving_minutes, night_driving_minutes
        Of a stretch of driving without a break: all of it, and what of it lies in the
        night.
    night_from_minute, night_until_minute
        The night, through midnight.
    break_minutes
        A shorter stop does not end a stretch.
    driving_24h_minutes, driving_7d_minutes
        In any 24 hours; in any 7 days in a row, a duty counting on the day it begins.
    rest_minutes
        Between two duties.
    rest_days_in_7
        Days on which no duty begins, in any 7 in a row.
    early_before_minute
        A duty that begins sooner is an early one.
    spread_duties, spread_early, spread_weekends
        A driver's number of duties, of early ones, of those on Saturday and Sunday
        lies between the fair share rounded down less so many and rounded up plus so
        many; -1 is no rule. A fair share is the sum, over the days a driver is there,
        of the day's number through those who are.
    origins
        By rule, where it is from.
    """

    years: int = 10
    stars: int = 3
    day_driving_minutes: int = 240
    night_driving_minutes: int = 120
    night_from_minute: int = 1320
    night_until_minute: int = 360
    break_minutes: int = 20
    driving_24h_minutes: int = 480
    driving_7d_minutes: int = 2640
    rest_minutes: int = 600
    rest_days_in_7: int = 1
    early_before_minute: int = 360
    spread_duties: int = 0
    spread_early: int = 0
    spread_weekends: int = 0
    origins: Mapping[str, Origin] = field(default_factory=lambda: ORIGINS)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody drives a duty that begins on a day."""

    driver: str
    day: date
    duty: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Who drives what on which day.

    Parameters
    ----------
    assignments
        By day, then by duty.
    single_working_days, single_rest_days
        Working days between two rest days, rest days between two working days; days of
        absence are rest days that nobody counts as single.
    bus_changes
        Working days in a row on which the bus is another.
    bound
        No roster that keeps the rules has fewer single days, both kinds together.
    stopped
        Whether the work ended because somebody wished so.
    """

    assignments: tuple[Assignment, ...]
    single_working_days: int
    single_rest_days: int
    bus_changes: int
    bound: int
    stopped: bool = False

    @property
    def single_days(self) -> int:
        """Return what is made as small as can be."""
        return self.single_working_days + self.single_rest_days

    @property
    def proven(self) -> bool:
        """Tell whether no roster has fewer single days; changes of bus are not meant."""
        return self.single_days <= self.bound


@dataclass(frozen=True, slots=True)
class Work:
    """How much work may be done: counts, never seconds, so that a roster comes again.

    Parameters
    ----------
    steps
        Exchanges tried in each round, some million a second.
    rounds
        Each starts from another seed, until a roster meets the bound.
    nodes
        Of HiGHS, for the bound.
    """

    steps: int = 4_000_000
    rounds: int = 6
    nodes: int = 200
