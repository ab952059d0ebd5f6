"""Which numbers a plan and a roster keep to, and within which limits they make sense."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "minutes",
    "clock",
    "stops",
    "baskets",
    "dm2",
    "fen",
    "years",
    "stars",
    "days",
    "duties",
    "",
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
ROSTER_RULES = (
    RuleName("roster.years", "years", 0, 60),
    RuleName("roster.stars", "stars", 0, 5),
    RuleName("roster.day_driving_minutes", "minutes", 1, 1440),
    RuleName("roster.night_driving_minutes", "minutes", 1, 1440),
    RuleName("roster.night_from_minute", "clock", 0, 2879),
    RuleName("roster.night_until_minute", "clock", 0, 2879),
    RuleName("roster.break_minutes", "minutes", 1, 240),
    RuleName("roster.driving_24h_minutes", "minutes", 1, 1440),
    RuleName("roster.driving_7d_minutes", "minutes", 1, 10_080),
    RuleName("roster.rest_minutes", "minutes", 0, 1440),
    RuleName("roster.rest_days_in_7", "days", 0, 7),
    RuleName("roster.early_before_minute", "clock", 0, 2879),
    RuleName("roster.spread_duties", "duties", -1, 100),
    RuleName("roster.spread_early", "duties", -1, 100),
    RuleName("roster.spread_weekends", "duties", -1, 100),
)
"""Numbers a roster keeps to; -1 for a spread is no rule."""
NOTICES = (
    RuleName("notice_days", "days", 0, 365),
    RuleName("filing_required", "", 0, 1),
)
"""What a timetable waits for (``rules.notices``); 1 where it has to be reported."""
BY_NAME = {each.name: each for each in (*PLAN, *ROSTER_RULES, *NOTICES)}
