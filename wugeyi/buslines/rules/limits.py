"""Within which limits the numbers of records make sense; outside, it must be a slip.

Minutes count from midnight of the day of operation, money is whole fen.
"""

from datetime import date

LAST_MINUTE = 2879
MOST_PERSONS = 500
MOST_BASKETS = 1_000
MOST_FEN = 10_000_000
MOST_BANDS = 20
MOST_CODE = 20
MOST_BASIS = 200
MOST_NAME = {
    "spot": 60,
    "demand": 60,
    "vehicle": 60,
    "driver": 40,
    "regularduty": 60,
}
"""Letters of a code, of where a rule or a fare is from, of a name by model."""
MOST_AWAY_DAYS = 366
FIRST_LICENCE, LAST_LICENCE = date(1950, 1, 1), date(2099, 12, 31)
"""Nobody who drives got a licence before or after."""

LIMITS: dict[str, dict[str, tuple[int, int]]] = {
    "spot": {
        "longest_cm": (200, 10_000),
        "opens_minute": (0, LAST_MINUTE),
        "closes_minute": (0, LAST_MINUTE),
        "hard_minutes": (0, 600),
        "soft_minutes": (0, 600),
        "price_fen": (0, 1_000_000),
    },
    "demand": {
        "persons": (1, MOST_PERSONS),
        "baskets": (0, MOST_BASKETS),
        "earliest_minute": (0, LAST_MINUTE),
        "latest_minute": (0, LAST_MINUTE),
    },
    "vehicle": {
        "count": (0, 1_000),
        "seats": (1, MOST_PERSONS),
        "basket_places": (0, MOST_BASKETS),
        "length_cm": (200, 2_500),
        "floor_dm2": (0, 10_000),
        "cost_fen_per_km": (0, 100_000),
        "fixed_fen": (0, MOST_FEN),
        "from_minute": (0, LAST_MINUTE),
        "until_minute": (0, LAST_MINUTE),
    },
    "regularduty": {
        "number": (1, 1_000),
        "starts_minute": (0, LAST_MINUTE),
        "ends_minute": (0, LAST_MINUTE),
    },
    "driver": {"stars": (0, 5)},
    "otherduty": {
        "begin_minute": (0, LAST_MINUTE),
        "end_minute": (0, LAST_MINUTE),
    },
    "faretable": {"base_fen": (0, 100_000), "cap_fen": (0, 100_000)},
    "fareband": {"from_baskets": (1, 100), "fen": (0, 100_000)},
}
"""The least and the most by model and column."""

ORDERED = {
    "spot": ("opens_minute", "closes_minute"),
    "demand": ("earliest_minute", "latest_minute"),
    "vehicle": ("from_minute", "until_minute"),
    "regularduty": ("starts_minute", "ends_minute"),
    "otherduty": ("begin_minute", "end_minute"),
}
"""Two minutes of which the first comes no later."""
