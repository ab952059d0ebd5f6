"""How every act takes a row and puts it back: locked, checked, audited, booked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db import models

from wugeyi.accounts.models import User
from wugeyi.audit.rows import Events, held
from wugeyi.books.actions import drafts
from wugeyi.books.models import Book, Draft
from wugeyi.books.rules.entries import Line
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.models.base import Recorded
from wugeyi.holdings.rules.refusals import Refused, Why

By = User
Row = TypeVar("Row", bound=models.Model)
EVENTS = Events("holdings")
note, put = EVENTS.note, EVENTS.put


def take(row: Row, *, version: int | None = None) -> Row:
    """Read a row afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED).
    """
    return held(row, version=version, changed=Refused(Why.CHANGED))


def hold(book: Book) -> Book:
    """Hold a set of books, so that what is counted of it cannot change meanwhile.

    Raises
    ------
    Refused
        The books are no longer kept.
    """
    fresh = Book.objects.select_for_update(of=("self",)).get(pk=book.pk)
    if fresh.closed_at is not None:
        raise Refused(Why.ENDED)
    return fresh


def tell(
    row: Recorded,
    action: str,
    by: By,
    at: datetime,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    """Leave the one event of an act on a row, at the organisation it belongs to."""
    note(
        row,
        organisation_id=row.unit_id,
        action=action,
        by=by,
        at=at,
        before=before,
        after=after,
    )


def own(book: Book, *rows: models.Model | None) -> None:
    """Check that rows belong to the same books.

    Raises
    ------
    Refused
        One of them does not (NOT_YOURS).
    """
    for row in rows:
        if row is not None and row.book_id != book.pk:  # type: ignore[attr-defined]
            raise Refused(Why.NOT_YOURS)


def draft(
    book: Book,
    *,
    day: date,
    lines: Sequence[Line],
    source: str,
    source_id: int,
    by: By,
    at: datetime,
    decision: Decision | None = None,
) -> Draft:
    """Write the draft of a voucher of the 2023 system.

    Raises
    ------
    Refused
        The books are kept by another system, where the same codes mean other things.
    """
    if book.regime != "2023":
        raise Refused(Why.REGIME)
    return drafts.write(
        book=book,
        day=day,
        lines=lines,
        by=by,
        at=at,
        decision=decision,
        source=source,
        source_id=source_id,
    )


def line(account: str, fen: int, summary: str, **about: str) -> Line:
    """Return a line: debit for more than 0, credit for less."""
    return Line(account, max(fen, 0), max(-fen, 0), summary[:200], **about)
