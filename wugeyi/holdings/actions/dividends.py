"""Dividends: declared once, shared to the fen, booked in every village by one action."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wugeyi.audit.actions import changes
from wugeyi.audit.rows import known
from wugeyi.books.models import Book, Draft
from wugeyi.books.rules.entries import Line
from wugeyi.holdings.actions.counting import dividend_changed
from wugeyi.holdings.actions.writing import By, draft, line, take, tell
from wugeyi.holdings.adapter.sharing import shared
from wugeyi.holdings.models import Company, Dividend, DividendPart
from wugeyi.holdings.queries import companies as queries
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.rules.companies import BANK, INVESTMENT_INCOME, RECEIVABLE
from wugeyi.holdings.rules.refusals import Refused, Why


@dataclass(frozen=True, slots=True)
class Declared:
    """A pool in fen, shared by what had been paid in by the end of ``basis_on``."""

    declared_on: date
    basis_on: date
    of_year: int
    pool_fen: int
    resolution: str


@transaction.atomic
def declare(
    *,
    company: Company,
    declared: Declared,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Dividend:
    """Share a dividend among investors by what they paid in, to the fen.

    Raises
    ------
    Refused
        Not more than 0 (NEGATIVE), nothing was paid in (NO_PAID_IN), the basis is after
        the day or before the founding (BAD_DAYS).
    """
    before = known(Dividend, client_id)
    if before is not None:
        return before
    company = take(company)
    if declared.pool_fen <= 0:
        raise Refused(Why.NEGATIVE)
    if not company.founded_on <= declared.basis_on <= declared.declared_on:
        raise Refused(Why.BAD_DAYS)
    rows = queries.table(company, declared.basis_on).rows
    parts = shared(declared.pool_fen, [row.paid_in_fen for row in rows])
    if sum(parts) != declared.pool_fen:
        raise Refused(Why.NO_PAID_IN)
    dividend = Dividend.objects.create(
        client_id=client_id,
        company=company,
        declared_on=declared.declared_on,
        basis_on=declared.basis_on,
        of_year=declared.of_year,
        pool_fen=declared.pool_fen,
        resolution=declared.resolution,
        recorded_by=by,
        recorded_at=at,
    )
    DividendPart.objects.bulk_create(
        DividendPart(
            dividend=dividend,
            investor=row.investor,
            paid_in_fen=row.paid_in_fen,
            amount_fen=fen,
        )
        for row, fen in zip(rows, parts, strict=True)
    )
    after = changes(
        dividend, ["declared_on", "basis_on", "of_year", "pool_fen", "resolution"]
    )
    tell(dividend, "declare", by, at, after | {"investors": len(rows)})
    dividend_changed(dividend, at=at, new=True)
    return dividend


@transaction.atomic
def withdraw_dividend(
    *,
    dividend: Dividend,
    reason: str,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Dividend:
    """Take back a dividend that was recorded by mistake, while nothing of it is booked.

    Raises
    ------
    Refused
        It was taken back (ENDED), drafts or vouchers of it stand (DRAFT_WAITS), or no
        reason is told.
    """
    dividend = take(dividend, version=version)
    if dividend.withdrawn_at is not None:
        raise Refused(Why.ENDED)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    for each in queries.parts(dividend):
        if queries.stands(each.declared_draft) or queries.stands(each.received_draft):
            raise Refused(Why.DRAFT_WAITS)
    dividend.withdrawn_at = at
    dividend.version += 1
    dividend.save(update_fields=["withdrawn_at", "version"])
    tell(dividend, "withdraw_dividend", by, at, {"reason": reason})
    dividend_changed(dividend, at=at)
    return dividend


def book_dividend(
    *,
    dividend: Dividend,
    day: date,
    keeps: Callable[[Book], bool],
    by: By,
    at: datetime,
) -> list[Draft]:
    """Write the drafts of a declared dividend (112 / 502) in every collective's books.

    Parameters
    ----------
    keeps
        Whether this person keeps a set of books; the others are left to their own
        accountants, and a second call makes only what is missing.

    Raises
    ------
    Refused
        Nothing is left to make (NOT_NOW), or only books of others (NOT_KEPT).
    """
    return _book(
        dividend,
        day,
        keeps,
        by,
        at,
        column="declared_draft",
        source=drafts.DIVIDEND,
        accounts=(RECEIVABLE, INVESTMENT_INCOME),
        action="book_dividend",
    )


def receive_dividend(
    *,
    dividend: Dividend,
    day: date,
    keeps: Callable[[Book], bool],
    by: By,
    at: datetime,
) -> list[Draft]:
    """Write the drafts of a dividend that came in (102 / 112), where it was declared.

    Raises
    ------
    Refused
        As :func:`book_dividend`.
    """
    return _book(
        dividend,
        day,
        keeps,
        by,
        at,
        column="received_draft",
        source=drafts.DIVIDEND_RECEIVED,
        accounts=(BANK, RECEIVABLE),
        action="receive_dividend",
    )


@transaction.atomic
def _book(
    dividend: Dividend,
    day: date,
    keeps: Callable[[Book], bool],
    by: By,
    at: datetime,
    *,
    column: str,
    source: str,
    accounts: tuple[str, str],
    action: str,
) -> list[Draft]:
    dividend = take(dividend)
    if dividend.withdrawn_at is not None:
        raise Refused(Why.ENDED)
    if day < dividend.declared_on:
        raise Refused(Why.BAD_DAYS)
    made: list[Draft] = []
    others = 0
    for part in queries.parts(dividend):
        book = part.investor.book
        if book is None or not _is_open(part, column):
            continue
        if not keeps(book):
            others += 1
            continue
        made.append(
            draft(
                book,
                day=day,
                lines=_lines(dividend, part.amount_fen, accounts),
                source=source,
                source_id=part.pk,
                by=by,
                at=at,
            )
        )
        setattr(part, column, made[-1])
        part.save(update_fields=[column])
    if not made:
        raise Refused(Why.NOT_KEPT if others else Why.NOT_NOW)
    after = {"drafts": [each.pk for each in made], "day": day, "left": others}
    tell(dividend, action, by, at, after)
    return made


def _is_open(part: DividendPart, column: str) -> bool:
    """Tell whether a part is to be booked: declared first, received after, once each."""
    if not part.amount_fen or queries.stands(getattr(part, column)):
        return False
    return column == "declared_draft" or queries.stands(part.declared_draft)


def _lines(dividend: Dividend, fen: int, accounts: tuple[str, str]) -> list[Line]:
    summary = f"{dividend.company.name} {dividend.of_year} 年分红"
    return [line(accounts[0], fen, summary), line(accounts[1], -fen, summary)]
