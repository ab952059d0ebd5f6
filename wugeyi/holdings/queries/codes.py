"""The next free code of its kind, as a suggestion."""

from django.db.models.functions import Length

from wugeyi.books.models import Book, Item
from wugeyi.holdings.models import Member

PREFIXES = {
    Item.Kind.ASSET: "ZC",
    Item.Kind.COUNTERPARTY: "WL",
    Item.Kind.HOUSEHOLD: "H",
}


def next_item(book: Book, kind: Item.Kind) -> str:
    """Return the code after the highest one of a kind; one query."""
    prefix = PREFIXES[kind]
    rows = Item.objects.filter(book=book, kind=kind, code__startswith=prefix)
    last = (
        rows.order_by(Length("code").desc(), "-code")
        .values_list("code", flat=True)
        .first()
    )
    return _after(prefix, last)


def next_member(book: Book) -> str:
    """Return the code after the highest one of members; one query."""
    rows = Member.objects.filter(book=book, code__startswith="M")
    last = (
        rows.order_by(Length("code").desc(), "-code")
        .values_list("code", flat=True)
        .first()
    )
    return _after("M", last)


def _after(prefix: str, last: str | None) -> str:
    digits = last[len(prefix) :] if last else ""
    number = int(digits) + 1 if digits.isascii() and digits.isdigit() else 1
    return f"{prefix}{number:04d}"
