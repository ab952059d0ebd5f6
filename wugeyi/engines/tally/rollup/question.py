"""What is asked of a roll-up: indicators, consecutive months, depths of the tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from wugeyi.engines.tally.definitions import Aggregate, Catalogue, Measure

# Characters of a path for each level, the root included: byte order is tree order.
STEP = 5


class QuestionError(ValueError):
    """A question without a meaning; the message says which part and why."""


@dataclass(frozen=True, slots=True)
class Part:
    """A measure as facts carry it: a code from 0 to 2147483647, and its aggregate.

    ``count`` adds records, ``sum`` adds records times values, ``distinct`` counts the
    keys whose records do not cancel out in the subtree and month, ``latest`` takes for
    each unit in the subtree the last value of the month (by day, then by when it was
    recorded, then the larger one) of a record that was not withdrawn, and adds those
    up. The last segment of a path is the unit, wherever it stands: one that moves in
    the month gives one value to whatever stands above both of its places.
    """

    name: str
    code: int
    aggregate: Aggregate
    version: int = 1

    @classmethod
    def of(cls, measure: Measure) -> "Part":
        """Take what facts carry of a declared measure."""
        return cls(measure.code, measure.number, measure.aggregate, measure.version)


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure, or one measure over another; both are kept, never a percentage."""

    name: str
    numerator: Part
    denominator: Part | None = None

    @classmethod
    def of(cls, catalogue: Catalogue, code: str) -> "Asked":
        """Take a declared measure or indicator; KeyError when it is not declared."""
        found = catalogue[code]
        if isinstance(found, Measure):
            return cls(code, Part.of(found))
        over = (catalogue.measures[one] for one in (found.numerator, found.denominator))
        return cls(code, *map(Part.of, over))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month of local dates."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9998 and 1 <= self.number <= 12):
            msg = f"no month {self.year}-{self.number}"
            raise QuestionError(msg)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read ``2026-09``."""
        year, dash, number = text.partition("-")
        if not (dash and year.isdecimal() and len(year) == 4 and number.isdecimal()):
            msg = f"{text!r} is no month like 2026-09"
            raise QuestionError(msg)
        return cls(int(year), int(number))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def next(self) -> "Month":
        """The month after."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def months(first: Month, count: int) -> tuple[Month, ...]:
    """List ``count`` months from ``first`` on."""
    found = [first]
    while len(found) < count:
        found.append(found[-1].next)
    return tuple(found[:count])


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Parameters
    ----------
    indicators
        At least one; two measures with one code must be the same measure.
    months
        Consecutive, in order.
    depths
        Units standing so deep are listed; the root has depth 0.
    as_of
        Only what had been recorded by then counts (aware); everything if not given.

    Raises
    ------
    QuestionError
        When one of these does not hold.
    """

    indicators: tuple[Asked, ...]
    months: tuple[Month, ...]
    depths: tuple[int, ...]
    as_of: datetime | None = None

    def __post_init__(self) -> None:
        _refuse(not self.indicators, "no indicator is asked for")
        _refuse(not self.months, "no month is asked for")
        _refuse(not self.depths, "no depth of the tree is asked for")
        _refuse(
            any(
                b != a.next for a, b in zip(self.months, self.months[1:], strict=False)
            ),
            "the months do not follow one another",
        )
        _refuse(
            tuple(sorted(set(self.depths))) != self.depths or self.depths[0] < 0,
            "depths are to rise from 0 or more, each once",
        )
        known: dict[int, Part] = {}
        for measure in self._named():
            code = measure.code
            _refuse(not 0 <= code < 2**31, f"{measure.name}: no code {code}")
            same = known.setdefault(code, measure)
            _refuse(same != measure, f"{measure.name} and {same.name} share {code}")
        if self.as_of is not None and self.as_of.tzinfo is None:
            msg = "as_of needs a time zone"
            raise QuestionError(msg)

    def _named(self) -> list[Part]:
        pairs = ((one.numerator, one.denominator) for one in self.indicators)
        return [measure for pair in pairs for measure in pair if measure is not None]

    @property
    def measures(self) -> tuple[Part, ...]:
        """The measures it takes, each once, by code."""
        by_code = {measure.code: measure for measure in self._named()}
        return tuple(by_code[code] for code in sorted(by_code))

    def of(self, *aggregates: Aggregate) -> tuple[Part, ...]:
        """Give the measures with one of these aggregates."""
        return tuple(one for one in self.measures if one.aggregate in aggregates)

    @property
    def lengths(self) -> tuple[int, ...]:
        """Characters of the paths to list, the deepest first."""
        return tuple(STEP * (depth + 1) for depth in reversed(self.depths))

    @property
    def as_of_text(self) -> str | None:
        """``as_of`` in UTC, as every engine compares it."""
        if self.as_of is None:
            return None
        moment = self.as_of.astimezone(UTC)
        return moment.isoformat(sep=" ", timespec="microseconds")

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the answer's columns after period and path, as n1, d1, n2."""
        names: list[str] = []
        for number, indicator in enumerate(self.indicators, 1):
            names.append(f"n{number}")
            if indicator.denominator is not None:
                names.append(f"d{number}")
        return tuple(names)

    @property
    def taken(self) -> Sequence[Part]:
        """The measure of each of ``columns``."""
        return self._named()


def _refuse(wrong: bool, why: str) -> None:  # noqa: FBT001
    if wrong:
        raise QuestionError(why)
