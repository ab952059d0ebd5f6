"""What the books of all villages below a place come to in a year."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Keeper, MonthFigure
from wugeyi.figures import queries as figures
from wugeyi.figures.queries import Child, Figure, Part, Period
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within

CODES = (
    "village_books",
    "villages_year_closed",
    "villages_200k",
    "share_200k",
    "village_operating_income",
    "village_income_total",
    "village_expense_total",
)
BELOW = ("villages_year_closed", "share_200k", "village_operating_income")
BANDS = (
    ("under_5", _("不到 5 万元")),
    ("5_to_10", _("5 万至 10 万元")),
    ("10_to_20", _("10 万至 20 万元")),
    ("20_to_50", _("20 万至 50 万元")),
    ("over_50", _("50 万元以上")),
)
YEARS = 5
PAGE = 30


@dataclass(frozen=True, slots=True)
class Band:
    """How many villages earned so much in the year."""

    code: str
    name: object
    villages: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The page of a place and a year."""

    now: dict[str, Figure]
    years: list[tuple[int, dict[str, Figure]]]
    bands: list[Band]
    regimes: list[Part]
    below: list[Child]
    open_books: list[Book]


def totals(
    unit: Organisation, year: int, *, today: date, after: str = "", book: int = 0
) -> Totals:
    """Return a place's totals at a number of queries that does not grow.

    Parameters
    ----------
    after, book
        The last code and key of the pages before: of units below, of books that have
        not closed.
    """
    period = Period.year(year)
    spans = list(range(year - YEARS + 1, year + 1))
    trend = figures.trend(CODES, unit, [Period.year(each) for each in spans])
    counted = {
        part.dimension: part.records
        for part in figures.parts("villages_year_closed", unit, period)
    }
    return Totals(
        now=trend[-1],
        years=list(zip(spans, trend, strict=True)),
        bands=[Band(code, name, counted.get(code, 0)) for code, name in BANDS],
        regimes=figures.parts("village_operating_income", unit, period),
        below=figures.by_child(
            list(BELOW), unit, period, after_code=after, limit=PAGE + 1
        ),
        open_books=not_closed(unit, year, after=book),
    )


def not_closed(unit: Organisation, year: int, *, after: int = 0) -> list[Book]:
    """Return books of collectives whose December of a year is not closed, by key."""
    closed = MonthFigure.objects.filter(
        closing__book=OuterRef("pk"),
        withdrawn_at=None,
        on_day=date(year, 12, 31),
    )
    rows = Book.objects.filter(
        within("organisation__path", [unit.path]),
        ~Exists(closed),
        keeper=Keeper.COLLECTIVE,
        begins_on__lte=date(year, 12, 31),
        closed_at=None,
        pk__gt=after,
    )
    return list(rows.select_related("organisation").order_by("pk")[: PAGE + 1])
