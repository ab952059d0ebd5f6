"""When is it due, how much has run, how much is left.

The rules are those of the Civil Code of the People's Republic of China (民法典),
articles 201 to 204; the folder's README sets them out with examples.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from wugeyi.engines.deadlines.pauses import (
    MOMENT,
    Span,
    aware,
    orderly,
    touched_days,
)
from wugeyi.engines.deadlines.workdays import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
_HOUR = timedelta(hours=1)


class Unit(StrEnum):
    """What an amount of time is counted in."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


def due(
    start: datetime,
    amount: int,
    unit: Unit,
    calendar: WorkCalendar,
    pauses: Iterable[Span] = (),
    zone: tzinfo = SHANGHAI,
) -> datetime | None:
    """Give the instant at which a period ends.

    *Hours* run through nights, weekends and holidays; pauses stop them to the
    microsecond. The result is the first instant at which ``amount`` hours have run.

    *Days* are local dates. The day of the event is not counted (art. 201); a day
    that a pause touches, however shortly, is not counted either. The last day is the
    first day, from the day of the event on, by which ``amount`` days have been
    counted, and which is a working day and untouched by a pause: a period that would
    end on a day off ends on the next working day (art. 203). It ends at 24:00 of
    that day, which is returned as the instant of the next local midnight; use
    :func:`last_day` to show it.

    Parameters
    ----------
    start
        When the clock was started, an aware datetime in any zone.
    amount
        How much time is allowed, in ``unit``; a whole number, 0 or more. 0 days
        means the day of the event itself, or the next working day.
    unit
        What ``amount`` counts.
    calendar
        The working days of the place. Hours do not look at it.
    pauses
        When the clock stood, in any order; they may overlap. What lies before
        ``start`` has no effect.
    zone
        Where days begin and end.

    Returns
    -------
    datetime or None
        In UTC; ``None`` if an open pause keeps the period from ending. An open pause
        that begins only after the end does not unmake the end.

    Raises
    ------
    ValueError
        If ``start`` is naive, ``amount`` is negative or not whole, ``unit`` is
        unknown, or the end would lie after the year 9999.

    Examples
    --------
    >>> from datetime import date
    >>> start = datetime(2025, 9, 30, 16, 0, tzinfo=SHANGHAI)
    >>> due(start, 2, Unit.HOURS, WorkCalendar()).isoformat()
    '2025-09-30T10:00:00+00:00'
    >>> national_day = WorkCalendar(
    ...     closed=frozenset(date(2025, 10, day) for day in range(1, 9))
    ... )
    >>> last_day(due(start, 1, Unit.WORKING_DAYS, national_day))
    datetime.date(2025, 10, 9)
    """
    unit = _checked(amount, unit)
    start = aware(start, "the start")
    stops = orderly(pauses, start)
    try:
        if unit is Unit.HOURS:
            return _due_hours(start, amount * _HOUR, stops)
        first = start.astimezone(zone).toordinal()
        day = _last_day(first, amount, unit, calendar, touched_days(stops, zone))
        return None if day is None else _midnight(day + 1, zone)
    except (OverflowError, ValueError) as error:
        msg = f"{amount} {unit} after {start} lies beyond the year 9999"
        raise ValueError(msg) from error


def elapsed(
    start: datetime,
    end: datetime,
    unit: Unit,
    calendar: WorkCalendar,
    pauses: Iterable[Span] = (),
    zone: tzinfo = SHANGHAI,
) -> float:
    """Measure how much time has run, the counterpart of :func:`due`.

    Days are counted when they are over: the count grows at midnights. So ``elapsed``
    at the instant that ``due`` gives is the amount that ``due`` was asked for; it is
    more only where the end was moved past days off that count (calendar days), or
    where 0 days were asked for on a day off.

    Parameters
    ----------
    start, end
        Aware datetimes; ``end`` is not before ``start``.
    unit, calendar, pauses, zone
        As for :func:`due`.

    Returns
    -------
    float
        For days a whole number (an ``int``); for hours a fraction, exact for whole
        hours.

    Raises
    ------
    ValueError
        If a datetime is naive, ``end`` lies before ``start`` or ``unit`` is unknown.
    """
    unit = _checked(0, unit)
    start, end = aware(start, "the start"), aware(end, "the end")
    if end < start:
        msg = f"the end ({end}) lies before the start ({start})"
        raise ValueError(msg)
    stops = orderly(pauses, start)
    if unit is Unit.HOURS:
        return _running(start, end, stops) / _HOUR
    return _days_over(start, end, unit, calendar, stops, zone)


def remaining(
    start: datetime,
    at: datetime,
    amount: int,
    unit: Unit,
    calendar: WorkCalendar,
    pauses: Iterable[Span] = (),
    zone: tzinfo = SHANGHAI,
) -> float:
    """Measure how much time is left at an instant: 还剩 2 个工作日.

    The day of ``at`` itself is still to come until it is over: on the last day 1 day
    is left. Whether something is late is a question to :func:`due`, not to this
    number: it is 0 throughout the first counted day after the end.

    Parameters
    ----------
    start, amount, unit, calendar, pauses, zone
        As for :func:`due`.
    at
        The instant of asking, an aware datetime not before ``start``.

    Returns
    -------
    float
        ``elapsed(start, due) - elapsed(start, at)``: whole (an ``int``) for days,
        negative when late. For calendar days it includes the days by which the end
        was moved. While an open pause keeps the period from ending, the part of
        ``amount`` that has not run, at least 0.

    Raises
    ------
    ValueError
        As :func:`due`, and if ``at`` is naive or lies before ``start``.
    """
    stops = tuple(pauses)
    end = due(start, amount, unit, calendar, stops, zone)
    gone = elapsed(start, at, unit, calendar, stops, zone)
    if end is None:
        return max(amount - gone, 0)
    if Unit(unit) is Unit.HOURS:
        # Not the difference of two fractions: both are rounded.
        start, at = aware(start, "the start"), aware(at, "the instant")
        tidy = orderly(stops, start)
        return (_running(start, end, tidy) - _running(start, at, tidy)) / _HOUR
    return elapsed(start, end, unit, calendar, stops, zone) - gone


