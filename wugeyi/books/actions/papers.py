"""Pictures of receipts: put to a draft, or taken off it before it is posted."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.models import Draft, Paper
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.uploads.models import Upload

MOST = 30
OPEN = (Draft.State.WRITING, Draft.State.WAITING, Draft.State.RETURNED)


@transaction.atomic
def add_paper(*, draft: Draft, upload: Upload, by: User, at: datetime) -> Paper:
    """Put a picture to a draft that is not posted; who reviews sees it as it is then.

    Raises
    ------
    Refused
        It is posted or dropped, or has too many papers.
    """
    row = _open(draft)
    if row.papers.filter(withdrawn_at=None).count() >= MOST:
        raise Refused(Why.TOO_MANY)
    paper = Paper.objects.create(draft=row, upload=upload, added_by=by, added_at=at)
    _changed(row)
    _tell("books.add_paper", paper, by, at)
    return paper


@transaction.atomic
def withdraw_paper(*, paper: Paper, by: User, at: datetime) -> Paper:
    """Take a picture off a draft that is not posted.

    Raises
    ------
    Refused
        It is posted or dropped, or the picture was taken off before.
    """
    row = _open(paper.draft)
    kept = Paper.objects.get(pk=paper.pk)
    if kept.withdrawn_at is not None:
        raise Refused(Why.CHANGED)
    kept.withdrawn_at = at
    kept.save(update_fields=["withdrawn_at"])
    _changed(row)
    _tell("books.withdraw_paper", kept, by, at)
    return kept


def _open(draft: Draft) -> Draft:
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.state not in OPEN:
        raise Refused(Why.CHANGED)
    return row


def _changed(row: Draft) -> None:
    """Make pages that show other papers stale: a reviewer approves what they saw."""
    row.version += 1
    row.save(update_fields=["version"])


def _tell(action: str, paper: Paper, by: User, at: datetime) -> None:
    record(
        action=action,
        subject=paper,
        by=by,
        at=at,
        organisation_id=paper.draft.book.organisation_id,
        after={"draft": paper.draft_id},
    )
