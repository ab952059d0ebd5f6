"""Periods that follow one another without gaps."""

from dataclasses import dataclass
from datetime import date

from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.records import Month


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods by the days they begin on, and the first day after the last one.

    Raises
    ------
    Refused
        There is none, or days do not rise.
    """

    begins: tuple[date, ...]

    def __post_init__(self) -> None:
        pairs = zip(self.begins, self.begins[1:], strict=False)
        for first, after in pairs:
            if after <= first:
                values = {"first": first.isoformat(), "last": after.isoformat()}
                raise Refused(Finding("period-turned", "error", "", values))
        if len(self.begins) < 2:
            raise Refused(Finding("period-none", "error"))

    def __len__(self) -> int:
        return len(self.begins) - 1

    def first(self, at: int) -> date:
        """Return the first day of a period."""
        return self.begins[at]

    def last(self, at: int) -> date:
        """Return the last day of a period."""
        return date.fromordinal(self.begins[at + 1].toordinal() - 1)


def years(first: int, last: int) -> Periods:
    """Return the years from one to another."""
    return Periods(tuple(date(year, 1, 1) for year in range(first, last + 2)))


def months(first: Month, last: Month) -> Periods:
    """Return the months from one to another."""
    begins = [first.first]
    while first <= last:
        first = first.following
        begins.append(first.first)
    return Periods(tuple(begins))
