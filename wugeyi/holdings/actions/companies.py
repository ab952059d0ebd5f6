"""Companies: founded with others, who subscribed what, what was paid in."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from wugeyi.audit.actions import changes
from wugeyi.audit.rows import known
from wugeyi.books.models import Book
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.actions.counting import company_changed, pay_in_changed
from wugeyi.holdings.actions.writing import By, draft, line, put, take, tell
from wugeyi.holdings.models import Company, Investor, PayIn
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.rules.companies import (
    BANK,
    LONG_TERM,
    Form,
    Given,
    Liability,
    Party,
    forbidden,
)
from wugeyi.holdings.rules.refusals import Refused, Why
from wugeyi.organisations.models import Organisation
from wugeyi.projects.models import Project

TOLD = (
    "name",
    "form",
    "code",
    "founded_on",
    "business",
    "project",
    "decision",
)


@dataclass(frozen=True, slots=True)
class Founding:
    """What a company is."""

    name: str
    form: Form
    founded_on: date
    code: str = ""
    business: str = ""
    project: Project | None = None
    decision: Decision | None = None

    def values(self) -> dict[str, object]:
        """Return the columns."""
        return {name: getattr(self, name) for name in TOLD}


@transaction.atomic
def found(
    *,
    organisation: Organisation,
    founding: Founding,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Company:
    """Register a company."""
    before = known(Company, client_id)
    if before is not None:
        return before
    company = Company.objects.create(
        client_id=client_id,
        organisation=organisation,
        recorded_by=by,
        recorded_at=at,
        **founding.values(),
    )
    tell(company, "found", by, at, changes(company, TOLD))
    company_changed(company, at=at, new=True)
    return company


@transaction.atomic
def edit_company(
    *,
    company: Company,
    founding: Founding,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Company:
    """Put right what a company is."""
    company = take(company, version=version)
    put(
        company,
        organisation_id=company.organisation_id,
        action="edit_company",
        by=by,
        at=at,
        values=founding.values(),
    )
    company_changed(company, at=at)
    return company


@transaction.atomic
def end_company(
    *,
    company: Company,
    on: date,
    why: str,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Company:
    """Say that a company is no more, and what came of it; failures stay on file.

    Raises
    ------
    Refused
        It ended before (ENDED), or before it was founded (BAD_DAYS), or without why.
    """
    company = take(company, version=version)
    if company.ended_on is not None:
        raise Refused(Why.ENDED)
    if on < company.founded_on:
        raise Refused(Why.BAD_DAYS)
    if not why.strip():
        raise Refused(Why.NEEDS_REASON)
    values: dict[str, object] = {"ended_on": on, "ended_why": why}
    put(
        company,
        organisation_id=company.organisation_id,
        action="end_company",
        by=by,
        at=at,
        values=values,
    )
    company_changed(company, at=at)
    return company


@dataclass(frozen=True, slots=True)
class Stake:
    """Who takes a share, how much is subscribed, and how far it answers."""

    party: Party
    subscribed_fen: int
    joined_on: date
    liability: Liability = Liability.LIMITED
    book: Book | None = None
    name: str = ""
    people: int | None = None


@transaction.atomic
def add_investor(
    *,
    company: Company,
    stake: Stake,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Investor:
    """Add somebody who takes a share; a collective answers for its part and no more.

    Raises
    ------
    Refused
        A collective would be a general partner (GENERAL_PARTNER; 法 35 七), has no
        books here (NO_COLLECTIVE) or a share already (TAKEN); nothing is subscribed.
    """
    before = known(Investor, client_id)
    if before is not None:
        return before
    company = take(company)
    if company.ended_on is not None:
        raise Refused(Why.ENDED)
    _check(company, stake)
    row = Investor.objects.create(
        client_id=client_id,
        company=company,
        party=stake.party,
        book=stake.book,
        name=stake.name,
        people=stake.people,
        liability=stake.liability,
        subscribed_fen=stake.subscribed_fen,
        joined_on=stake.joined_on,
        recorded_by=by,
        recorded_at=at,
    )
    after = changes(
        row, ["party", "book", "people", "liability", "subscribed_fen", "joined_on"]
    )
    tell(company, "add_investor", by, at, after | {"investor": str(row)})
    return row


def _check(company: Company, stake: Stake) -> None:
    if forbidden(stake.party, stake.liability):
        raise Refused(Why.GENERAL_PARTNER)
    if stake.subscribed_fen <= 0:
        raise Refused(Why.NEGATIVE)
    if (stake.party is Party.COLLECTIVE) is not (stake.book is not None):
        raise Refused(Why.NO_COLLECTIVE)
    if stake.book is None and not stake.name.strip():
        raise Refused(Why.NEEDS_REASON)
    if stake.joined_on < company.founded_on:
        raise Refused(Why.BAD_DAYS)
    held = company.investors.filter(left_on=None, book__isnull=False)
    if stake.book is not None and held.filter(book=stake.book).exists():
        raise Refused(Why.TAKEN, code=str(stake.book))


@transaction.atomic
def change_stake(
    *,
    investor: Investor,
    subscribed_fen: int,
    left_on: date | None,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Investor:
    """Put right what an investor subscribed, or say on which day it left.

    Raises
    ------
    Refused
        Less than what was paid in (OVER_SUBSCRIBED), not more than 0, or a day before
        joining.
    """
    investor = take(investor, version=version)
    if subscribed_fen <= 0:
        raise Refused(Why.NEGATIVE)
    if left_on is not None and left_on < investor.joined_on:
        raise Refused(Why.BAD_DAYS)
    if subscribed_fen < _paid(investor):
        raise Refused(Why.OVER_SUBSCRIBED)
    put(
        investor,
        organisation_id=investor.company.organisation_id,
        action="change_stake",
        by=by,
        at=at,
        values={"subscribed_fen": subscribed_fen, "left_on": left_on},
    )
    return investor


def _paid(investor: Investor) -> int:
    rows = investor.payments.filter(withdrawn_at=None)
    return rows.aggregate(sum=Sum("amount_fen"))["sum"] or 0


@dataclass(frozen=True, slots=True)
class Paid:
    """What an investor paid in, when; other things than money were valued by somebody."""

    on: date
    amount_fen: int
    given: Given
    valued_by: str = ""
    note: str = ""


@transaction.atomic
def pay_in(
    *,
    investor: Investor,
    paid: Paid,
    book_it: bool,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> PayIn:
    """Record what was paid in; ``book_it`` writes a collective's draft (141 / 102).

    Only money is booked by a draft: what else a collective gives leaves its books by
    the card of the asset.

    Raises
    ------
    Refused
        Not more than 0, more than was subscribed (OVER_SUBSCRIBED), not valued
        (NOT_VALUED), before joining or after leaving.
    """
    before = known(PayIn, client_id)
    if before is not None:
        return before
    investor = take(investor)
    if paid.amount_fen <= 0:
        raise Refused(Why.NEGATIVE)
    if paid.given is not Given.CASH and not paid.valued_by.strip():
        raise Refused(Why.NOT_VALUED)
    if paid.on < investor.joined_on or investor.left_on is not None:
        raise Refused(Why.BAD_DAYS)
    if _paid(investor) + paid.amount_fen > investor.subscribed_fen:
        raise Refused(Why.OVER_SUBSCRIBED)
    row = PayIn.objects.create(
        client_id=client_id,
        investor=investor,
        on=paid.on,
        amount_fen=paid.amount_fen,
        given=paid.given,
        valued_by=paid.valued_by,
        note=paid.note,
        recorded_by=by,
        recorded_at=at,
    )
    if book_it and investor.book is not None and paid.given is Given.CASH:
        summary = f"出资 {investor.company.name}"
        row.draft = draft(
            investor.book,
            day=paid.on,
            lines=[
                line(LONG_TERM, paid.amount_fen, summary),
                line(BANK, -paid.amount_fen, summary),
            ],
            source=drafts.PAY_IN,
            source_id=row.pk,
            by=by,
            at=at,
            decision=investor.company.decision,
        )
        row.save(update_fields=["draft"])
    after = changes(row, ["on", "amount_fen", "given", "valued_by", "draft"])
    tell(investor.company, "pay_in", by, at, after | {"investor": str(investor)})
    pay_in_changed(row, at=at, new=True)
    return row


@transaction.atomic
def withdraw_pay_in(*, row: PayIn, reason: str, by: By, at: datetime) -> PayIn:
    """Take back a payment that was recorded by mistake; it stays on file.

    Raises
    ------
    Refused
        It was taken back before (ENDED), a draft or voucher of it stands
        (DRAFT_WAITS), or no reason is told.
    """
    row = take(row)
    if row.withdrawn_at is not None:
        raise Refused(Why.ENDED)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    if drafts.stands(row.draft):
        raise Refused(Why.DRAFT_WAITS)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    company = row.investor.company
    after = {"amount_fen": row.amount_fen, "on": row.on, "reason": reason}
    tell(company, "withdraw_pay_in", by, at, after)
    pay_in_changed(row, at=at)
    return row
