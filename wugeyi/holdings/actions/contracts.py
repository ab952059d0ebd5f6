"""Contracts: signed in writing, changed by date, terminated; promises beside them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from wugeyi.audit.actions import changes
from wugeyi.audit.rows import known
from wugeyi.books.models import Book, Item
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.actions.writing import By, hold, note, own, put, take, tell
from wugeyi.holdings.models import Asset, Contract, Due, Promise, Terms
from wugeyi.holdings.queries.dues import reckoned, standing
from wugeyi.holdings.rules import dues as rules
from wugeyi.holdings.rules.contracts import Kind, TermsKind, Word
from wugeyi.holdings.rules.dues import Rhythm
from wugeyi.holdings.rules.refusals import Refused, Why
from wugeyi.projects.models import Project

TOLD = (
    "kind",
    "number",
    "title",
    "counterparty",
    "asset",
    "project",
    "decision",
    "signed_on",
    "non_cash",
    "valuation_fen",
    "valued_by",
    "valued_on",
    "note",
)
TERMS_TOLD = (
    "kind",
    "begins_on",
    "ends_on",
    "rhythm",
    "amount_fen",
    "first_due_on",
    "step_years",
    "step_percent_100",
    "step_fen",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a contract says besides its payments; ``written`` must be so (财务制度 23)."""

    kind: Kind
    number: str
    title: str
    counterparty: Item
    signed_on: date
    written: bool
    asset: Asset | None = None
    project: Project | None = None
    decision: Decision | None = None
    non_cash: bool = False
    valuation_fen: int | None = None
    valued_by: str = ""
    valued_on: date | None = None
    note: str = ""

    def check(self, book: Book) -> None:
        """Refuse what the law does not allow.

        Raises
        ------
        Refused
            It is not in writing (NOT_WRITTEN), other assets than money are given and
            were not valued (NOT_VALUED), or something is of other books.
        """
        if not self.written:
            raise Refused(Why.NOT_WRITTEN)
        valued = self.valuation_fen is not None and self.valued_by.strip()
        if self.non_cash and not (valued and self.valued_on):
            raise Refused(Why.NOT_VALUED)
        own(book, self.counterparty, self.asset)
        if self.counterparty.kind != Item.Kind.COUNTERPARTY:
            raise Refused(Why.NOT_YOURS)

    def values(self) -> dict[str, object]:
        """Return the columns."""
        return {name: getattr(self, name) for name in TOLD}


@dataclass(frozen=True, slots=True)
class Payments:
    """What is paid when, in fen; see ``rules.dues.Terms``."""

    begins_on: date
    ends_on: date
    rhythm: Rhythm
    amount_fen: int
    first_due_on: date
    step_years: int = 0
    step_percent_100: int = 0
    step_fen: int = 0

    def schedule(self) -> list[rules.Due]:
        """Return the due dates.

        Raises
        ------
        Refused
            An end before the beginning or too far (BAD_DAYS), no amount (NEGATIVE), or
            too many due dates.
        """
        if self.amount_fen <= 0:
            raise Refused(Why.NEGATIVE)
        farthest = rules.add_months(self.begins_on, 12 * rules.MOST_YEARS)
        if not self.begins_on <= self.ends_on < farthest:
            raise Refused(Why.BAD_DAYS)
        given = {name: getattr(self, name) for name in rules.Terms.__slots__}
        try:
            return rules.schedule(rules.Terms(**given))
        except rules.TooMany as problem:
            raise Refused(Why.TOO_MANY_DUES, most=rules.MOST_DUES) from problem


