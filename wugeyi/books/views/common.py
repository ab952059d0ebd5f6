"""What every page of books begins and ends with: who asks, may they, the frame."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wugeyi.books.models import Book
from wugeyi.books.queries import access as queries
from wugeyi.books.rules import access
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views import staff as house
from wugeyi.organisations.views.staff import StaffRequest, key_of, page_keys, staff

__all__ = [
    "StaffRequest",
    "book_of",
    "frame",
    "handers_in",
    "keepable",
    "keepers",
    "key_of",
    "need_handing_in",
    "need_keeping",
    "need_reviewing",
    "page_keys",
    "readers",
    "reviewers",
    "show",
]

readers = staff(*access.READS)
keepers = staff(*access.KEEPS)
reviewers = staff(*access.REVIEWS)
handers_in = staff(*access.HANDS_IN)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of this app; what it shows is never kept by a cache."""
    return house.show(request, f"books/{template}", context, status=status)


def book_of(request: StaffRequest, pk: int) -> Book:
    """Return a set of books this person may read; else 404."""
    book = queries.load(pk) if pk < 2**63 else None
    if book is None or not access.reads(request.reach, book.organisation.path):
        raise Http404
    return book


def keepable(request: StaffRequest, pk: int) -> Book:
    """Return books this person keeps; 404 if they may not even be read."""
    book = book_of(request, pk)
    need_keeping(request, book)
    return book


def need_keeping(request: StaffRequest, book: Book) -> None:
    """Let on only the accountant of these books.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not access.keeps(request.reach, book.organisation.path):
        raise PermissionDenied(_("这套账由管它的会计来记，您现在的岗位只能查看。"))


def need_handing_in(request: StaffRequest, book: Book) -> None:
    """Let on only who may hand in papers and bank statements of these books.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not access.hands_in(request.reach, book.organisation.path):
        raise PermissionDenied(
            _("单据和对账单由会计或出纳交来，您现在的岗位只能查看。")
        )


def need_reviewing(request: StaffRequest, book: Book) -> None:
    """Let on only who reviews these books; never their cashier.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not access.reviews(request.reach, book.organisation.path):
        raise PermissionDenied(
            _("复核要由有复核岗位的人来做，出纳不能复核。您现在的岗位只能查看。")
        )


def frame(request: StaffRequest, book: Book, page: str = "") -> dict[str, Any]:
    """Return what the head of every page of a set of books needs.

    ``page`` names the tab that is open.
    """
    path = book.organisation.path
    return {
        "book": book,
        "path": lineage(book.organisation),
        "page": page,
        "keeps": book.closed_at is None and access.keeps(request.reach, path),
        "reviews": book.closed_at is None and access.reviews(request.reach, path),
    }
