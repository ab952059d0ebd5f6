"""Which numbers a plan and a roster keep to, and within which limits they make sense."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "minutes", "stops", "baskets", "dm2", "fen", "years", "stars", "days", ""
]


@dataclass(frozen=True, slots=True)
class RuleName:
    """A rule: a field of the engine's records, its unit, the least and the most."""

    name: str
    unit: Unit
    least: int
    most: int


PLAN = (
    RuleName("ride_limit_minutes", "minutes", 1, 600),
    RuleName("stops_limit", "stops", 1, 40),
    RuleName("call_minutes", "minutes", 0, 60),
    RuleName("baskets_per_minute", "baskets", 1, 1_000),
    RuleName("turnaround_minutes", "minutes", 0, 600),
    RuleName("person_dm2", "dm2", 0, 1_000),
    RuleName("basket_dm2", "dm2", 0, 1_000),
    RuleName("person_fen", "fen", 0, 1_000_000),
    RuleName("basket_fen", "fen", 0, 1_000_000),
    RuleName("hard_minutes", "minutes", 0, 600),
    RuleName("soft_minutes", "minutes", 0, 600),
    RuleName("price_fen", "fen", 0, 1_000_000),
)
APART = frozenset({"hard_minutes", "soft_minutes", "price_fen"})
ROSTER = "roster."