@transaction.atomic
def sign(
    *,
    book: Book,
    paper: Paper,
    payments: Payments,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Contract:
    """Register a contract with the due dates its terms make.

    Raises
    ------
    Refused
        See :meth:`Paper.check` and :meth:`Payments.schedule`; or the number is taken.
    """
    before = known(Contract, client_id)
    if before is not None:
        return before
    book = hold(book)
    paper.check(book)
    if Contract.objects.filter(book=book, number=paper.number).exists():
        raise Refused(Why.TAKEN, code=paper.number)
    made = payments.schedule()
    contract = Contract.objects.create(
        client_id=client_id,
        book=book,
        begins_on=payments.begins_on,
        ends_on=payments.ends_on,
        recorded_by=by,
        recorded_at=at,
        **paper.values(),
    )
    terms = _terms(
        contract,
        payments,
        kind=TermsKind.FIRST,
        signed_on=paper.signed_on,
        recorded_by=by,
        recorded_at=at,
    )
    _plant(contract, terms, made)
    after = changes(contract, TOLD) | changes(terms, TERMS_TOLD[1:-1])
    tell(contract, "sign", by, at, after | {"dues": len(made)})
    return contract


def _terms(contract: Contract, payments: Payments, **more: object) -> Terms:
    given = {name: getattr(payments, name) for name in Payments.__slots__}
    return Terms.objects.create(contract=contract, **given, **more)


def _plant(contract: Contract, terms: Terms, made: list[rules.Due]) -> None:
    Due.objects.bulk_create(
        Due(
            book_id=contract.book_id,
            contract=contract,
            terms=terms,
            due_on=each.due_on,
            first_day=each.first,
            last_day=each.last,
            amount_fen=each.amount_fen,
            part=each.part,
        )
        for each in made
    )


@transaction.atomic
def edit_paper(
    *,
    contract: Contract,
    paper: Paper,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Contract:
    """Put right what a contract says besides its payments; its kind stays.

    Raises
    ------
    Refused
        See :meth:`Paper.check`; or its kind would change (NOT_NOW).
    """
    contract = take(contract, version=version)
    paper.check(contract.book)
    if paper.kind != contract.kind:
        raise Refused(Why.NOT_NOW)
    taken = Contract.objects.filter(book=contract.book, number=paper.number)
    if taken.exclude(pk=contract.pk).exists():
        raise Refused(Why.TAKEN, code=paper.number)
    put(
        contract,
        organisation_id=contract.book.organisation_id,
        action="edit_paper",
        by=by,
        at=at,
        values=paper.values(),
    )
    return contract


@dataclass(frozen=True, slots=True)
class Change:
    """New terms from a day, why, and on which decision."""

    payments: Payments
    signed_on: date
    reason: str
    decision: Decision | None = None


@transaction.atomic
def change_terms(
    *,
    contract: Contract,
    change: Change,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Terms:
    """Change or renew a contract: other terms from the first period that begins then.

    Due dates of periods that begin earlier stay; later ones are superseded, and kept.

    Raises
    ------
    Refused
        It was terminated (ENDED); periods the change would take back have vouchers
        (DUES_BOOKED); the beginning is inside a period that stays (BAD_DAYS).
    """
    contract = take(contract, version=version)
    if contract.terminated_on is not None:
        raise Refused(Why.ENDED)
    if not change.reason.strip():
        raise Refused(Why.NEEDS_REASON)
    begins = change.payments.begins_on
    made = change.payments.schedule()
    rows = standing().filter(contract=contract)
    if rows.filter(first_day__lt=begins, last_day__gte=begins).exists():
        raise Refused(Why.BAD_DAYS)
    if begins < contract.begins_on:
        raise Refused(Why.BAD_DAYS)
    _supersede(rows.filter(first_day__gte=begins), at)
    renewal = begins > contract.ends_on
    terms = _terms(
        contract,
        change.payments,
        kind=TermsKind.RENEWAL if renewal else TermsKind.CHANGE,
        signed_on=change.signed_on,
        reason=change.reason,
        decision=change.decision,
        recorded_by=by,
        recorded_at=at,
    )
    _plant(contract, terms, made)
    was = contract.ends_on
    contract.ends_on = change.payments.ends_on
    contract.version += 1
    contract.save(update_fields=["ends_on", "version"])
    after = changes(terms, TERMS_TOLD) | {"dues": len(made)}
    tell(contract, "change_terms", by, at, after, before={"ends_on": was})
    return terms


def _supersede(rows: QuerySet[Due], at: datetime) -> int:
    """Take due dates out of force; refuse if vouchers or drafts stand on one."""
    for each in reckoned(rows):
        if each.collected_fen or each.waits:
            raise Refused(Why.DUES_BOOKED, day=each.due_on)
    return rows.update(superseded_at=at)


@transaction.atomic
def terminate(
    *,
    contract: Contract,
    on: date,
    reason: str,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Contract:
    """End a contract before its time; periods that begin later are no longer due.

    Raises
    ------
    Refused
        It was terminated before (ENDED), the day is not within it (BAD_DAYS), or later
        periods have vouchers (DUES_BOOKED).
    """
    contract = take(contract, version=version)
    if contract.terminated_on is not None:
        raise Refused(Why.ENDED)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    if not contract.begins_on <= on <= contract.ends_on:
        raise Refused(Why.BAD_DAYS)
    _supersede(standing().filter(contract=contract, first_day__gt=on), at)
    values: dict[str, object] = {"terminated_on": on, "terminated_why": reason}
    put(
        contract,
        organisation_id=contract.book.organisation_id,
        action="terminate",
        by=by,
        at=at,
        values=values,
    )
    return contract


@transaction.atomic
def promise(
    *,
    book: Book,
    kind: Word,
    giver: str,
    text: str,
    on: date,
    contract: Contract | None = None,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Promise:
    """Keep on record what somebody promised; it is never booked.

    Raises
    ------
    Refused
        Assets of the collective would secure somebody else's debt (GUARANTEE; 农村集体
        经济组织法 35, 财务制度 23).
    """
    if kind is Word.GUARANTEE:
        raise Refused(Why.GUARANTEE)
    if not text.strip():
        raise Refused(Why.NEEDS_REASON)
    own(book, contract)
    before = known(Promise, client_id)
    if before is not None:
        return before
    row = Promise.objects.create(
        client_id=client_id,
        book=book,
        contract=contract,
        kind=kind,
        giver=giver,
        text=text,
        on=on,
        recorded_by=by,
        recorded_at=at,
    )
    note(
        row,
        organisation_id=book.organisation_id,
        action="promise",
        by=by,
        at=at,
        after=changes(row, ["kind", "giver", "text", "on"]),
    )
    return row


@transaction.atomic
def withdraw_promise(*, row: Promise, reason: str, by: By, at: datetime) -> Promise:
    """Take back a promise that was recorded by mistake, or was kept; it stays on file.

    Raises
    ------
    Refused
        It was taken back before (ENDED), or no reason is told.
    """
    row = take(row)
    if row.withdrawn_at is not None:
        raise Refused(Why.ENDED)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    note(
        row,
        organisation_id=row.book.organisation_id,
        action="withdraw_promise",
        by=by,
        at=at,
        after={"reason": reason},
    )
    return row
