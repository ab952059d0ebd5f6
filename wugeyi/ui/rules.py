"""How times, numbers and choices of appearance are understood. No framework."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Below this many, a percentage says more than the records can carry.
FEWEST_FOR_PERCENT = 10
SOON = timedelta(hours=24)
THEMES = ("auto", "light", "dark")
TYPES = ("normal", "large")
CONTRASTS = ("normal", "high")


class Tone(StrEnum):
    """How near a deadline is."""

    FAR = "far"
    SOON = "soon"
    LATE = "late"


class Unit(StrEnum):
    """The unit a span is told in."""

    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"


@dataclass(frozen=True)
class Remaining:
    """What is left until a deadline, or has passed since, in one unit.

    ``count`` is never negative; 0 only with minutes.
    """

    tone: Tone
    count: int
    unit: Unit


def remaining(due: datetime, now: datetime) -> Remaining:
    """Tell a deadline the way one would say it aloud.

    Spans of two days and more are told in days, of an hour and more in hours, all
    rounded down: nobody is promised time that is not there.

    Parameters
    ----------
    due, now : datetime
        Both aware.
    """
    left = due - now
    seconds = int(abs(left).total_seconds())
    tone = Tone.SOON if left <= SOON else Tone.FAR
    if left < timedelta():
        tone = Tone.LATE
    if seconds >= 2 * 86400:
        return Remaining(tone, seconds // 86400, Unit.DAY)
    if seconds >= 3600:
        return Remaining(tone, seconds // 3600, Unit.HOUR)
    return Remaining(tone, seconds // 60, Unit.MINUTE)


def share(part: int, whole: int) -> float | None:
    """Percentage of ``part`` in ``whole``, or None where the whole is too small.

    Raises
    ------
    ValueError
        If the part is negative or larger than the whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    return None if whole < FEWEST_FOR_PERCENT else 100 * part / whole
