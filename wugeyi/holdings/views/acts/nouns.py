"""What acts are done to: how a row is found, whose it is, where its page is."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from wugeyi.books.models import Book
from wugeyi.holdings.models import (
    Asset,
    Contract,
    Distribution,
    Dividend,
    Due,
    Household,
    Investment,
    Investor,
    Member,
    PayIn,
    Payout,
    Promise,
    Settlement,
)
from wugeyi.holdings.views.acts import (
    assets,
    companies,
    contracts,
    distribution,
    members,
)
from wugeyi.holdings.views.common import (
    FARTHEST,
    book_of,
    company_of,
    row_of,
)
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.acts import Act, Noun
from wugeyi.organisations.views.staff import StaffRequest


def _own(row: Any) -> tuple[str, str]:
    """Return the page of a row; that of books is here, not among the books."""
    if isinstance(row, Book):
        return reverse("holdings:book", args=[row.pk]), str(row)
    return row.get_absolute_url(), str(row)


def _booked(
    rows: Callable[[], QuerySet[Any]],
    acts: Mapping[str, Act],
    *,
    book: str = "book",
    page: Callable[[Any], Any] = lambda row: row,
) -> Noun:
    """Return a noun whose rows lie below a set of books."""

    def unit(row: Any) -> Organisation:
        for name in book.split("."):
            row = getattr(row, name)
        found: Organisation = row.organisation
        return found

    def load(request: StaffRequest, pk: int) -> Any:
        return row_of(request, rows(), pk, book)

    return Noun(load, unit, lambda row: _own(page(row)), acts)


def _of_company(
    model: Any, way: tuple[str, ...], acts: Mapping[str, Act], *, own_page: bool = False
) -> Noun:
    """Return a noun whose rows lie below a company."""
    joined = "__".join((*way, "organisation"))

    def company(row: Any) -> Any:
        for name in way:
            row = getattr(row, name)
        return row

    def load(request: StaffRequest, pk: int) -> Any:
        rows = model._default_manager.select_related(joined)
        row = rows.filter(pk=pk).first() if pk < FARTHEST else None
        if row is None:
            raise Http404
        company_of(request, company(row).pk)
        return row

    def unit(row: Any) -> Organisation:
        found: Organisation = company(row).organisation
        return found

    def page(row: Any) -> tuple[str, str]:
        return _own(row if own_page else company(row))

    return Noun(load, unit, page, acts)


NOUNS: dict[str, Noun] = {
    "book": Noun(
        book_of,
        lambda row: row.organisation,
        _own,
        {
            **assets.OF_BOOK,
            **contracts.OF_BOOK,
            **members.OF_BOOK,
            **companies.OF_BOOK,
            **distribution.OF_BOOK,
        },
    ),
    "asset": _booked(
        lambda: Asset.objects.select_related("book__organisation", "item", "project"),
        assets.OF_ASSET,
    ),
    "contract": _booked(
        lambda: Contract.objects.select_related(
            "book__organisation", "counterparty", "asset__item", "decision", "project"
        ),
        contracts.OF_CONTRACT,
    ),
    "due": _booked(
        lambda: Due.objects.select_related("contract__book__organisation"),
        contracts.OF_DUE,
        book="contract.book",
        page=lambda row: row.contract,
    ),
    "settlement": _booked(
        lambda: Settlement.objects.select_related("due__contract__book__organisation"),
        contracts.OF_SETTLEMENT,
        book="due.contract.book",
        page=lambda row: row.due.contract,
    ),
    "promise": _booked(
        lambda: Promise.objects.select_related("book__organisation", "contract"),
        contracts.OF_PROMISE,
        page=lambda row: row.contract or row.book,
    ),
    "household": _booked(
        lambda: Household.objects.select_related("book__organisation", "item"),
        members.OF_HOUSEHOLD,
    ),
    "member": _booked(
        lambda: Member.objects.select_related(
            "book__organisation", "household__item", "household__book"
        ),
        members.OF_MEMBER,
        page=lambda row: row.household,
    ),
    "company": Noun(
        company_of,
        lambda row: row.organisation,
        _own,
        companies.OF_COMPANY,
    ),
    "investor": _of_company(Investor, ("company",), companies.OF_INVESTOR),
    "payin": _of_company(PayIn, ("investor", "company"), companies.OF_PAYIN),
    "dividend": _of_company(
        Dividend, ("company",), companies.OF_DIVIDEND, own_page=True
    ),
    "investment": _booked(
        lambda: Investment.objects.select_related(
            "book__organisation", "company", "contract", "decision"
        ),
        companies.OF_INVESTMENT,
    ),
    "distribution": _booked(
        lambda: Distribution.objects.select_related("book__organisation", "decision"),
        distribution.OF_DISTRIBUTION,
    ),
    "payout": _booked(
        lambda: Payout.objects.select_related(
            "distribution__book__organisation", "household__item"
        ),
        distribution.OF_PAYOUT,
        book="distribution.book",
        page=lambda row: row.distribution,
    ),
}
