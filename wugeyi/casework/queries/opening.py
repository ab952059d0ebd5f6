"""Cases behind a figure, for those who may read them."""

from collections.abc import Collection, Sequence
from datetime import date

from django.urls import reverse

from wugeyi.casework.models import Category
from wugeyi.casework.queries.access import visible
from wugeyi.figures.openers import Opened
from wugeyi.organisations.rules import Reach


def open_cases(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Return the cases of ``ids`` this reach may read, by key."""
    cases = (
        visible(reach)
        .filter(pk__in=ids)
        .select_related("category", "place")
        .only("registered_on", "category__name", "category__name_en", "place__name")
    )
    return {
        case.pk: Opened(
            title=f"{case.number} {case.category}",
            url=reverse("desk:case", args=[case.pk]),
            on=case.registered_on,
            organisation_name=case.place.name,
        )
        for case in cases
    }


def category_names(codes: Collection[str]) -> dict[str, str]:
    """Return what categories are called, by code."""
    return {
        each.code: str(each)
        for each in Category.objects.filter(code__in=codes).only(
            "code", "name", "name_en"
        )
    }
