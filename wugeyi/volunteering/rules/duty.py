"""How long the duty desk may take to say "seen", and in which band a wait falls."""

from datetime import timedelta

# Minutes before it goes up one level, by the kind of unit that was told. Inferred, not
# from a source: shown as 未核对 until somebody checks them.
DEFAULT_MINUTES = {
    "grid": 3,
    "community": 5,
    "village": 5,
    "town": 5,
    "county": 10,
    "city": 10,
}
OTHERWISE = 5
SOURCE = "推定，没有找到依据"
BANDS = ((60, "1"), (300, "5"), (900, "15"))
LAST_BAND = "more"


def band(wait: timedelta) -> str:
    """Return the band of a wait: within 1, 5, 15 minutes, or more."""
    seconds = wait.total_seconds()
    return next((name for limit, name in BANDS if seconds <= limit), LAST_BAND)
