"""What a scenario may change, within which limits, and how much work a plan may take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wugeyi.buslines.models import FareTable

STEPS = (200, 2000, 20_000)
"""Quick, usual, thorough."""
USUAL = 2000
LIMITS: Mapping[str, tuple[int, int]] = {
    "stops_limit": (1, 40),
    "ride_limit_minutes": (1, 600),
    "hard_minutes": (0, 600),
    "soft_minutes": (0, 600),
    "price_fen": (0, 1_000_000),
}
MOST_BUSES = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What a scenario is called and what it changes; None leaves the line's rule.

    Parameters
    ----------
    on
        Whose records hold: those of this day.
    fleet
        How many buses of a type it has, by the key of the vehicle's row.
    """

    name: str
    on: date
    note: str = ""
    stops_limit: int | None = None
    ride_limit_minutes: int | None = None
    hard_minutes: int | None = None
    soft_minutes: int | None = None
    price_fen: int | None = None
    fares: "FareTable | None" = None
    fleet: Mapping[int, int] = field(default_factory=dict)
