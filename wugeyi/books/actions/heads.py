"""Publishing the head of a book; it proves something to whoever keeps it elsewhere."""

from datetime import datetime

from django.db import transaction

from wugeyi.books.adapter.heads import root_of_leaves
from wugeyi.books.models import Book, Head
from wugeyi.books.rules.refusals import Refused, Why


@transaction.atomic
def publish(*, book: Book, at: datetime) -> Head:
    """Publish the head over all vouchers posted; the same again if nothing is new.

    Publishing leaves no event in the audit: the head itself is the record.

    Raises
    ------
    Refused
        The book has no voucher yet.
    """
    size, root = root_of_leaves(book)
    if not size:
        raise Refused(Why.NO_VOUCHERS)
    head, _ = Head.objects.get_or_create(
        book=book, size=size, defaults={"root": root, "published_at": at}
    )
    return head
