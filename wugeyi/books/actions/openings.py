"""Opening balances that were typed: a draft like any other, given to the reviewer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.books.actions.drafts import submit, write
from wugeyi.books.models import Book, Draft, VoucherKind
from wugeyi.books.queries.importing import opened_before
from wugeyi.books.rules.entries import Line
from wugeyi.books.rules.refusals import Refused, Why


@transaction.atomic
def hand_in(
    *,
    book: Book,
    lines: Sequence[Line],
    client_id: UUID | None = None,
    by: User,
    at: datetime,
) -> Draft:
    """Write opening balances as one draft of the first day, and give it to review.

    Raises
    ------
    BadVoucher
        It could not be posted as it is.
    Refused
        ``TWICE`` if opening balances, or anything else, stand in the books, or another
        draft of them is open.
    """
    before = Draft.objects.filter(client_id=client_id).first() if client_id else None
    if before is not None and before.book_id == book.pk:
        return before
    open_ = Draft.objects.filter(
        book=book,
        kind=VoucherKind.OPENING,
        state__in=(Draft.State.WRITING, Draft.State.WAITING, Draft.State.RETURNED),
    )
    if any(opened_before(book)) or open_.exists():
        raise Refused(Why.TWICE)
    draft = write(
        book=book,
        day=book.begins_on,
        lines=lines,
        kind="opening",
        client_id=client_id,
        by=by,
        at=at,
    )
    return submit(draft=draft, version=draft.version, by=by, at=at)
