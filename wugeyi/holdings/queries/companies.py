"""Companies one may read, who paid in what, and what dividends came to."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from wugeyi.books.models import Book, Draft
from wugeyi.holdings.models import (
    Company,
    Dividend,
    DividendPart,
    Investor,
    PayIn,
)
from wugeyi.holdings.rules import access
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def visible(reach: Reach) -> QuerySet[Company]:
    """Return companies of one's reach, and those a collective of it has a share in."""
    roots = reach.roots(access.READS)
    shared = Investor.objects.filter(
        within("book__organisation__path", roots), company=OuterRef("pk")
    )
    return Company.objects.filter(
        within("organisation__path", roots) | Q(Exists(shared))
    )


def paid_in(on: date | None = None) -> Coalesce:
    """Return, for rows of investors, what they paid in by the end of a day."""
    rows = PayIn.objects.filter(investor=OuterRef("pk"), withdrawn_at=None)
    if on is not None:
        rows = rows.filter(on__lte=on)
    sums = rows.order_by().values("investor").annotate(sum=Sum("amount_fen"))
    return Coalesce(Subquery(sums.values("sum")), 0)


@dataclass(frozen=True, slots=True)
class Row:
    """An investor, and its share of everything paid in, exact and to 0.01 %."""

    investor: Investor
    paid_in_fen: int
    share: Fraction | None

    @property
    def percent_100(self) -> int | None:
        """Hundredths of a percent, rounded down; None if nothing is paid in."""
        return None if self.share is None else int(self.share * 10_000)

    @property
    def percent(self) -> float | None:
        """Percent for the eye."""
        return None if self.percent_100 is None else self.percent_100 / 100

    @property
    def open_fen(self) -> int:
        """What is subscribed and not paid in."""
        return max(self.investor.subscribed_fen - self.paid_in_fen, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """The share table of a company on a day."""

    rows: list[Row]

    @property
    def subscribed_fen(self) -> int:
        """All that is subscribed."""
        return sum(row.investor.subscribed_fen for row in self.rows)

    @property
    def paid_in_fen(self) -> int:
        """All that is paid in."""
        return sum(row.paid_in_fen for row in self.rows)

    @property
    def majority(self) -> bool:
        """Tell whether collectives together paid in more than half."""
        theirs = sum(row.paid_in_fen for row in self.rows if row.investor.book_id)
        return 2 * theirs > self.paid_in_fen


def table(company: Company, on: date) -> Table:
    """Return who has which share at the end of a day; one query."""
    investors = list(
        company.investors.filter(joined_on__lte=on)
        .filter(Q(left_on=None) | Q(left_on__gt=on))
        .select_related("book__organisation")
        .annotate(paid_fen=paid_in(on))
        .order_by("pk")
    )
    whole = sum(each.paid_fen for each in investors)
    return Table(
        [
            Row(
                each,
                each.paid_fen,
                Fraction(each.paid_fen, whole) if whole else None,
            )
            for each in investors
        ]
    )


def parts(dividend: Dividend) -> list[DividendPart]:
    """Return who gets what of a dividend with drafts and their vouchers; one query."""
    return list(
        dividend.parts.select_related(
            "investor__book__organisation",
            "declared_draft__voucher__reversed_by",
            "received_draft__voucher__reversed_by",
        ).order_by("pk")
    )


def stands(draft: Draft | None) -> bool:
    """Tell whether a draft read by :func:`parts` still stands; no query."""
    if draft is None or draft.state == Draft.State.DROPPED:
        return False
    return draft.voucher is None or not hasattr(draft.voucher, "reversed_by")


def came_of(book: Book, company: Company) -> tuple[int, int]:
    """Return what a collective paid into a company, and what it declared to it."""
    paid = PayIn.objects.filter(
        investor__book=book, investor__company=company, withdrawn_at=None
    ).aggregate(sum=Sum("amount_fen"))["sum"]
    got = DividendPart.objects.filter(
        investor__book=book,
        dividend__company=company,
        dividend__withdrawn_at=None,
    ).aggregate(sum=Sum("amount_fen"))["sum"]
    return paid or 0, got or 0
