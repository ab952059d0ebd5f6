"""Which books a person may read, and rows with the books they are of."""

from django.db.models import QuerySet

from wugeyi.books.models import Book
from wugeyi.holdings.rules import access
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def visible(reach: Reach) -> QuerySet[Book]:
    """Return sets of books within one's reach."""
    return Book.objects.filter(
        within("organisation__path", reach.roots(access.READS))
    ).select_related("organisation")


def book(pk: int) -> Book | None:
    """Return a set of books with its organisation; one query."""
    return Book.objects.select_related("organisation").filter(pk=pk).first()
