"""When people of the demo do things: office hours for staff, all day for residents."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
OPENS = time(8, 30)
CLOSES = time(17, 30)
# Residents write more in the morning and after supper.
HOURS = range(6, 23)
HOUR_WEIGHTS = (2, 5, 9, 10, 9, 6, 4, 5, 6, 7, 7, 6, 6, 8, 7, 4, 2)


def moment(random: Random, day: date) -> datetime:
    """Return when on a day a resident tells of a need."""
    (hour,) = random.choices(HOURS, HOUR_WEIGHTS)
    return datetime.combine(
        day, time(hour, random.randrange(60), random.randrange(60)), ZONE
    )


def office(after: datetime, hours: float, *, weekends: bool = False) -> datetime:
    """Return the moment ``hours`` of office time after another moment."""
    at = after.astimezone(ZONE)
    left = timedelta(hours=hours)
    while True:
        opens = datetime.combine(at.date(), OPENS, ZONE)
        closes = datetime.combine(at.date(), CLOSES, ZONE)
        at = max(at, opens)
        if at < closes and (weekends or at.weekday() < 5):
            if at + left <= closes:
                return at + left
            left -= closes - at
        at = datetime.combine(at.date() + timedelta(days=1), OPENS, ZONE)
