"""What every page of holdings begins and ends with: who asks, may they, the frame."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.books.models import Book
from wugeyi.holdings.models import Company
from wugeyi.holdings.queries import access as queries
from wugeyi.holdings.queries import companies
from wugeyi.holdings.rules import access
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views import staff as house
from wugeyi.organisations.views.staff import StaffRequest, page_keys, staff

__all__ = [
    "StaffRequest",
    "book_of",
    "company_frame",
    "company_of",
    "frame",
    "need_keeping",
    "need_registering",
    "page_keys",
    "readers",
    "row_of",
    "show",
]

Row = TypeVar("Row", bound=Model)
readers = staff(*access.READS)
# Databases keep keys in 64 bits.
FARTHEST = 2**63


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of this app; what it shows is never kept by a cache."""
    return house.show(request, f"holdings/{template}", context, status=status)


def book_of(request: StaffRequest, pk: int) -> Book:
    """Return a set of books this person may read; else 404."""
    book = queries.book(pk) if pk < FARTHEST else None
    if book is None or not access.reads(request.reach, book.organisation.path):
        raise Http404
    return book


def row_of(request: StaffRequest, rows: QuerySet[Row], pk: int, book: str) -> Row:
    """Return a row whose books this person may read; else 404.

    ``book`` names the way from the row to its books, such as "contract.book".
    """
    row = rows.filter(pk=pk).first() if pk < FARTHEST else None
    if row is None:
        raise Http404
    found: Any = row
    for name in book.split("."):
        found = getattr(found, name)
    if not access.reads(request.reach, found.organisation.path):
        raise Http404
    return row


def company_of(request: StaffRequest, pk: int) -> Company:
    """Return a company of one's reach, or one a collective of it has a share in."""
    rows = companies.visible(request.reach).select_related(
        "organisation", "decision", "project"
    )
    company = rows.filter(pk=pk).first() if pk < FARTHEST else None
    if company is None:
        raise Http404
    return company


def need_registering(request: StaffRequest, unit: Organisation) -> None:
    """Let on only who registers what the collective of an organisation owns.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not access.registers(request.reach, unit.path):
        raise PermissionDenied(
            _("台账由本村的书记、工作人员和会计登记，您现在的岗位只能查看。")
        )


def need_keeping(request: StaffRequest, unit: Organisation) -> None:
    """Let on only the accountant of an organisation's books.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not access.keeps(request.reach, unit.path):
        raise PermissionDenied(
            _("凭证草稿由管这套账的会计来做，您现在的岗位只能查看。")
        )


TABS = (
    ("book", "holdings:book"),
    ("assets", "holdings:assets"),
    ("contracts", "holdings:contracts"),
    ("members", "holdings:members"),
    ("investments", "holdings:investments"),
    ("distributions", "holdings:distributions"),
)


def frame(request: StaffRequest, book: Book, page: str = "") -> dict[str, Any]:
    """Return what the head of every page of a set of books needs; one query."""
    path = book.organisation.path
    names = {
        "book": _("总览"),
        "assets": _("资产资源"),
        "contracts": _("合同"),
        "members": _("成员和份额"),
        "investments": _("投资"),
        "distributions": _("收益分配"),
    }
    kept = book.closed_at is None
    return {
        "book": book,
        "path": lineage(book.organisation),
        "registers": kept and access.registers(request.reach, path),
        "keeps": kept and access.keeps(request.reach, path),
        "names": access.names(request.reach, path),
        "tabs": [
            {
                "url": reverse(view, args=[book.pk]),
                "label": names[name],
                "current": name == page,
                "count": None,
            }
            for name, view in TABS
        ],
    }


def company_frame(request: StaffRequest, company: Company) -> dict[str, Any]:
    """Return what the head of a company's pages needs."""
    path = company.organisation.path
    return {
        "company": company,
        "path": lineage(company.organisation),
        "registers": access.registers(request.reach, path),
        "keeps": request.reach.holds(*access.KEEPS),
    }
