"""A figure: a number with everything needed to believe it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from wugeyi.figures.rules.periods import Period

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure or indicator says of an organisation and a period.

    ``value`` is None when nothing is on record: that is not zero. Of an indicator,
    ``value`` is the numerator; ``denominator`` is None for a measure. ``records`` are
    those of the denominator. ``as_of`` is None for now.
    """

    code: str
    version: int
    name: str
    unit: str
    about: str
    value: int | None
    numerator: int | None
    denominator: int | None
    records: int
    units_reported: int
    units_expected: int | None
    period: Period
    as_of: datetime | None
    url: str
    verified: bool = True
    article: str = ""
    least: int = 0
    kinds: tuple[str, ...] = field(default=())

    @property
    def is_share(self) -> bool:
        """Tell whether it is an indicator."""
        return self.denominator is not None or self.least > 0

    @property
    def recorded(self) -> bool:
        """Tell whether anything is on record."""
        return self.value is not None

    @property
    def percent(self) -> float | None:
        """Return the percentage; None for a measure, or where too few are below it."""
        if not self.denominator or self.numerator is None:
            return None
        if self.denominator < self.least:
            return None
        return HUNDRED * self.numerator / self.denominator

    @property
    def units_missing(self) -> int | None:
        """Return how many of the expected units have nothing on record."""
        if self.units_expected is None:
            return None
        return max(self.units_expected - self.units_reported, 0)


@dataclass(frozen=True, slots=True)
class Point:
    """One day's part of the tree a figure is read from: a path, first to last day."""

    path: str
    first: date
    last: date
