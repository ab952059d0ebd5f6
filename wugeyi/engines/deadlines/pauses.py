"""Pauses of a clock: instants made orderly, and the days they touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

MOMENT = timedelta.resolution
"""The smallest step of time, one microsecond: ``instant - MOMENT`` is just before."""


@dataclass(frozen=True)
class Span:
    """A stretch of time, closed at its start and open at its end.

    Parameters
    ----------
    start
        When the clock was stopped, an aware datetime.
    end
        When it ran again, an aware datetime not before ``start``; ``None`` while it
        still stands. ``start == end`` is allowed and stops nothing.

    Raises
    ------
    ValueError
        If an instant is naive or ``end`` lies before ``start``.
    """

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        start = aware(self.start, "the start of a pause")
        if self.end is not None and aware(self.end, "the end of a pause") < start:
            msg = f"a pause ends ({self.end}) before it starts ({self.start})"
            raise ValueError(msg)


def aware(instant: datetime, what: str) -> datetime:
    """Give ``instant`` in UTC, or refuse it.

    Raises
    ------
    ValueError
        If ``instant`` has no zone, or lies outside the years 1 to 9999 in UTC; the
        message names it by ``what``.
    """
    if instant.utcoffset() is None:
        msg = f"{what} ({instant}) has no time zone; give an aware datetime"
        raise ValueError(msg)
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        msg = f"{what} ({instant}) lies outside the years 1 to 9999 in UTC"
        raise ValueError(msg) from None


def orderly(pauses: Iterable[Span], start: datetime) -> list[Span]:
    """Sort, clip and join pauses.

    Parameters
    ----------
    pauses
        In any order, overlapping or not, some perhaps of no length.
    start
        When the clock was started, in UTC. What lies before it is cut off.

    Returns
    -------
    list of Span
        In UTC, ascending, apart from each other, none of no length. Only the last
        may be open.
    """
    joined: list[Span] = []
    for span in sorted(pauses, key=_by_start):
        first = max(span.start.astimezone(UTC), start)
        last = None if span.end is None else span.end.astimezone(UTC)
        if last is not None and last <= first:
            continue
        previous = joined[-1] if joined else None
        if previous is None or (previous.end is not None and previous.end < first):
            joined.append(Span(first, last))
        elif previous.end is not None and (last is None or last > previous.end):
            joined[-1] = Span(previous.start, last)
    return joined


def touched_days(pauses: list[Span], zone: tzinfo) -> list[tuple[int, int | None]]:
    """List the local days that orderly pauses touch.

    A pause that ends at a midnight does not touch the day that begins there.

    Parameters
    ----------
    pauses
        As :func:`orderly` gives them.
    zone
        The zone whose midnights part the days.

    Returns
    -------
    list of tuple
        First and last touched day as ordinals, both included, ascending and apart
        from each other; the last day is ``None`` while the clock still stands.
    """
    touched: list[tuple[int, int | None]] = []
    for span in pauses:
        first = span.start.astimezone(zone).toordinal()
        last = None
        if span.end is not None:
            last = (span.end - MOMENT).astimezone(zone).toordinal()
        if touched:
            # Orderly pauses ascend, and only the last one can be open.
            earlier_first, earlier_last = touched[-1]
            if earlier_last is not None and first <= earlier_last:
                touched[-1] = (earlier_first, last)
                continue
        touched.append((first, last))
    return touched


def _by_start(span: Span) -> datetime:
    return span.start
