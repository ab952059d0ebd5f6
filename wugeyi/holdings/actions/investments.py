"""Cards of investments: what is expected, on which decision, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wugeyi.audit.actions import changes
from wugeyi.audit.rows import known
from wugeyi.books.models import Book
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.actions.writing import By, note, own, put, take
from wugeyi.holdings.models import Company, Contract, Investment
from wugeyi.holdings.rules.refusals import Refused, Why

TOLD = (
    "title",
    "state",
    "amount_fen",
    "expected_fen",
    "years",
    "residual_fen",
    "begins_on",
    "company",
    "contract",
    "decision",
    "valuation",
    "risk",
    "outcome",
)
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an investment is to cost and bring, in fen and years."""

    title: str
    state: str
    amount_fen: int
    expected_fen: int
    years: int
    begins_on: date
    residual_fen: int = 0
    company: Company | None = None
    contract: Contract | None = None
    decision: Decision | None = None
    valuation: str = ""
    risk: str = ""
    outcome: str = ""

    def check(self, book: Book) -> None:
        """Refuse what cannot be.

        Raises
        ------
        Refused
            An amount below 0, no years, an end without what came of it, or a contract
            of other books.
        """
        own(book, self.contract)
        if self.amount_fen <= 0 or min(self.expected_fen, self.residual_fen) < 0:
            raise Refused(Why.NEGATIVE)
        if not 1 <= self.years <= MOST_YEARS:
            raise Refused(Why.BAD_DAYS)
        ended = {Investment.State.ENDED.value, Investment.State.FAILED.value}
        if self.state in ended and not self.outcome.strip():
            raise Refused(Why.NEEDS_REASON)

    def values(self) -> dict[str, object]:
        """Return the columns."""
        return {name: getattr(self, name) for name in TOLD}


@transaction.atomic
def propose(
    *,
    book: Book,
    prospect: Prospect,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Investment:
    """Open the card of an investment."""
    before = known(Investment, client_id)
    if before is not None:
        return before
    prospect.check(book)
    row = Investment.objects.create(
        client_id=client_id,
        book=book,
        recorded_by=by,
        recorded_at=at,
        **prospect.values(),
    )
    note(
        row,
        organisation_id=book.organisation_id,
        action="propose",
        by=by,
        at=at,
        after=changes(row, TOLD),
    )
    return row


@transaction.atomic
def edit_investment(
    *,
    investment: Investment,
    prospect: Prospect,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Investment:
    """Put a card right, or say what came of it; earlier words stay in the audit."""
    investment = take(investment, version=version)
    prospect.check(investment.book)
    put(
        investment,
        organisation_id=investment.book.organisation_id,
        action="edit_investment",
        by=by,
        at=at,
        values=prospect.values(),
    )
    return investment
