"""Days and half hours: when something is open, taken, free. Local time of Guiyang.

A day has 48 half hours, counted from 0; a span is from one to another, the last one
left out: (18, 21) is 9:00 to 10:30. What is lent by the day is taken for whole days.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
PARTS = 48
HALF_HOUR = timedelta(minutes=30)
AHEAD_DAYS = 60
"""Farther ahead than this nobody books."""
MOST_DAYS = 31
"""Nothing is lent for longer at once."""
MOST_PIECES = 200
KEEP_DAYS = 30
"""So long after the last day names and numbers are kept, then erased."""

Span = tuple[int, int]


class By(StrEnum):
    """What something is taken for."""

    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class When:
    """A time somebody asks for: half hours of one day, or whole days."""

    first_on: date
    last_on: date
    begin: int = 0
    end: int = PARTS

    @property
    def days(self) -> int:
        """How many days it touches."""
        return (self.last_on - self.first_on).days + 1


@dataclass(frozen=True, slots=True)
class Free:
    """A stretch of a day in which at least so many pieces are free."""

    begin: int
    end: int
    pieces: int


def local_day(at: datetime) -> date:
    """Return the day a moment has in Guiyang."""
    return at.astimezone(SHANGHAI).date()


def moment(on: date, part: int) -> datetime:
    """Return when a half hour of a day begins; 48 is midnight."""
    return datetime.combine(on, time(), SHANGHAI) + part * HALF_HOUR


def part_of(at: datetime) -> int:
    """Return the first half hour that begins at a moment or after it; 48 for none."""
    local = at.astimezone(SHANGHAI)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    whole = -(-seconds // 1800)
    return min(PARTS, whole + (1 if local.microsecond and seconds % 1800 == 0 else 0))


def clock(part: int) -> str:
    """Write a half hour: 18 is 9:00, 48 is 24:00."""
    return f"{part // 2}:{'30' if part % 2 else '00'}"


def keys(by: By, when: When) -> list[tuple[date, int]]:
    """Return what a booking holds of each piece: half hours, or days as part 0."""
    if by is By.HOUR:
        return [(when.first_on, part) for part in range(when.begin, when.end)]
    first = when.first_on
    return [(first + timedelta(days=step), 0) for step in range(when.days)]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Hours:
    """When something is open: by weekday (0 is Monday), and days that are otherwise."""

    week: Mapping[int, tuple[Span, ...]]
    other: Mapping[date, tuple[Span, ...]]

    def on(self, day: date) -> tuple[Span, ...]:
        """Return the spans of a day."""
        if day in self.other:
            return self.other[day]
        return self.week.get(day.weekday(), ())

    def covers(self, day: date, begin: int, end: int) -> bool:
        """Tell whether a span of a day lies wholly within one that is open."""
        return any(first <= begin and end <= last for first, last in self.on(day))


def free(
    open_spans: Sequence[Span], taken: Mapping[int, int], pieces: int, since: int = 0
) -> list[Free]:
    """Return the free stretches of a day, split where the number of pieces changes.

    Parameters
    ----------
    taken
        How many pieces are held in each half hour.
    since
        Half hours before this are over.
    """
    found: list[Free] = []
    for first, last in open_spans:
        for part in range(max(first, since), last):
            left = pieces - taken.get(part, 0)
            if left <= 0:
                continue
            if found and found[-1].end == part and found[-1].pieces == left:
                found[-1] = Free(found[-1].begin, part + 1, left)
            else:
                found.append(Free(part, part + 1, left))
    return found


class NotHours(ValueError):
    """Not hours anybody could keep."""


_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?")
_SIGNS = str.maketrans("：－—–~～至到", ":-------")


def read_spans(text: str) -> tuple[Span, ...]:
    """Read opening hours as people write them: ``9:00-12:00、14:00-17:30``.

    Raises
    ------
    NotHours
        Anything else; not a half hour; an end that is not after its beginning.
    """
    plain = re.sub(r"\s*-\s*", "-", text.translate(_SIGNS).strip())
    spans = []
    for piece in re.split(r"[\s,，、;；]+", plain):
        if not piece:
            continue
        match = _SPAN.fullmatch(piece)
        if match is None:
            raise NotHours(piece)
        begin = _part(match[1], match[2])
        end = _part(match[3], match[4])
        if end <= begin:
            raise NotHours(piece)
        spans.append((begin, end))
    return merged(spans)


def _part(hour: str, minute: str | None) -> int:
    if minute not in (None, "00", "30") or int(hour) > 24:
        raise NotHours(hour)
    part = int(hour) * 2 + (minute == "30")
    if part > PARTS:
        raise NotHours(hour)
    return part


def write_spans(spans: Iterable[Span]) -> str:
    """Write opening hours: the inverse of :func:`read_spans`."""
    return "、".join(f"{clock(begin)}-{clock(end)}" for begin, end in spans)
