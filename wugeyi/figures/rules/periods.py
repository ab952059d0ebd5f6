"""Periods: local dates, both ends included."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a local date to a local date, both included; ValueError the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            msg = f"a period from {self.first} to {self.last}"
            raise ValueError(msg)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return a calendar month, 1 to 12."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """Return a quarter, 1 to 4."""
        return cls.of_months(year, quarter * 3 - 2, 3)

    @classmethod
    def half(cls, year: int, half: int) -> "Period":
        """Return the first or second half of a year, 1 or 2."""
        return cls.of_months(year, half * 6 - 5, 6)

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_months(cls, year: int, month: int, count: int) -> "Period":
        """Return ``count`` calendar months from one on."""
        end = _shift(date(year, month, 1), count) - timedelta(days=1)
        return cls(date(year, month, 1), end)

    @classmethod
    def ending(cls, day: date, *, months: int = 12) -> "Period":
        """Return the ``months`` calendar months that end with the month of ``day``.

        The last one ends on ``day``.
        """
        return cls(_shift(day.replace(day=1), 1 - months), day)

    @classmethod
    def days(cls, day: date, count: int) -> "Period":
        """Return the ``count`` days that end on ``day``."""
        return cls(day - timedelta(days=count - 1), day)

    @property
    def previous(self) -> "Period":
        """Return the period of the same length that ends the day before this begins.

        Whole months are followed by as many whole months.
        """
        before = self.first - timedelta(days=1)
        if self.whole_months:
            return Period(_shift(self.first, -len(self.months())), before)
        return Period.days(before, (self.last - self.first).days + 1)

    @property
    def year_before(self) -> "Period":
        """Return the same period a year earlier."""
        return Period(_year_back(self.first), _year_back(self.last))

    @property
    def whole_months(self) -> bool:
        """Tell whether it begins and ends with a calendar month."""
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    def months(self) -> list["Period"]:
        """Return the calendar months it touches, cut to the period."""
        found = []
        start = self.first.replace(day=1)
        while start <= self.last:
            whole = Period.month(start.year, start.month)
            found.append(
                Period(max(whole.first, self.first), min(whole.last, self.last))
            )
            start = _shift(start, 1)
        return found

    def years(self) -> list["Period"]:
        """Return the calendar years it touches, cut to the period."""
        return [
            Period(
                max(date(year, 1, 1), self.first), min(date(year, 12, 31), self.last)
            )
            for year in range(self.first.year, self.last.year + 1)
        ]

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d}..{self.last:%Y-%m-%d}"


def _shift(first: date, months: int) -> date:
    """Return the first day of the month so many months on."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _year_back(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
