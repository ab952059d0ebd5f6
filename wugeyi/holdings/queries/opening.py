"""Opening the records behind figures: one query each."""

from collections.abc import Callable, Sequence
from datetime import date

from django.urls import reverse

from wugeyi.figures.openers import Opened
from wugeyi.holdings.models import Company, DividendPart, PayIn
from wugeyi.holdings.rules import access
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def open_companies(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open companies."""
    rows = (
        Company.objects.filter(pk__in=ids)
        .filter(within("organisation__path", reach.roots(access.READS)))
        .select_related("organisation")
    )
    return {
        row.pk: Opened(row.name, _at(row.pk), row.founded_on, row.organisation.name)
        for row in rows
    }


def open_pay_ins(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open payments, on the card of their company."""
    path = "investor__company__organisation__path"
    rows = (
        PayIn.objects.filter(pk__in=ids)
        .filter(within(path, reach.roots(access.READS)))
        .select_related("investor__company__organisation", "investor__book")
    )
    return {
        row.pk: Opened(
            f"{row.investor.company.name} · {row.investor}",
            _at(row.investor.company_id),
            row.on,
            row.investor.company.organisation.name,
        )
        for row in rows
    }


def open_dividends(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open parts of dividends, on the page of the dividend."""
    path = "investor__book__organisation__path"
    rows = (
        DividendPart.objects.filter(pk__in=ids)
        .filter(within(path, reach.roots(access.READS)))
        .select_related("dividend__company", "investor__book__organisation")
    )
    return {
        row.pk: Opened(
            row.dividend.company.name,
            reverse("holdings:dividend", args=[row.dividend_id]),
            row.dividend.declared_on,
            row.investor.book.organisation.name if row.investor.book else "",
        )
        for row in rows
    }


def _at(company: int) -> str:
    return reverse("holdings:company", args=[company])


OPENERS: dict[str, Callable[..., dict[int, Opened]]] = {
    "holdings_company": open_companies,
    "holdings_pay_in": open_pay_ins,
    "holdings_dividend_part": open_dividends,
}
