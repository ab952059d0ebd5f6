"""That a book was taken out as a file: who, which form, up to which head."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.models import Book


@transaction.atomic
def note_export(*, book: Book, form: str, head: str, by: User, at: datetime) -> None:
    """Write down that somebody took a book out as a file; nothing else changes."""
    record(
        action="books.export",
        subject=book,
        by=by,
        at=at,
        organisation_id=book.organisation_id,
        after={"form": form, "head": head},
    )
