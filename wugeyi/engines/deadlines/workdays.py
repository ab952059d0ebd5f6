"""Which days are worked: weekends, holidays and make-up working days."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

_DAYS_PER_WEEK = 7
_WEEKDAYS_PER_WEEK = 5
_LAST_ORDINAL = date.max.toordinal()


@dataclass(frozen=True)
class WorkCalendar:
    """A place's working days: Monday to Friday, with exceptions.

    Counting between two days costs O(log n) in the number of exceptions and does
    not depend on how far apart the days lie, so a horizon of a hundred years costs
    the same as one of a week. Build a calendar once and keep it.

    Parameters
    ----------
    closed
        Days off besides Saturdays and Sundays. Weekend days may be listed too (the
        State Council's notices name whole breaks); they change nothing.
    open
        Days worked although they would be off: make-up working days. ``open`` wins
        over ``closed`` and over the weekend. Weekdays may be listed; they change
        nothing unless they are also in ``closed``.
    years
        Years whose official arrangement is in the data; see
        :func:`~wugeyi.engines.deadlines.covered`. Counting works in any year:
        outside these years only weekends (and listed days) are off.

    Examples
    --------
    >>> from datetime import date
    >>> calendar = WorkCalendar(
    ...     closed=frozenset({date(2025, 10, 1)}), open=frozenset({date(2025, 9, 28)})
    ... )
    >>> calendar.is_working(date(2025, 9, 28)), calendar.is_working(date(2025, 10, 1))
    (True, False)
    """

    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    # Days that differ from plain Monday-to-Friday, as ordinals, ascending; the sum of
    # the differences up to and including each (with 0 in front); and the number of
    # working days since year 1 up to and including each.
    _exceptions: list[int] = field(init=False, repr=False, compare=False)
    _offsets: list[int] = field(init=False, repr=False, compare=False)
    _counts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("closed", "open", "years"):
            object.__setattr__(self, name, frozenset(getattr(self, name)))
        changes = {
            day.toordinal(): -1
            for day in self.closed - self.open
            if _is_weekday(day.toordinal())
        }
        changes |= {
            day.toordinal(): 1 for day in self.open if not _is_weekday(day.toordinal())
        }
        exceptions = sorted(changes)
        offsets = [0, *accumulate(changes[day] for day in exceptions)]
        counts = [
            _weekdays_to(day) + offset
            for day, offset in zip(exceptions, offsets[1:], strict=True)
        ]
        object.__setattr__(self, "_exceptions", exceptions)
        object.__setattr__(self, "_offsets", offsets)
        object.__setattr__(self, "_counts", counts)

    @staticmethod
    def merged(base: "WorkCalendar", exceptions: "WorkCalendar") -> "WorkCalendar":
        """Lay a place's own exceptions over a wider calendar.

        A day named by ``exceptions`` follows ``exceptions``; every other day follows
        ``base``. Typical use: the national calendar below, an autonomous
        prefecture's own holiday above.

        Parameters
        ----------
        base
            The wider calendar, usually the national one. Its ``years`` are kept.
        exceptions
            Only the days that differ; its ``years`` are not used.

        Returns
        -------
        WorkCalendar
            A new calendar; neither argument is changed.
        """
        closed_here = exceptions.closed - exceptions.open
        return WorkCalendar(
            closed=(base.closed - exceptions.open) | closed_here,
            open=(base.open - closed_here) | exceptions.open,
            years=base.years,
        )

    def is_working(self, day: date) -> bool:
        """Tell whether ``day`` is worked: ``open``, else not closed and no weekend."""
        if day in self.open:
            return True
        return day not in self.closed and _is_weekday(day.toordinal())

    def count_to(self, ordinal: int) -> int:
        """Count the working days from 0001-01-01 up to and including a day.

        Parameters
        ----------
        ordinal
            The day as ``date.toordinal()``, 0 or more. The working days in
            ``(a, b]`` are ``count_to(b) - count_to(a)``.

        Returns
        -------
        int
            Number of working days; grows by 1 at working days only.
        """
        position = bisect_right(self._exceptions, ordinal)
        return _weekdays_to(ordinal) + self._offsets[position]

    def reaching(self, count: int) -> int:
        """Find the first day on which :meth:`count_to` reaches ``count``.

        Parameters
        ----------
        count
            Number of working days since 0001-01-01, 1 or more.

        Returns
        -------
        int
            The day's ordinal; it is a working day.

        Raises
        ------
        OverflowError
            If that day lies after 9999-12-31.
        """
        position = bisect_left(self._counts, count)
        wanted = count - self._offsets[position]
        weeks, rest = divmod(wanted - 1, _WEEKDAYS_PER_WEEK)
        ordinal = weeks * _DAYS_PER_WEEK + rest + 1
        if position < len(self._exceptions):
            # The exception at `position` reaches the count itself (it is then a
            # make-up day), unless a plain weekday before it already did.
            ordinal = min(ordinal, self._exceptions[position])
        if ordinal > _LAST_ORDINAL:
            msg = "no such working day before the year 10000"
            raise OverflowError(msg)
        return ordinal


def coverage(calendar: WorkCalendar) -> tuple[int, ...]:
    """List the years whose official arrangement the calendar holds, ascending."""
    return tuple(sorted(calendar.years))


def _is_weekday(ordinal: int) -> bool:
    # Ordinal 1 (0001-01-01) is a Monday.
    return (ordinal - 1) % _DAYS_PER_WEEK < _WEEKDAYS_PER_WEEK


def _weekdays_to(ordinal: int) -> int:
    weeks, rest = divmod(ordinal, _DAYS_PER_WEEK)
    return weeks * _WEEKDAYS_PER_WEEK + min(rest, _WEEKDAYS_PER_WEEK)
