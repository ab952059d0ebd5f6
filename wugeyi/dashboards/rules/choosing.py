"""Which days a page counts, and what it knew: read from the address, never refused.

What an address says wrongly is put right and told, because a link from a letter should
still open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wugeyi.figures.rules import Period

YEARS = 5
MONTHS = 12


class Span(StrEnum):
    """The periods one may choose."""

    YEAR = "year"
    LAST_YEAR = "last-year"
    MONTHS = "12-months"
    QUARTER = "quarter"


class Grain(StrEnum):
    """What the small lines show."""

    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page shows: a period, the line's periods, and the day it is seen from.

    ``known`` is None for today: then nothing is left out that was recorded since.
    """

    span: Span
    grain: Grain
    today: date
    known: date | None
    view: str
    wrong_day: bool = False

    @property
    def period(self) -> Period:
        """Return the local dates that are counted."""
        return period_of(self.span, self.today)

    @property
    def steps(self) -> list[Period]:
        """Return the periods of the small lines, oldest first.

        Months are the twelve that end with the period's last; the last one may end
        before its month does. Years are the five that end with this or last year's.
        """
        last = self.period.last
        if self.grain is Grain.YEARS:
            return [
                Period(date(year, 1, 1), min(date(year, 12, 31), last))
                for year in range(last.year - YEARS + 1, last.year + 1)
            ]
        return Period.ending(last, months=MONTHS).months()

    @property
    def query(self) -> dict[str, str]:
        """Return what an address must carry to show the same; defaults are left out."""
        given = {
            "period": "" if self.span is Span.YEAR else self.span.value,
            "trend": "" if self.grain is Grain.MONTHS else self.grain.value,
            "as_of": self.known.isoformat() if self.known else "",
            "view": self.view,
        }
        return {name: value for name, value in given.items() if value}


def period_of(span: Span, today: date) -> Period:
    """Return the local dates of a choice, seen from a day; nothing after it is counted."""
    if span is Span.LAST_YEAR:
        return Period.year(today.year - 1)
    if span is Span.MONTHS:
        return Period.ending(today, months=MONTHS)
    if span is Span.QUARTER:
        first = Period.quarter(today.year, (today.month + 2) // 3).first
        return Period(first, today)
    return Period(date(today.year, 1, 1), today)


def choose(query: Mapping[str, str], *, today: date) -> Chosen:
    """Read an address; ``today`` is the local date. A day to come counts as today."""
    known, wrong = _day(query.get("as_of", ""), today)
    spans = {each.value for each in Span}
    span, grain = query.get("period", ""), query.get("trend", "")
    return Chosen(
        span=Span(span) if span in spans else Span.YEAR,
        grain=Grain.YEARS if grain == Grain.YEARS else Grain.MONTHS,
        today=known or today,
        known=known,
        view=query.get("view", "")[:20],
        wrong_day=wrong,
    )


def _day(text: str, today: date) -> tuple[date | None, bool]:
    if not text.strip():
        return None, False
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None, True
    if day >= today or day.year < 1949:
        return None, day != today
    return day, False
