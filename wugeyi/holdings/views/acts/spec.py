"""What acts of holdings need: who may, amounts, whose books."""

from enum import StrEnum

from wugeyi.books.models import Book
from wugeyi.holdings.rules import access
from wugeyi.organisations.views.acts import Sent


class Needs(StrEnum):
    """Who may do it; otherwise who registers."""

    KEEPS = "keeps"
    # Keeps some books; the action looks at each.
    KEEPS_ANY = "keeps_any"


def keeps(sent: Sent, book: Book) -> bool:
    """Tell whether who sent it keeps a set of books."""
    return access.keeps(sent.reach, book.organisation.path)


def fen(sent: Sent, name: str) -> int:
    """Return an amount, 0 where nothing was typed."""
    return sent.values.get(name) or 0
