"""Saying which posting a line of a bank is, taking it back, and drafts of the rest."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.actions.drafts import write
from wugeyi.books.adapter.writing import take_turns
from wugeyi.books.models import BankLine, Book, Draft, Posting
from wugeyi.books.queries.banking import (
    booked_before,
    free_postings,
    suggested,
)
from wugeyi.books.rules.entries import Line
from wugeyi.books.rules.refusals import Refused, Why

AT_ONCE = 500
SOURCE = "bank"


@transaction.atomic
def confirm_sure(*, book: Book, account: str, by: User, at: datetime) -> int:
    """Confirm every match that has no rival; return how many.

    Raises
    ------
    Refused
        The books are no longer kept.
    """
    _need_kept(book)
    take_turns(book)
    pairs = suggested(book, account).certain
    _pair(pairs)
    if pairs:
        record(
            action="books.match_bank",
            subject=book,
            by=by,
            at=at,
            organisation_id=book.organisation_id,
            after={"account": account, "lines": len(pairs)},
        )
    return len(pairs)


def _pair(pairs: Mapping[int, int]) -> None:
    keys = sorted(pairs)
    for start in range(0, len(keys), AT_ONCE):
        rows = list(BankLine.objects.filter(pk__in=keys[start : start + AT_ONCE]))
        for row in rows:
            row.posting_id = pairs[row.pk]
        BankLine.objects.bulk_update(rows, ["posting"], batch_size=AT_ONCE)


@transaction.atomic
def pair(*, line: BankLine, posting_id: int, by: User, at: datetime) -> BankLine:
    """Say which posting a line is.

    Raises
    ------
    Refused
        Either is matched already, or account or amount differ.
    """
    row = _open(line)
    book, account = row.statement.book, row.statement.account
    posting = free_postings(book, account).filter(pk=posting_id).first()
    if posting is None or posting.debit_fen - posting.credit_fen != row.amount_fen:
        raise Refused(Why.CHANGED)
    row.posting = posting
    row.save(update_fields=["posting"])
    _tell("books.match_line", row, by, at)
    return row


@transaction.atomic
def part(*, line: BankLine, by: User, at: datetime) -> BankLine:
    """Say that a line is not the posting it was said to be.

    Raises
    ------
    Refused
        It is matched to nothing, or the books are no longer kept.
    """
    row = _locked(line)
    if row.posting_id is None:
        raise Refused(Why.CHANGED)
    row.posting = None
    row.save(update_fields=["posting"])
    _tell("books.part_line", row, by, at)
    return row


@transaction.atomic
def draft(*, line: BankLine, by: User, at: datetime) -> Draft:
    """Write a draft of what the bank has and the books have not.

    The other side is what the same counterparty, or the same words, was booked as last;
    without such the account is left for the accountant.

    Raises
    ------
    Refused
        The line is matched, or has a draft that is not dropped.
    """
    row = _open(line)
    if row.draft is not None and row.draft.state != Draft.State.DROPPED:
        raise Refused(Why.TWICE)
    row.draft = write(
        book=row.statement.book,
        day=row.on,
        lines=_lines(row),
        by=by,
        at=at,
        source=SOURCE,
        source_id=row.pk,
    )
    row.save(update_fields=["draft"])
    return row.draft


def _lines(row: BankLine) -> list[Line]:
    """Return the bank's line and the other side, all of it on the largest account."""
    told = " ".join(filter(None, [row.memo, row.counterparty]))[:200]
    came = row.amount_fen > 0
    fen = abs(row.amount_fen)
    bank = Line(row.statement.account, fen if came else 0, 0 if came else fen, told)
    before = booked_before(row)
    if not before:
        return [bank, Line("", 0 if came else fen, fen if came else 0, told)]
    largest = max(before, key=lambda each: each.debit_fen + each.credit_fen)
    # The other side of what came is credit.
    others = [
        _as_before(each, told, -row.amount_fen if each is largest else 0)
        for each in before
    ]
    return [bank, *others] if came else [*others, bank]


def _as_before(posting: Posting, told: str, net_fen: int) -> Line:
    return Line(
        posting.account,
        max(net_fen, 0),
        max(-net_fen, 0),
        told,
        asset=posting.asset,
        counterparty=posting.counterparty,
        household=posting.household,
        project=posting.project,
    )


def _open(line: BankLine) -> BankLine:
    row = _locked(line)
    if row.posting_id is not None:
        raise Refused(Why.CHANGED)
    return row


def _locked(line: BankLine) -> BankLine:
    rows = BankLine.objects.select_for_update(of=("self",)).select_related(
        "statement__book", "draft"
    )
    row = rows.get(pk=line.pk)
    _need_kept(row.statement.book)
    take_turns(row.statement.book)
    return row


def _need_kept(book: Book) -> None:
    if book.closed_at is not None:
        raise Refused(Why.CLOSED)


def _tell(action: str, row: BankLine, by: User, at: datetime) -> None:
    book = row.statement.book
    record(
        action=action,
        subject=row,
        by=by,
        at=at,
        organisation_id=book.organisation_id,
        after={"on": row.on, "amount_fen": row.amount_fen, "posting": row.posting_id},
    )
