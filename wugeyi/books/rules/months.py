"""Months as whole numbers, so that a database can tell which comes next."""

from datetime import date


def month_of(day: date) -> int:
    """Return the month of a day, counted from January of year 0.

    >>> month_of(date(2024, 1, 31)), month_of(date(2023, 12, 1))
    (24288, 24287)
    """
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """Return a month's first day.

    >>> first_day(24287)
    datetime.date(2023, 12, 1)
    """
    year, index = divmod(month, 12)
    return date(year, index + 1, 1)


def last_day(month: int) -> date:
    """Return a month's last day.

    >>> last_day(24289)
    datetime.date(2024, 2, 29)
    """
    return date.fromordinal(first_day(month + 1).toordinal() - 1)
