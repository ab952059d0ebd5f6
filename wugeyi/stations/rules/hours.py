"""Opening hours of a week: read, asked, and held against a rider's day.

A day's times begin on that day and may end on the next: minute 1,560 is two o'clock in
the night after. Weekdays are 0 (Monday) to 6; minutes are of the place's own clock.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

DAY = 1440
WEEK = 7 * DAY
MOST_A_DAY = 4
NEXT_DAY = "次日"
WHOLE_DAY = ("全天", "24小时", "24h")
CLOSED = ("休息", "不开", "关", "closed", "-")
TIMES = re.compile(
    r"(\d{1,2})[:：.点](\d{2})?\s*(?:-|–|—|~|～|至|到)\s*(次日|第二天|翌日|\+)?\s*"
    r"(\d{1,2})[:：.点](\d{2})?"
)


class BadHours(ValueError):
    """Times that cannot be; ``code`` names the sentence, ``value`` what was written."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(code)
        self.code = code
        self.value = value


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from a minute of the day, 0 to 1439, to a later one, at most a day on."""

    opens: int
    closes: int


Week = Mapping[int, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a rider's day; it may run past midnight."""

    code: str
    opens: int
    closes: int


# When riders have least to do and nowhere to go, and the night (domain page, 2.8).
IDLE = Window("idle", 14 * 60, 17 * 60)
NIGHT = Window("night", 22 * 60, 30 * 60)
WINDOWS = (IDLE, NIGHT)


def read(text: str) -> list[Span]:
    """Read a day's times as people write them, in their order.

    >>> read("8:00-12:00、14:00-次日2:00")
    [Span(opens=480, closes=720), Span(opens=840, closes=1560)]

    Raises
    ------
    BadHours
        ``unread``, ``past_24`` (no such time of day), ``backwards`` (closes before it
        opens; a night is written with 次日), ``overlap``, ``too_many``.
    """
    plain = " ".join(text.split())
    if not plain or plain.lower() in CLOSED:
        return []
    if plain.lower().replace(" ", "") in WHOLE_DAY:
        return [Span(0, DAY)]
    found, rest = [], plain
    for match in TIMES.finditer(plain):
        found.append(_span(match))
        rest = rest.replace(match[0], " ", 1)
    if not found or rest.strip(" ,，、;；/和"):
        raise BadHours("unread", plain)
    if len(found) > MOST_A_DAY:
        raise BadHours("too_many", plain)
    found.sort()
    for one, other in pairwise(found):
        if other.opens < one.closes:
            raise BadHours("overlap", plain)
    if found[-1].closes - DAY > found[0].opens and len(found) > 1:
        raise BadHours("overlap", plain)
    return found


def _span(match: "re.Match[str]") -> Span:
    opens = _minute(match[1], match[2], match[0])
    closes = _minute(match[4], match[5], match[0])
    if match[3]:
        closes += DAY
    if opens >= DAY:
        raise BadHours("past_24", match[0])
    if closes <= opens:
        raise BadHours("backwards", match[0])
    if closes - opens > DAY:
        raise BadHours("too_long", match[0])
    return Span(opens, closes)


def _minute(hour: str, minute: str | None, whole: str) -> int:
    found = 60 * int(hour) + int(minute or 0)
    if found > DAY or int(minute or 0) > 59:
        raise BadHours("past_24", whole)
    return found


def written(spans: Sequence[Span]) -> str:
    """Write times as ``read`` reads them; "" for a day off."""
    return "、".join(
        f"{_clock(each.opens)}-{NEXT_DAY if each.closes > DAY else ''}"
        f"{_clock(each.closes if each.closes <= DAY else each.closes - DAY)}"
        for each in spans
    )


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def open_at(week: Week, off: Collection[date], on: date, minute: int) -> bool:
    """Tell whether it is open at a minute of a day; what began on a day off is not."""
    if on not in off and any(
        each.opens <= minute < each.closes for each in week.get(on.weekday(), ())
    ):
        return True
    before = on - timedelta(days=1)
    return before not in off and any(
        each.closes > minute + DAY for each in week.get(before.weekday(), ())
    )


def shuts_at(week: Week, off: Collection[date], on: date, minute: int) -> int | None:
    """Return when it shuts that is open at a minute of a day, in minutes of that day.

    More than 1,440: on a later day. None: not within a week. What is not open shuts at
    once. Days off before the day before count as ordinary ones.
    """
    reached = minute
    for day in range(-1, 8):
        date_then = on + timedelta(days=day)
        if date_then in off:
            continue
        for each in week.get(date_then.weekday(), ()):
            if day * DAY + each.opens <= reached:
                reached = max(reached, day * DAY + each.closes)
    return reached if reached < WEEK else None


def covers(week: Week, weekday: int, window: Window) -> bool:
    """Tell whether it is open the whole of a window that begins on a weekday."""
    begins = weekday * DAY + window.opens
    ends = weekday * DAY + window.closes
    reached = begins
    for opens, closes in _line(week):
        if opens > reached:
            break
        reached = max(reached, closes)
    return reached >= ends


def _line(week: Week) -> list[tuple[int, int]]:
    """Return all times on one line of minutes, the week before and after included."""
    found = []
    for weekday, spans in week.items():
        for shift in (-WEEK, 0, WEEK):
            base = weekday * DAY + shift
            found += [(base + each.opens, base + each.closes) for each in spans]
    return sorted(found)
