"""How fast people walk, and how long a category may take.

Speeds are settings of a circle; these are what a new circle starts with. 4.8 km/h and
3.0 km/h are usual for adults and older people on the flat, 60 metres a minute is what
planners in China reckon with.
"""

from dataclasses import dataclass
from enum import StrEnum


class Pace(StrEnum):
    """Whose steps a time is counted in."""

    ADULT = "adult"
    ELDER = "elder"
    PLANNERS = "planners"


DEFAULT_MM_S = {Pace.ADULT: 1333, Pace.ELDER: 833, Pace.PLANNERS: 1000}
"""Millimetres a second on the flat."""
SLOWEST_MM_S = 200
FASTEST_MM_S = 3000
DEFAULT_MINUTES = 15
MOST_MINUTES = 60
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Setting:
    """How one walks and how far one looks; ``slope`` asks for heights of the network."""

    pace: Pace
    speed_mm_s: int
    slope: bool
    minutes: int

    def __post_init__(self) -> None:
        """Refuse what no person walks.

        Raises
        ------
        ValueError
            The speed is not 200 to 3000 mm/s, or the minutes are not 1 to 60.
        """
        if not SLOWEST_MM_S <= self.speed_mm_s <= FASTEST_MM_S:
            raise ValueError(f"nobody walks {self.speed_mm_s} mm/s")
        if not 1 <= self.minutes <= MOST_MINUTES:
            raise ValueError(f"not a circle of {self.minutes} minutes")


def limit_ms(
    setting: Setting, *, minutes: int | None = None, metres: int | None = None
) -> int:
    """Return how many milliseconds a category may take.

    A category's own limit goes before the circle's: minutes as they are, metres as the
    time they take on the flat, to the next whole second: each piece of a way is rounded
    to a millisecond, and 500 metres in fifty pieces must not become 501. A limit in
    metres so grows with a slower pace; slope is counted in the walk, not in the limit.
    """
    if metres is not None:
        return -(-metres * 1000 // setting.speed_mm_s) * 1000
    return (setting.minutes if minutes is None else minutes) * MINUTE_MS
