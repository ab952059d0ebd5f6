"""What all villages' books come to: one page for any place and year."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.books.adapter.monthfigures import definitions
from wugeyi.books.queries.totals import PAGE, Totals, totals
from wugeyi.books.rules import access
from wugeyi.books.views.common import show
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries.posts import held
from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import StaffRequest, key_of, staff, unit_or_404

WIDE = 240
"""How long the longest bar is."""
FIRST_YEAR = 2000


@require_safe
@staff()
def home(request: StaffRequest) -> HttpResponse:
    """Show the totals of where one works."""
    own = held(request.reach, frozenset(Role))
    if not own:
        raise PermissionDenied
    return _page(request, own[0])


@require_safe
@staff()
def unit(request: StaffRequest, code: str) -> HttpResponse:
    """Show the totals of any place: counts are for everybody with a post."""
    return _page(request, unit_or_404(code))


def _page(request: StaffRequest, place: Organisation) -> HttpResponse:
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today.year)
    after = request.GET.get("after", "")[:40]
    book = key_of(request.GET.get("book", ""))
    found = totals(
        place, year, today=today, after=after if after.isprintable() else "", book=book
    )
    here = reverse("books:totals-of", args=[place.code])
    more = found.below[PAGE - 1].organisation.code if len(found.below) > PAGE else ""
    more_books = found.open_books[PAGE - 1].pk if len(found.open_books) > PAGE else 0
    return show(
        request,
        "totals.html",
        {
            "unit": place,
            "year": year,
            "before_url": f"{here}?year={year - 1}" if year > FIRST_YEAR else "",
            "next_url": f"{here}?year={year + 1}" if year < today.year else "",
            "found": found,
            "main": list(found.now.values()),
            "years": _years(found),
            "bands": _bands(found),
            "definitions": definitions(),
            "below": [
                {
                    "name": each.organisation.name,
                    "url": reverse("books:totals-of", args=[each.organisation.code])
                    + f"?year={year}",
                    "cells": list(each.figures.values()),
                }
                for each in found.below[:PAGE]
            ],
            "below_url": f"{here}?year={year}&after={more}#below" if more else "",
            "open_books": [
                (each, access.reads(request.reach, each.organisation.path))
                for each in found.open_books[:PAGE]
            ],
            "open_url": f"{here}?year={year}&book={more_books}#open"
            if more_books
            else "",
        },
    )


def _year(text: str, this: int) -> int:
    # Last year unless told: this one is seldom closed anywhere.
    if text.isascii() and text.isdigit() and len(text) == 4:
        return min(max(int(text), FIRST_YEAR), this)
    return this - 1


def _years(found: Totals) -> list[dict[str, object]]:
    incomes = [each["village_operating_income"].value or 0 for _, each in found.years]
    most = max([1, *incomes])
    return [
        {
            "year": year,
            "income": each["village_operating_income"],
            "share": each["share_200k"],
            "closed": each["villages_year_closed"],
            "width": max(income, 0) * WIDE // most,
        }
        for (year, each), income in zip(found.years, incomes, strict=True)
    ]


def _bands(found: Totals) -> list[dict[str, object]]:
    most = max([1, *(each.villages for each in found.bands)])
    return [
        {
            "name": each.name,
            "villages": each.villages,
            "width": each.villages * WIDE // most,
        }
        for each in found.bands
    ]