def last_day(end: datetime, zone: tzinfo = SHANGHAI) -> date:
    """Give the local date that ends at, or contains, the instant before ``end``.

    People write "by 24:00 on 30 September", computers store the midnight after it;
    this leads back to 30 September.

    Raises
    ------
    ValueError
        If ``end`` is naive.
    """
    return (aware(end, "the end") - MOMENT).astimezone(zone).date()


def covered(
    start: datetime,
    end: datetime | None,
    calendar: WorkCalendar,
    zone: tzinfo = SHANGHAI,
) -> bool:
    """Tell whether a period lies wholly in years with an official arrangement.

    If not, its end is reckoned by weekends only (节假日安排尚未公布,按周末推算) and
    may move when the year's notice comes out, usually in the November before.

    Parameters
    ----------
    start
        Aware datetime.
    end
        What :func:`due` gave; ``None`` asks about the year of ``start`` alone.
    calendar
        Its ``years`` are looked at, not its days.
    zone
        Where days begin and end.

    Returns
    -------
    bool
        ``False`` if the year of the first or last day, or one between, is missing.

    Raises
    ------
    ValueError
        If a datetime is naive.
    """
    first = aware(start, "the start").astimezone(zone).year
    last = first if end is None else last_day(end, zone).year
    return all(year in calendar.years for year in range(first, max(first, last) + 1))


def _checked(amount: int, unit: Unit) -> Unit:
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
        msg = f"the amount must be a whole number, 0 or more, not {amount!r}"
        raise ValueError(msg)
    try:
        return Unit(unit)
    except ValueError:
        msg = f"unknown unit {unit!r}; one of {', '.join(Unit)}"
        raise ValueError(msg) from None


def _due_hours(
    start: datetime, allowed: timedelta, stops: list[Span]
) -> datetime | None:
    instant = start
    for stop in stops:
        runs = stop.start - instant
        if allowed <= runs:
            break
        if stop.end is None:
            return None
        allowed -= runs
        instant = stop.end
    return instant + allowed


def _last_day(
    first: int,
    amount: int,
    unit: Unit,
    calendar: WorkCalendar,
    touched: list[tuple[int, int | None]],
) -> int | None:
    """Find the last day's ordinal, stepping from pause to pause, not day to day."""
    if amount == 0:
        return _moved(first, calendar, touched)
    if unit is Unit.CALENDAR_DAYS:
        day = first + amount
        for pause_first, pause_last in touched:
            if day < pause_first:
                break
            if pause_last is None:
                return None
            day += pause_last - max(pause_first - 1, first)
        return _moved(day, calendar, touched)
    count = calendar.count_to(first) + amount
    day = calendar.reaching(count)
    for pause_first, pause_last in touched:
        if day < pause_first:
            break
        if pause_last is None:
            return None
        before = max(pause_first - 1, first)
        count += calendar.count_to(pause_last) - calendar.count_to(before)
        day = calendar.reaching(count)
    return day


def _moved(
    day: int, calendar: WorkCalendar, touched: list[tuple[int, int | None]]
) -> int | None:
    """Move a day off, or a day a pause touches, to the next day that is neither."""
    day = _next_working(day, calendar)
    for pause_first, pause_last in touched:
        if day < pause_first:
            break
        if pause_last is None:
            return None
        if day <= pause_last:
            day = _next_working(pause_last + 1, calendar)
    return day


def _next_working(day: int, calendar: WorkCalendar) -> int:
    return calendar.reaching(calendar.count_to(day - 1) + 1)


def _running(start: datetime, end: datetime, stops: list[Span]) -> timedelta:
    running = end - start
    for stop in stops:
        if stop.start >= end:
            break
        running -= (end if stop.end is None else min(stop.end, end)) - stop.start
    return running


def _days_over(
    start: datetime,
    end: datetime,
    unit: Unit,
    calendar: WorkCalendar,
    stops: list[Span],
    zone: tzinfo,
) -> int:
    first = start.astimezone(zone).toordinal()
    last = max(end.astimezone(zone).toordinal() - 1, first)

    def count_to(day: int) -> int:
        return calendar.count_to(day) if unit is Unit.WORKING_DAYS else day

    days = count_to(last) - count_to(first)
    for pause_first, pause_last in touched_days(stops, zone):
        lost_from = max(pause_first - 1, first)
        lost_to = last if pause_last is None else min(pause_last, last)
        if lost_from < lost_to:
            days -= count_to(lost_to) - count_to(lost_from)
    return days


def _midnight(ordinal: int, zone: tzinfo) -> datetime:
    day = date.fromordinal(ordinal)
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
