"""Which books a person may read, and a book with what its pages need."""

from collections.abc import Iterable

from django.db.models import QuerySet

from wugeyi.books.models import Book
from wugeyi.books.rules import access
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, Role


def visible(reach: Reach, roles: Iterable[Role] = access.READS) -> QuerySet[Book]:
    """Return every set of books within the reach of one's posts in ``roles``."""
    return Book.objects.filter(within("organisation__path", reach.roots(roles)))


def load(key: int) -> Book | None:
    """Return a set of books with its organisation; one query."""
    return Book.objects.select_related("organisation").filter(pk=key).first()
