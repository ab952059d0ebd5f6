"""What recurs at one place: one decision instead of many answers.

Beijing regulation 2021, arts. 24-26: frequent problems are to be governed actively.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, QuerySet

from wugeyi.casework.models import Case, Category
from wugeyi.organisations.models import Organisation

WINDOW = timedelta(days=90)
# Inferred: twice may be chance, three times in a quarter is a pattern.
LEAST = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """One place, one category, so many cases in the window; dates are local."""

    place: Organisation
    category: Category
    count: int
    published: int
    first: date
    last: date


def patterns(cases: QuerySet[Case], *, today: date, limit: int = 20) -> list[Pattern]:
    """Return what recurs among ``cases`` in the last 90 days, most frequent first.

    Merged cases count: somebody came with the same need again. Three queries.
    """
    rows = list(
        recent(cases, today=today)
        .values("place_id", "category_id")
        .annotate(
            # Not of the key: with it no index alone has all that is needed.
            count=Count("*"),
            published=Count("published_at"),
            first=Min("registered_on"),
            last=Max("registered_on"),
        )
        .filter(count__gte=LEAST)
        .order_by("-count", "-last", "place_id", "category_id")[:limit]
    )
    places = Organisation.objects.in_bulk({row["place_id"] for row in rows})
    categories = Category.objects.in_bulk({row["category_id"] for row in rows})
    return [
        Pattern(
            places[row["place_id"]],
            categories[row["category_id"]],
            row["count"],
            row["published"],
            row["first"],
            row["last"],
        )
        for row in rows
    ]


def recent(cases: QuerySet[Case], *, today: date) -> QuerySet[Case]:
    """Return the cases of the window that ends today."""
    return cases.filter(registered_on__gt=today - WINDOW, registered_on__lte=today)


def cases_of(
    cases: QuerySet[Case], *, place: Organisation, category: Category, today: date
) -> QuerySet[Case]:
    """Return the cases one pattern counts."""
    return recent(cases, today=today).filter(place=place, category=category)
